"""What an entry must be to fit a question: a condition for each parameter that an address gives."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from questions.address.question import AddressError
from questions.asking.asker import Asker
from questions.asking.condition import Condition, is_one_of
from questions.asking.known_codes import check_codes, refuse_unknown
from registry.models import Entity, Measure

WORKPLACE = "workplace"
Filter = Callable[[Asker], Condition]


def fits(asker: Asker, left_out: frozenset[str] = frozenset()) -> list[Condition]:
    """All of what is asked but the place, and what only tells the parts of an answer apart. Raises AddressError, NotThere."""
    check_codes(asker)
    return [FILTERS[name](asker) for name in FILTERS if asker.question[name] and name not in left_out]


# One of several codes


def code_in(name: str, column: str) -> Filter:
    def condition(asker: Asker) -> Condition:
        codes = asker.question.codes(name)
        return is_one_of(column, name, codes) if codes else Condition("true")

    return condition


def any_of(name: str, column: str) -> Filter:
    """One of the codes of a column that has several."""

    def condition(asker: Asker) -> Condition:
        codes = asker.question.codes(name)
        return Condition(f"{{e}}.{column} && %({name})s::varchar[]", {name: codes}) if codes else Condition("true")

    return condition


def by_type(asker: Asker) -> Condition:
    known = {label["code"] for layer in asker.scheme.layers_of("event") for label in layer["labels"]}
    return is_one_of("type", "type", checked(asker, "type", known))


def by_label(asker: Asker) -> Condition:
    return is_one_of("label", "label", checked(asker, "label", figure_labels(asker)))


def figure_labels(asker: Asker) -> set[str]:
    return {label["code"] for layer in asker.scheme.layers_of("figure") for label in layer["labels"]}


def checked(asker: Asker, name: str, known: set[str]) -> list[str]:
    """The codes asked for; any code that the scheme does not have is refused."""
    codes = asker.question.codes(name) or sorted(known)
    refuse_unknown(name, codes, sorted(known))
    return codes


# Attributes


def by_attributes(asker: Asker) -> Condition:
    """All of them, each as one value or as one of several."""
    values: dict[str, Any] = {}
    parts = []
    for number, pair in enumerate(asker.question["attr"].split(",")):
        name, _, value = pair.partition(":")
        values |= {f"attr{number}": name, f"said{number}": value}
        parts.append(
            f"({{e}}.attributes -> %(attr{number})s ? %(said{number})s OR {{e}}.attributes ->> %(attr{number})s = %(said{number})s)"
        )
    return Condition(" AND ".join(parts), values)


def by_event_filter(asker: Asker) -> Condition:
    """What a filter of the scheme lets through: any of its cases, each of a label, a polarity, a status, attributes."""
    code = asker.question["filter"]
    chosen = next((each for each in asker.scheme.event_filters if each["code"] == code), None)
    if chosen is None:
        known = ", ".join(each["code"] for each in asker.scheme.event_filters) or "none"
        raise AddressError("filter", f"has no “{code}”; use one of {known}")
    values: dict[str, Any] = {}
    cases = []
    for number, case in enumerate(chosen["any"]):
        own = {f"case{number}_{name}": case[key] for name, key in CASE_COLUMNS.items() if key in case}
        parts = [f"{{e}}.{name} = %(case{number}_{name})s" for name, key in CASE_COLUMNS.items() if key in case]
        for index, (name, value) in enumerate(case.get("attributes", {}).items()):
            own |= {f"case{number}_name{index}": name, f"case{number}_value{index}": value}
            parts.append(f"{{e}}.attributes ->> %(case{number}_name{index})s = %(case{number}_value{index})s")
        values |= own
        cases.append(f"({' AND '.join(parts)})")
    return Condition(" OR ".join(cases), values)


CASE_COLUMNS = {"type": "label", "polarity": "polarity", "status": "status"}

# Values


def is_so(name: str, column: str) -> Filter:
    return lambda asker: Condition(f"{{e}}.{column} IS {'TRUE' if asker.question.is_on(name) else 'NOT TRUE'}")


def by_bound(name: str, range_of: str) -> Filter:
    """A value fits that reaches into what is asked for."""
    return lambda asker: Condition(f"{{e}}.extent && {range_of}", {name: Decimal(asker.question[name])})


# Times


def by_days(asker: Asker) -> Condition:
    """Events that may have been on one of the days; `within`: whose stated days all are."""
    first, last = asker.question.day("from", asker.today), asker.question.day("to", asker.today)
    days = {"first": first, "last": last}
    span = "daterange(%(first)s::date, %(last)s::date, '[]')"
    if asker.question["dates"] == "meet":
        return Condition(f"{{e}}.possible && {span}", days)
    stated = "({e}.earliest IS NOT NULL OR {e}.latest IS NOT NULL)"
    return Condition(f"{stated} AND daterange({{e}}.earliest, {{e}}.latest, '[]') <@ {span}", days)


def with_days(asker: Asker) -> Condition:
    stated = "({e}.earliest IS NOT NULL OR {e}.latest IS NOT NULL)"
    return Condition("true" if asker.question.is_on("undated") else stated)


# Who

WHO = {"entity": "takes", "actor": "actors", "acted": "acted", "counted": "counted"}


def by_entity(name: str, column: str) -> Filter:
    return lambda asker: Condition(f"{{e}}.{column} && %({name})s::uuid[]", {name: asker.meant(name)})


def by_speaker(asker: Asker) -> Condition:
    """The innermost claim is its. Whoever is innermost is around, too, and of these there is an index."""
    return Condition(
        "{e}.around && ARRAY[%(speaker)s::uuid] AND %(speaker)s = ANY({e}.sources)", {"speaker": asker.entity("speaker")}
    )


def by_unnamed(asker: Asker) -> Condition:
    """There is a source, and none that has a name."""
    if not asker.question.is_on("unnamed"):
        return Condition("true")
    named = Entity.objects.filter(corpus=asker.corpus).exclude(anonymous=True).values_list("pk", flat=True)
    return Condition("cardinality({e}.sources) > 0 AND NOT {e}.sources && %(named)s::uuid[]", {"named": list(named)})


def by_measure(asker: Asker) -> Condition:
    return Condition("{e}.measures && %(measure)s::bigint[]", {"measure": checked_measures(asker)})


def checked_measures(asker: Asker) -> list[int]:
    """Keys of the measures asked for; a code that the register does not have is refused."""
    codes = asker.question.codes("measure")
    measures = dict(Measure.objects.filter(code__in=codes).values_list("code", "pk"))
    for code in codes:
        if code not in measures:
            raise AddressError("measure", f"has no “{code}”")
    return list(measures.values())


# Articles


def of_article(sql: str, name: str) -> Filter:
    def condition(asker: Asker) -> Condition:
        value: Any = asker.question.codes(name) if name == "language" else asker.question[name]
        if name.startswith("published_"):
            value = asker.question.day(name, asker.today)
        return Condition(f"EXISTS (SELECT FROM corpus_article x WHERE x.id = {{e}}.article_id AND {sql})", {name: value})

    return condition


OUTLET = "x.outlet_id IN (SELECT id FROM corpus_outlet WHERE name = %(outlet)s)"
FROM_DAY = (
    "coalesce(x.published_latest, CASE WHEN x.published_earliest IS NOT NULL THEN 'infinity'::date END) >= %(published_from)s"
)
TO_DAY = "coalesce(x.published_earliest, CASE WHEN x.published_latest IS NOT NULL THEN '-infinity'::date END) <= %(published_to)s"

# Status, polarity, use and figure are not here: they tell the parts of an answer apart.
FILTERS: dict[str, Filter] = {
    "type": by_type,
    "certainty": code_in("certainty", "certainty"),
    "filter": by_event_filter,
    "attr": by_attributes,
    "label": by_label,
    "unit": lambda asker: Condition("{e}.unit = %(unit)s", {"unit": asker.question["unit"]}),
    "currency": code_in("currency", "currency"),
    "approximate": is_so("approximate", "is_approximate"),
    "vague": is_so("vague", "is_vague"),
    "value_min": by_bound("value_min", "numrange(%(value_min)s, NULL, '[]')"),
    "value_max": by_bound("value_max", "numrange(NULL, %(value_max)s, '[]')"),
    "from": by_days,
    "to": by_days,
    "undated": with_days,
    "timed": lambda asker: Condition("{e}.is_timed" if asker.question.is_on("timed") else "true"),
    **{name: by_entity(name, column) for name, column in WHO.items()},
    "source": lambda asker: Condition("{e}.around && ARRAY[%(source)s::uuid]", {"source": asker.entity("source")}),
    "speaker": by_speaker,
    "unnamed": by_unnamed,
    "modality": any_of("modality", "modalities"),
    "evidence": any_of("evidence", "evidences"),
    "reliability": any_of("reliability", "reliabilities"),
    "credibility": any_of("credibility", "credibilities"),
    "measure": by_measure,
    "mark": lambda asker: Condition("{e}.id = %(mark)s::uuid", {"mark": asker.question["mark"]}),
    "outlet": of_article(OUTLET, "outlet"),
    "language": of_article("x.language = ANY(%(language)s)", "language"),
    "published_from": of_article(FROM_DAY, "published_from"),
    "published_to": of_article(TO_DAY, "published_to"),
    "article": lambda asker: Condition("{e}.article_id = %(article)s::uuid", {"article": asker.question["article"]}),
}
