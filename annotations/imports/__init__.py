"""Annotations that come from files: read, tied to the stored text, and written through the one write."""
