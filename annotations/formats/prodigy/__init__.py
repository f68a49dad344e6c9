"""Prodigy's examples."""
