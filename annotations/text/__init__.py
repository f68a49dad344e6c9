"""Offsets, fragments and times of one text. Pure."""
