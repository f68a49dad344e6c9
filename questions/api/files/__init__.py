"""Answers as files: every row of a ledger, with the question and what it rests on."""
