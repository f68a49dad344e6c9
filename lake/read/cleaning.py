"""How the text of a page came of its bytes, as a column of the lake: with it a page is promoted without being read again."""

from __future__ import annotations

import json
from typing import Any

from corpus.cleaning.clean import Cleaned, Repairment
from corpus.cleaning.segments import TextSegment, TextZone
from corpus.cleaning.source_map import Run, SourceMap


def packed(cleaned: Cleaned, encoding_basis: str) -> str:
    """JSON, in lists."""
    values = {
        "encoding_basis": encoding_basis,
        "runs": [[run.clean_start, run.clean_end, run.raw_start, run.raw_end, run.op] for run in cleaned.source_map.runs],
        "segments": [[each.id, each.kind, each.start, each.end] for each in cleaned.segments],
        "zones": [[each.kind, each.segment, each.start, each.end] for each in cleaned.zones],
        "repairs": [list(repair.as_dict().values()) for repair in cleaned.repairs],
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str, column: str) -> tuple[Cleaned, str]:
    """A clean text as cleaning gave it, and how its encoding is known. Raises ValueError for what no cleaning gives."""
    try:
        values = json.loads(column)
        runs = SourceMap.of(Run(int(a), int(b), int(c), int(d), str(op)) for a, b, c, d, op in values["runs"])
        segments = tuple(TextSegment(str(code), str(kind), *extent(text, at)) for code, kind, *at in values["segments"])
        zones = tuple(zone_of(text, *zone) for zone in values["zones"])
        repairs = tuple(Repairment(*repair) for repair in values["repairs"])
        encoding_basis = str(values["encoding_basis"])
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"no cleaning of a page: {error!r}") from error
    if runs.clean_length != len(text):
        raise ValueError("the source map is of another text")
    return Cleaned(text, segments, zones, repairs, runs), encoding_basis


def zone_of(text: str, kind: Any, code: Any, *at: Any) -> TextZone:
    start, end = extent(text, at)
    return TextZone(str(kind), str(code), start, end, text[start:end])


def extent(text: str, at: Any) -> tuple[int, int]:
    start, end = map(int, at)
    if not 0 <= start < end <= len(text):
        raise ValueError("a position outside the text")
    return start, end
