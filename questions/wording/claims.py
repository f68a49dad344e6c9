"""Who says something, as a row says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotations.statements.clauses import NOTHING
from questions.wording.code_names import CodeNames

NOT_RATED = "–"
WAYS = ("mode", "modality", "evidence")


def claim_lines(claims: Iterable[Mapping[str, Any]], names: CodeNames) -> list[str]:
    """Each source with the way in which it says so, its evidence, its rating and who passes it on, once: “A trader, indirect / paraphrase, reported · F6, reported by Yonhap”."""
    lines = (
        f"{source_words(claim)}{''.join(f', {names.of(name, claim[name])}' for name in WAYS if claim[name] not in NOTHING)} · "
        f"{claim['reliability'] or NOT_RATED}{claim['credibility'] or NOT_RATED}"
        f"{''.join(f', reported by {source_words(outer)}' for outer in claim['chain'] if outer['source'] or outer['described'])}"
        for claim in claims
    )
    return list(dict.fromkeys(lines))


def source_words(claim: Mapping[str, Any]) -> str:
    """By its name; what the text calls it is a quotation of its own."""
    source = claim["source"]
    if source:
        return f"{source['name']} (unnamed)" if source["unnamed"] else str(source["name"])
    return f"“{claim['described']}”" if claim["described"] else "source not stated"
