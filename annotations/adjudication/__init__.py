"""Adjudication: where readings of one text differ, and the gold that follows from what a person decides. Pure."""
