"""The reporting words of a scheme: what "told" or "alleges" proposes for a claim.

They stand in an overlay under `reporting`. `speakers` are actor labels that may be a source, in
tiers: one of a later tier is taken only where none of an earlier one is. Each entry of `words` says
which modality its words propose, and where their source is looked for: `before` them, `after`
them, in `none` (a passive without a source), or, without `source`, first before and then after.
`evidence` and `evidence_of` propose the evidence by words around the claim and by the source's label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

REPORTING = {
    "speakers": [[str]],
    "words": [{"words": [str], "modality": str, "source?": str}],
    "evidence?": [{"words": [str], "evidence": str}],
    "evidence_of?": {"*": str},
}
SIDES = ("before", "after", "none")


def check_reporting(place: str, overlay: Mapping[str, Any], actors: set[str]) -> Iterator[str]:
    """Problems of the entries, one line each. Nothing is said of an overlay without such words."""
    reporting = overlay.get("reporting") or {}
    codes = {entry["code"]: codes_of(entry) for entry in overlay["attributes"]}
    speakers = chain(*reporting.get("speakers") or [], reporting.get("evidence_of") or {})
    yield from (f"{place}: there is no actor label {x!r}" for x in sorted(set(speakers) - actors))
    for word in reporting.get("words") or []:
        yield from unknown(f"{place}.words", word, "modality", codes)
        if word.get("source", SIDES[0]) not in SIDES:
            yield f"{place}.words: source {word['source']!r} is none of {', '.join(SIDES)}"
    proposals = [{"evidence": x} for x in (reporting.get("evidence_of") or {}).values()]
    for entry in [*(reporting.get("evidence") or []), *proposals]:
        yield from unknown(f"{place}.evidence", entry, "evidence", codes)


def codes_of(attribute: Mapping[str, Any]) -> list[str]:
    choices = attribute.get("choices")
    return [choice["code"] for choice in choices] if isinstance(choices, list) else []


def unknown(place: str, entry: Mapping[str, Any], field: str, codes: Mapping[str, list[str]]) -> Iterator[str]:
    if entry[field] not in codes.get(field, []):
        yield f"{place}: {field} {entry[field]!r} is none of the choices"
