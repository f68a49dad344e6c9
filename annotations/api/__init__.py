"""Marks over HTTP: assignments, the one write and its log, lists across corpora, exports."""
