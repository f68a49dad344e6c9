"""Schemes in the database."""
