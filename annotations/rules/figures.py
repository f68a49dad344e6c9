"""FIG-01 to FIG-06: values of figures, whether anything uses them, and whether they fit together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from annotations.derived import rates, sums
from annotations.native.view import Context, Object
from annotations.rules.finding import Finding, finding, name_of
from annotations.text import fragments

PERIOD = re.compile(r"P(?=[\dT])(\d+[YMWD])*(T(\d+[HMS])+)?")
WORD = re.compile(r"\w+")
THING = re.compile(r"\{[^{}\s]{1,28}\}")
SILENT = ("currency_basis",)  # how a currency is known says nothing of a label that has none


def is_figure(figure: Object, context: Context) -> bool:
    return context.scheme.kind(figure["layer"]) == "figure"


def values_of(figure: Object, context: Context) -> Mapping[str, Any]:
    return (figure.get("attributes") or {}) if is_figure(figure, context) else {}


# FIG-01


def fig_01(figure: Object, context: Context) -> Iterator[Finding]:
    """Comparator and bounds agree. A figure without both is not yet filled in."""
    values = values_of(figure, context)
    low, high, comparator = values.get("low"), values.get("high"), values.get("comparator")
    if (low, high, comparator) != (None, None, None) and not agree(low, high, comparator):
        detail = f"{comparator or 'no comparator'} does not match low {low} and high {high}"
        yield finding(context, "FIG-01", detail, name_of(figure), at="comparator")


def agree(low: Any, high: Any, comparator: Any) -> bool:
    if comparator == "eq":
        return low is not None and low == high
    if comparator == "between":
        return low is not None and high is not None and bool(low < high)
    set_, empty = (low, high) if comparator in ("gt", "ge") else (high, low)
    return comparator in ("gt", "ge", "lt", "le") and set_ is not None and empty is None


def fig_01_empty(figure: Object, context: Context) -> Iterator[Finding]:
    if is_figure(figure, context) and not values_of(figure, context).get("comparator"):
        yield finding(context, "FIG-01", "the figure has no value yet", name_of(figure), at="comparator")


# FIG-02


def fig_02_known(figure: Object, context: Context) -> Iterator[Finding]:
    """Currencies, units and periods are known ones, and every value has a place in the label."""
    values = values_of(figure, context)
    if not values:
        return
    problems = [
        *((x, unknown_currency(values.get(x), context)) for x in ("currency", "per_currency")),
        ("unit", unknown_unit(figure["label"], values.get("unit"), context)),
        ("per_unit", unknown_per_unit(values.get("per_unit"), context)),
        *misfits(figure, values, context),
    ]
    if values.get("per_period") and not PERIOD.fullmatch(values["per_period"]):
        problems.append(("per_period", f"{values['per_period']!r} is not an ISO 8601 duration such as P1M"))
    if values.get("per_count") and not values["per_count"]["n"] > 0:
        problems.append(("per_count", "per_count: N should be greater than 0"))
    yield from (finding(context, "FIG-02", x, name_of(figure), at=code) for code, x in problems if x)


def unknown_currency(code: str | None, context: Context) -> str | None:
    if not code or code in context.scheme.currencies:
        return None
    aliases = {word.lower(): iso for word, iso in context.scheme.currency_aliases.items()}
    meant = aliases.get(code.lower()) or next((iso for iso in context.scheme.currencies if iso == code.upper()), None)
    return f"{code!r} is not an ISO 4217 currency code" + (f": write {meant}" if meant else "")


def unknown_unit(label: str, unit: str | None, context: Context) -> str | None:
    if not unit:
        return None
    if unit not in context.scheme.units:
        return f"{unit!r} is not a unit of the scheme"
    return None if unit in context.scheme.units_of(label) else f"{label} does not allow the unit {unit!r}"


def unknown_per_unit(unit: str | None, context: Context) -> str | None:
    if not unit or unit in context.scheme.units or THING.fullmatch(unit):
        return None
    from annotations.figures.per_unit import multiples_of

    if unit in multiples_of(context.scheme):
        return None
    return f"{unit!r} is not a unit of the scheme, nor a thing in braces such as {{vessel}}"


def misfits(figure: Object, values: Mapping[str, Any], context: Context) -> Iterator[tuple[str, str]]:
    """Values of attributes that the label does not have, unless they say nothing."""
    scheme = context.scheme
    own = scheme.attributes(figure["layer"], figure["label"])
    for code, value in values.items():
        if value not in (None, False, "") and code not in (*own, *SILENT):
            yield code, f"{figure['label']} has no {code}"


def fig_02_complete(figure: Object, context: Context) -> Iterator[Finding]:
    """What the scheme requires for the label is filled in."""
    if not is_figure(figure, context):
        return
    for code, entry in context.scheme.attributes(figure["layer"], figure["label"]).items():
        required = figure["label"] in (entry.get("required_for") or ())
        if (
            required
            and not values_of(figure, context).get(code)
            and not (code == "counted" and counted_by_event(figure, context))
        ):
            name = context.scheme.label(figure["layer"], figure["label"])["name"]
            yield finding(context, "FIG-02", f"{name} needs “{entry['name']}”", name_of(figure), at=code)


def counted_by_event(figure: Object, context: Context) -> bool:
    """Whether an event that the figure fills says whom it counts: it has exactly one filler in its roles for people."""
    people = set((context.scheme.derived.get("per_head") or {}).get("people") or ())
    for event in context.events():
        if not any(x.get("mention") == figure["id"] for x in event["arguments"]):
            continue
        roles = {code for code, role in context.scheme.roles(event["type"]).items() if takes_only(role, people)}
        if sum(x["role"] in roles for x in event["arguments"]) == 1:
            return True
    return False


def takes_only(role: Object, labels: set[str]) -> bool:
    return bool(labels) and all(
        set(filler.get("labels") or ()) <= labels and filler["kind"] == "actor" for filler in role["fillers"]
    )


def fig_02_range(figure: Object, context: Context) -> Iterator[Finding]:
    """Shares lie within 0 and 100, unless the sentence speaks of growth."""
    rule = context.scheme.rule("FIG-02").get("range") or {}
    values = values_of(figure, context)
    if figure["label"] not in rule.get("labels", ()) or speaks_of(rule["unless_words"], figure, context):
        return
    for bound in ("low", "high"):
        value = values.get(bound)
        if value is not None and not rule["low"] <= value <= rule["high"]:
            detail = f"{bound} {value} is outside {rule['low']}–{rule['high']}"
            yield finding(context, "FIG-02", detail, name_of(figure), at=bound)


def speaks_of(words: list[str], figure: Object, context: Context) -> bool:
    """Whether one of `words` stands in the sentence around a mark."""
    start, end = fragments.envelope(figure["fragments"])
    before = fragments.sentence_breaks(context.text, max(start - 500, 0), start)
    after = fragments.sentence_breaks(context.text, end, end + 500)
    sentence = context.text[(before or [max(start - 500, 0)])[-1] : (after or [end + 500])[0]]
    return bool(set(words) & {word.lower() for word in WORD.findall(sentence)})


def fig_02_basis(figure: Object, context: Context) -> Iterator[Finding]:
    """The N of "for every N" is never an observation."""
    per = values_of(figure, context).get("per_count") or {}
    basis = context.span(per.get("figure"))
    if basis and (basis.get("attributes") or {}).get("use") != "basis":
        detail = "the figure that gives the N should have use = basis"
        yield finding(context, "FIG-02", detail, name_of(figure), name_of(basis), level="warning", at="per_count")


def fig_02_stranger(figure: Object, context: Context) -> Iterator[Finding]:
    """Dates, ordinals and the numbers of resolutions are no figures. They may be marked; one is asked why."""
    from annotations.figures import non_figure_kind

    if not is_figure(figure, context):
        return
    kinds = [non_figure_kind(context.text, x["start"], x["end"]) for x in figure["fragments"]]
    if kinds and all(kinds):
        noun = f"an {kinds[0]}" if kinds[0] == "ordinal" else f"a {kinds[0]}"
        detail = f"“{figure['fragments'][0]['quote']}” is {noun}, which is not marked as a figure"
        yield finding(context, "FIG-02", detail, name_of(figure), level="warning")


# FIG-03 and FIG-04


def fig_03(figure: Object, context: Context) -> Iterator[Finding]:
    values = values_of(figure, context)
    if values.get("vague") and not values.get("approximate"):
        yield finding(context, "FIG-03", "the words are vague: mark the value as approximate", name_of(figure), at="approximate")


def fig_04(context: Context) -> Iterator[Finding]:
    """A figure fills a role, is the basis of a per_count, or is linked to another figure."""
    used = {x.get("mention") for event in context.events() for x in event["arguments"]}
    used |= {link[end] for link in context.links() for end in ("source", "target")}
    figures = [figure for figure in context.spans() if is_figure(figure, context)]
    for figure in figures:
        values = values_of(figure, context)
        used |= {(values.get(x) or {}).get(y) for x, y in (("per_count", "figure"), ("of_whole", "mention"))}
    for figure in figures:
        if figure["id"] not in used:
            detail = "this figure is not used by any event yet"
            yield finding(context, "FIG-04", detail, name_of(figure))


# FIG-05 and FIG-06


def fig_05(context: Context) -> Iterator[Finding]:
    """Parts of one whole do not add up to more than the whole."""
    for total in (*sums.sums(context), *sums.stated_shares(context)):
        if not total.fits:
            yield finding(context, "FIG-05", total.text, *total.figures)


def fig_06(context: Context) -> Iterator[Finding]:
    """Conversions between the same currencies imply about the same rate."""
    for comparison in rates.comparisons(context):
        if not comparison.fits:
            yield finding(context, "FIG-06", comparison.text, *comparison.figures, ratio=float(comparison.ratio))
