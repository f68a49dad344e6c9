"""Is a file of legal measures well made? Its shape first, then what its parts say of each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import chain
from typing import Any

from annotations.scheme.check import misshapen, repeated

Json = Mapping[str, Any]
FORMAT = "attest-measures/1"
FILE = "file of measures"
PROVISION = {
    "paragraph": str,
    "topic?": str,
    "effect?": str,
    "summary?": str,
    "verified?": {"content?": bool, "number?": bool},
    "evidence?": [str],
    "until?": str,
    "deadline?": str,
    "deadline_verified?": bool,
    "report_dates?": [str],
    "exceptions?": str,
    "limits?": [
        {
            "goods": str,
            "high?": [str],
            "low_of?": [[str]],
            "period?": str,
            "from?": str,
            "to?": str,
            "replaced_by?": str,
            "exact_verified?": bool,
            "roles?": [str],
        }
    ],
    "applies_to?": [{"label": str, "where?": {"*": [str]}, "goods?": [str], "roles?": [str], "from?": str}],
    "hs?": [str],
    "hs_verified?": {"*": bool},
    "replaces?": [str],
    "replaced_by?": [str],
    "tightened_by?": [str],
    "note?": str,
}
MEASURE = {
    "code": str,
    "symbol": str,
    "issuer": str,
    "kind?": str,
    "adopted": str,
    "regime?": str,
    "programmes?": [str],
    "countries?": [str],
    "in_force?": (list,),
    "aliases?": [str],
    "address?": str,
    "note?": str,
    "verified?": {"adopted?": bool},
    "evidence?": [str],
    "provisions?": [PROVISION],
}
MEASURES = {
    "format": str,
    "compiled?": str,
    "note?": str,
    "effects?": {"*": {"does": str, "requires?": [str]}},
    "evidence?": {"*": {"where?": str, "what?": str}},
    "measures": [MEASURE],
}
RELATED = ("replaces", "replaced_by", "tightened_by")


class MeasuresError(ValueError):
    """A malformed file; `problems` has a line for each reason, which begins with the place."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def checked(body: Any) -> Json:
    """The file as it is. Raises MeasuresError."""
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        raise MeasuresError([f"not a file of measures: `format` should be {FORMAT}"])
    problems = list(misshapen(FILE, body, MEASURES)) or list(unknown("", body, MEASURES)) or list(content_problems(body))
    if problems:
        raise MeasuresError(problems)
    return body


def unknown(location: str, value: Any, shape: Any) -> Iterator[str]:
    """Fields that the register has no column for: they would be lost in silence."""
    if isinstance(shape, list) and isinstance(value, list):
        for position, entry in enumerate(value):
            yield from unknown(f"{location}.{position}", entry, shape[0])
    elif isinstance(shape, dict) and isinstance(value, Mapping):
        fields = {name.removesuffix("?"): field for name, field in shape.items()}
        for name, entry in value.items():
            if name not in fields and "*" not in fields:
                yield f"{location or FILE}: the field `{name}` is not known"
            else:
                yield from unknown(f"{location}.{name}".lstrip("."), entry, fields.get(name, fields.get("*")))


def content_problems(body: Json) -> Iterator[str]:
    yield from days(FILE, body, "compiled")
    yield from repeated("measures", body["measures"], "code")
    known = {
        f"{measure['code']} {provision['paragraph']}"
        for measure in body["measures"]
        for provision in measure.get("provisions") or []
    }
    for measure in body["measures"]:
        location = f"measures.{measure['code']}"
        provisions = measure.get("provisions") or []
        yield from repeated(f"{location}.provisions", provisions, "paragraph")
        yield from unread(location, measure, body)
        yield from days(location, measure, "adopted")
        yield from in_force(f"{location}.in_force", measure.get("in_force"))
        for provision in provisions:
            inside = f"{location}.provisions.{provision['paragraph']}"
            yield from provision_problems(inside, provision, body, known)
            if (until := provision.get("until")) and until < measure["adopted"]:
                yield f"{inside}.until: is before the measure was adopted"


def provision_problems(location: str, provision: Json, body: Json, known: set[str]) -> Iterator[str]:
    yield from unread(location, provision, body)
    yield from days(location, provision, "until", "deadline", "report_dates")
    if (effect := provision.get("effect")) and effect not in (body.get("effects") or {}):
        yield f"{location}.effect: {effect!r} is not among the effects"
    for name in RELATED:
        yield from (f"{location}.{name}: no paragraph {x!r} in the file" for x in provision.get(name) or [] if x not in known)
    for code in provision.get("hs_verified") or {}:
        if code not in (provision.get("hs") or []):
            yield f"{location}.hs_verified: {code!r} is not among the HS codes"
    for position, limit in enumerate(provision.get("limits") or []):
        yield from limit_problems(f"{location}.limits.{position}", limit, known)
    for position, rule in enumerate(provision.get("applies_to") or []):
        yield from days(f"{location}.applies_to.{position}", rule, "from")


def limit_problems(location: str, limit: Json, known: set[str]) -> Iterator[str]:
    yield from days(location, limit, "from", "to")
    amounts = chain([limit["high"]] if limit.get("high") else [], limit.get("low_of") or [])
    yield from (f"{location}: {amount!r} should be an amount and its unit" for amount in amounts if not is_amount(amount))
    if (later := limit.get("replaced_by")) and later not in known:
        yield f"{location}.replaced_by: no paragraph {later!r} in the file"


def is_amount(pair: list[str]) -> bool:
    try:
        return len(pair) == 2 and Decimal(pair[0]).is_finite()
    except InvalidOperation:
        return False


def unread(location: str, record: Json, body: Json) -> Iterator[str]:
    sources = body.get("evidence") or {}
    yield from (f"{location}.evidence: there is no source {x!r}" for x in record.get("evidence") or [] if x not in sources)


def days(location: str, record: Json, *names: str) -> Iterator[str]:
    for name in names:
        values = record.get(name) or []
        for value in values if isinstance(values, list) else [values]:
            if not is_day(value):
                yield f"{location}.{name}: {value!r} is not a day (YYYY-MM-DD)"


def in_force(location: str, value: list[Any] | None) -> Iterator[str]:
    if value is None:
        return
    if len(value) != 2 or any(x is not None and not is_day(x) for x in value):
        yield f"{location}: should be the first and the last day, null for none"
    elif all(value) and value[1] < value[0]:
        yield f"{location}: ends before it begins"


def is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
