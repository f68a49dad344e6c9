"""Attest as it is installed: its packages, templates, static files and scheme lie in this folder, as in a checkout's root."""
