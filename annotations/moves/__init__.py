"""Scheme changes: which codes are in use, what a mapping does to readings, and the job that moves them, forty in a transaction."""
