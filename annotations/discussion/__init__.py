"""Threads about marks: opened, answered, resolved."""
