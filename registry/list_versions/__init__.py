"""Versions of lists: a file is read, compared with the current version, and becomes current or is held."""
