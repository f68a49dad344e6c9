"""Readers: one module for each kind of input. What a reader is, and which one reads what, stands in `corpus.readers.records`.

Nothing is imported here: the server needs the limits of readers, and never their parsers, which are a third of what it would load.
"""
