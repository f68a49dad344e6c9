"""Entities, names and texts held against sanctions lists: what is compared, what comes of it, and how far a corpus has been screened."""
