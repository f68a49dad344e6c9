"""What the app finds by reckoning: `checks` of a native document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotations.derived import heads, law, law_dates, law_scope, rates, sums
from annotations.derived.claims import ClaimIndex
from annotations.derived.numbers import plain
from annotations.native.view import NativeContext, Object

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CODES = ("FIG-05", "FIG-06", "DERIVED", "LEGAL", "MEA-02", "MEA-03", "DEADLINE", "MEA-04", "FALLS-UNDER")
RESULTS = ("ok", "warning", "info", "note")


@dataclass(frozen=True)
class Check:
    """What was reckoned. `figures` and `events`: ids of what it is about; `parts`: of the figures those that are added up.

    `numbers`: for programs; `speakers`: entities that say the two figures which are compared, None for a claim without a source.
    """

    code: str
    result: str
    text: str
    figures: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    numbers: Object = field(default_factory=dict)
    speakers: tuple[str | None, str | None] | None = None

    def native(self, context: NativeContext) -> Object:
        names = [entity_name(speaker, context) for speaker in self.speakers or ()]
        text = with_speakers(self.text, names, is_same=self.is_same_speaker)
        return {"code": self.code, "result": self.result, "figures": list(self.figures), "text": text, **self.numbers}

    @property
    def is_same_speaker(self) -> bool:
        return bool(self.speakers) and len(set(self.speakers or ())) == 1


def checks(context: NativeContext, claims: ClaimIndex) -> Iterator[Object]:
    """{code, result, figures, text, …}: sums, shares, rates, amounts per head, the law."""
    return (check.native(context) for check in reckoned(context, claims))


def reckoned(context: NativeContext, claims: ClaimIndex) -> Iterator[Check]:
    for total in (*sums.sums(context), *sums.stated_shares(context)):
        yield Check("FIG-05", "ok" if total.fits else "warning", total.text, total.figures, parts=total.parts)
    for comparison in rates.comparisons(context):
        result = "ok" if comparison.fits else "warning"
        numbers = {"implied_rates": [rate.native() for rate in comparison.rates], "ratio": plain(comparison.ratio)}
        yield Check("FIG-06", result, comparison.text, comparison.figures, numbers=numbers)
    yield from derived(context, claims)
    for note in law.notes(context):
        yield Check("LEGAL", "note", note.text, events=note.events)
    for dated in (*law_dates.dated_notes(context), *law_scope.scope_notes(context)):
        offered = [{"measure": code, "paragraph": number} for code, number in dated.paragraphs]
        yield Check(dated.code, "note", dated.text, events=(dated.event,), numbers={"paragraphs": offered} if offered else {})


def derived(context: NativeContext, claims: ClaimIndex) -> Iterator[Check]:
    for head in heads.divided(context):
        basis = (head.figure["attributes"]["per_count"] or {}).get("figure")
        figures = (head.figure["id"], basis) if basis else (head.figure["id"],)
        values = {
            "per_person_per_month": plain(head.per_month),
            "per_person_per_year": plain(head.per_year),
            "currency": head.currency,
        }
        yield Check("DERIVED", "info", heads.sentence(head, context), figures, numbers={"values": values})
    for share in heads.shares(context):
        marks = share.part.figure, share.whole.figure
        numbers = {"values": {"share_percent": plain(share.percent)}}
        speakers = claims.speaker(marks[0]), claims.speaker(marks[1])
        yield Check("DERIVED", "info", share.text, (marks[0]["id"], marks[1]["id"]), numbers=numbers, speakers=speakers)


def with_speakers(text: str, names: list[str], *, is_same: bool) -> str:
    """Two speakers may mean different things by the same words."""
    if not names:
        return text
    return f"{text}; same speaker ({names[0]})." if is_same else f"{text}; different speakers ({', '.join(names)})."


def entity_name(pk: str | None, context: NativeContext) -> str:
    """The key of a file where there is one: ids of the database say nothing to a reader."""
    entity = context.entity(pk) or {}
    if pk and not UUID.fullmatch(pk):
        return pk
    return str(entity.get("key") or entity.get("name") or "none")
