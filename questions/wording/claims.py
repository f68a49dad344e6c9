"""Who says something, as a row says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from annotations.statements.clauses import NOTHING
from questions.wording.code_names import CodeNames

ARTICLE = re.compile(r"^(?:an?|the|some) ", re.IGNORECASE)

UNNAMED, NO_SOURCE = OWN_WORDS = ("unnamed", "source not stated")


def claim_lines(claims: Iterable[Mapping[str, Any]], names: CodeNames) -> list[str]:
    """Each source with how it says so, its evidence, who passes it on and its rating, once: “Unnamed trader said (paraphrase), reported by
    Yonhap; rated F6”.
    """
    lines = (
        f"{source_words(claim)}{way_words(claim, names)}"
        f"{''.join(f', reported by {source_words(outer)}' for outer in claim['chain'] if outer['source'] or outer['described'])}; "
        f"{rating_words(claim)}"
        for claim in claims
    )
    return list(dict.fromkeys(line[:1].upper() + line[1:] if line.startswith(OWN_WORDS) else line for line in lines))


def way_words(claim: Mapping[str, Any], names: CodeNames) -> str:
    """“ said (paraphrase, photo or video)”, with the verb that the scheme has; nobody says what has no source."""
    modality = claim["modality"]
    has_source = claim["source"] or claim["described"]
    verb = (names.scheme.sentences.get("said") or {}).get(modality) if has_source else None
    ways = ("mode", "evidence") if verb else ("modality", "mode", "evidence")
    how = ", ".join(names.of(name, claim[name]) for name in ways if claim[name] not in NOTHING)
    return f"{f' {verb}' if verb else ''}{f' ({how})' if how else ''}"


def rating_words(claim: Mapping[str, Any]) -> str:
    """By the Admiralty system; a part that nobody rated is a dash."""
    rated = f"{claim['reliability'] or '–'}{claim['credibility'] or '–'}"
    return "not rated" if rated == "––" else f"rated {rated}"


def source_words(claim: Mapping[str, Any]) -> str:
    """By its name; what the text calls it is a quotation of its own."""
    source = claim["source"]
    if source:
        return f"{UNNAMED} {ARTICLE.sub('', source['name'])}" if source["unnamed"] else str(source["name"])
    return f"“{claim['described']}”" if claim["described"] else NO_SOURCE
