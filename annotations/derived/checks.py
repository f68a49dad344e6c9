"""What the app finds by reckoning: `checks` of a native document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotations.derived import heads, law, rates, sums
from annotations.derived.claims import ClaimIndex
from annotations.derived.heads import PayShare
from annotations.derived.numbers import plain
from annotations.native.view import NativeContext, Object

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def checks(context: NativeContext, claims: ClaimIndex) -> Iterator[Object]:
    """{code, result, figures, text, …}: sums, shares, rates, amounts per head, the law."""
    for total in (*sums.sums(context), *sums.stated_shares(context)):
        yield check("FIG-05", "ok" if total.fits else "warning", total.figures, total.text)
    for comparison in rates.comparisons(context):
        result = "ok" if comparison.fits else "warning"
        yield {
            **check("FIG-06", result, comparison.figures, comparison.text),
            "implied_rates": [rate.native() for rate in comparison.rates],
            "ratio": plain(comparison.ratio),
        }
    yield from derived(context, claims)
    for text in law.notes(context):
        yield check("LEGAL", "note", (), text)


def derived(context: NativeContext, claims: ClaimIndex) -> Iterator[Object]:
    for head in heads.divided(context):
        basis = (head.figure["attributes"]["per_count"] or {}).get("figure")
        figures = (head.figure["id"], basis) if basis else (head.figure["id"],)
        yield {
            **check("DERIVED", "info", figures, heads.sentence(head, context)),
            "values": {
                "per_person_per_month": plain(head.per_month),
                "per_person_per_year": plain(head.per_year),
                "currency": head.currency,
            },
        }
    for share in heads.shares(context):
        figures = (share.part.figure["id"], share.whole.figure["id"])
        text = f"{share.text}; {speakers(share, claims)}."
        yield {
            **check("DERIVED", "info", figures, text),
            "values": {"share_percent": plain(share.percent)},
        }


def check(code: str, result: str, figures: tuple[str, ...], text: str) -> Object:
    return {"code": code, "result": result, "figures": list(figures), "text": text}


def speakers(share: PayShare, claims: ClaimIndex) -> str:
    """Two speakers may mean different things by the same words."""
    part, whole = (claims.speaker(x.figure) for x in (share.part, share.whole))
    if part == whole:
        return f"same speaker ({entity_name(part, claims.context)})"
    return f"different speakers ({entity_name(part, claims.context)}, {entity_name(whole, claims.context)})"


def entity_name(pk: str | None, context: NativeContext) -> str:
    """The key of a file where there is one: ids of the database say nothing to a reader."""
    entity = context.entity(pk) or {}
    if pk and not UUID.fullmatch(pk):
        return pk
    return str(entity.get("key") or entity.get("name") or "none")
