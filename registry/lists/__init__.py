"""Sanctions lists: what their files say, in one shape for all formats."""
