"""Suggesters: what is offered to a reader while they read, each a module with the same contract, and which readings get any.

KINDS      kinds of object that it offers
VERSION    changes whenever it may offer something else
suggest    (text, context) → Suggestions, of what the text says by itself; or with the database, `offered` (reading) → Suggestions

Nothing here writes an annotation: a person accepts, and the one write makes the mark.
"""
