"""Edits of what is no mark: members, invitations, corpora and metadata, each with its history and undo."""
