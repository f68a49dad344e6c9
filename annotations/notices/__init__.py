"""Notices: made where something happens to a person's work, put in words, and sent as digests by mail."""
