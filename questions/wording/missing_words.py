"""What a ledger without rows misses, where articles are annotated and nothing else is asked."""

from __future__ import annotations

MISSING = {
    "events": "No event is marked in them.",
    "figures": "No figure is marked in them.",
    "disputes": "No two figures of different articles count the same people or thing in an event and exclude each other.",
    "sources": "No claim, figure or event is marked in them.",
    "causes": "No event fills a role of another event.",
    "network": "No event has both the one who acts and the one acted on.",
    "law": "No citation is linked to an event.",
    "findings": "Nothing was worked out from them.",
    "screening": "No person, group, body or vessel is marked in them.",
}


def missing_words(ledger: str, unlinked: int = 0) -> str:
    """`unlinked`: how many citations no event names."""
    if unlinked:
        return f"{unlinked:,} citation{' is' if unlinked == 1 else 's are'} not linked to an event."
    return MISSING.get(ledger, "")
