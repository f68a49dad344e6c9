"""Drafts: the scheme of a corpus as its managers edit it, and how it is published as the next version."""
