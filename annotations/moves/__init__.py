"""Scheme changes: which codes are in use, what a mapping does to readings, and the job that moves them, twenty in a transaction."""
