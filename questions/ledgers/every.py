"""All ledgers by their names: what makes a page of each, and which columns its pages go by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from questions.asking.answer import ORDERS
from questions.asking.asker import Asker
from questions.ledgers import causes, counts, disputes, entries, findings, law, network, screening, sources, words
from questions.ledgers.page import LedgerPage

Page = Callable[[Asker, int, tuple[Any, ...] | None], LedgerPage]

LEDGER_PAGES: Mapping[str, Page] = {
    "events": entries.page,
    "figures": entries.page,
    "network": network.page,
    "causes": causes.page,
    "disputes": disputes.page,
    "sources": sources.page,
    "law": law.page,
    "findings": findings.page,
    "counts": counts.page,
    "screening": screening.page,
    "words": words.page,
}
# The columns behind whose values the next page begins.
LEDGER_KEYS: Mapping[str, tuple[str, ...]] = {
    **ORDERS,
    "network": tuple(network.KEYS),
    "causes": causes.KEYS,
    "disputes": tuple(disputes.KEYS),
    "sources": tuple(sources.KEYS),
    "law": tuple(law.KEYS),
    "findings": tuple(findings.KEYS),
    "counts": tuple(counts.KEYS),
    "screening": tuple(screening.KEYS),
    "words": tuple(words.KEYS),
}
