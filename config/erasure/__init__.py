"""Erasure: an account ends, and its name goes; what the person wrote stays under a pseudonym."""
