"""The value of a figure and a day, as they stand in a sentence. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date
from typing import Any

from annotations.derived.document_view import DocumentView
from annotations.derived.heads import per_head
from annotations.derived.numbers import written as plain_number
from annotations.native.view import Object
from annotations.statements.names import Phrase, noun_phrase, plain
from annotations.statements.wording import PERIODS, UNITS, counts_people, months, number, people, per_unit, written

STATISTICS = {
    "mean": "an average of",
    "median": "a median of",
    "total": "a total of",
    "minimum": "a minimum of",
    "maximum": "a maximum of",
}
COMPARATORS = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
PARTS_OF_DAY = {"MO": "the morning of", "MI": "midday on", "AF": "the afternoon of", "EV": "the evening of", "NI": "the night of"}
BASES = {
    "inferred": "inferred",
    "resolved": "worked out from the date of publication",
    "registry": "taken from the register of measures",
}


# Figures


def amount(view: DocumentView, mention: Object, of: Phrase | None = None, known: Container[str] = ()) -> Phrase | None:
    """ "an average of CNY 45,000 a month", "170 North Korean workers". `of`: what is counted, where the figure does not say.
    `known`: marks that the sentence names, so that "per person" need not.

    None while the figure has no value.
    """
    attributes = mention.get("attributes") or {}
    low, high = attributes.get("low"), attributes.get("high")
    if low is None and high is None:
        return None
    value = measured(view, mention, bounds(low, high, str(attributes.get("comparator") or "")), of)
    if attributes.get("vague"):
        value = f"“{view.quote(mention['fragments'])}” (read as {value})"
    parts = (
        STATISTICS.get(str(attributes.get("statistic")), ""),
        "about" if attributes.get("approximate") and not attributes.get("vague") else "",
        value,
        per(view, attributes, known),
    )
    return Phrase(" ".join(filter(None, parts)), plural=high != 1 and not attributes.get("currency"), key=str(mention["id"]))


def number_in_words(mention: Object) -> str:
    attributes = mention["attributes"]
    return bounds(attributes.get("low"), attributes.get("high"), str(attributes.get("comparator") or "")).rpartition(" than ")[2]


def bounds(low: Any, high: Any, comparator: str) -> str:
    if low is None or high is None:
        value = number(high if low is None else low)
        # A bound on one side whose side nobody chose is only a number.
        return f"{COMPARATORS.get(comparator, 'at least' if high is None else 'at most')} {value}"
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def measured(view: DocumentView, mention: Object, text: str, of: Phrase | None) -> str:
    """The number with its currency before it, or what it counts after it."""
    attributes = mention["attributes"]
    if attributes.get("currency"):
        head, _, last = text.rpartition(" ") if text.startswith(tuple(COMPARATORS.values())) else ("", "", text)
        return " ".join(filter(None, (head, f"{attributes['currency']} {last}")))
    if attributes.get("unit") == "%":
        return " ".join(filter(None, (f"{text} per cent", of_what(view, attributes, of))))
    if attributes.get("unit"):
        what = attributes.get("counted_text") or (of and of.noun)
        return f"{text} {unit(attributes)}" + (f" of {what}" if what else "")
    return f"{text} {counted(view, mention, of)}".rstrip()


def unit(attributes: Object) -> str:
    word = str(UNITS.get(attributes["unit"], attributes["unit"]))
    most = attributes.get("low") if attributes.get("high") is None else attributes["high"]
    return f"{word}s" if most != 1 and word != attributes["unit"] and word[0].islower() else word


def counted(view: DocumentView, mention: Object, of: Phrase | None) -> str:
    attributes = mention["attributes"]
    most = attributes.get("low") if attributes.get("high") is None else attributes["high"]
    noun = noun_phrase(view, attributes.get("counted")) or of
    if noun and (noun.plural or most == 1):
        return noun.noun
    return str(attributes.get("counted_text") or "") or (people(view, most) if counts_people(view, mention) else "")


def of_what(view: DocumentView, attributes: Object, of: Phrase | None) -> str:
    whole = noun_phrase(view, attributes.get("of_whole")) or of
    if whole is None:
        return ""
    # "Half of the workers" of one factory must not read as half of all.
    entity = view.meant(attributes.get("of_whole"))
    fuller = plain(view, entity) if entity.get("anonymous") else ""
    return f"of {fuller if fuller.lower().startswith(whole.noun.lower()) else whole.text}"


def per(view: DocumentView, attributes: Object, known: Container[str]) -> str:
    """ "per CNY", "a tonne", "a month for every 300 workers", "a year per person"."""
    unit = per_unit(attributes["per_unit"]) if attributes.get("per_unit") else ""
    period, count = attributes.get("per_period"), attributes.get("per_count") or {}
    basis, whom = count.get("n"), noun_phrase(view, {"mention": count.get("mention")})
    if basis == 1:
        every = "" if str(count.get("mention")) in known else f"per {people(view, 1)}"
    else:
        every = (
            f"for every {number(basis)} {whom.noun if whom and whom.plural else people(view, basis)}" if basis is not None else ""
        )
    parts = (
        f"per {attributes['per_currency']}" if attributes.get("per_currency") else "",
        f"{'an' if unit[0] in 'aeio' else 'a'} {unit}" if unit else "",
        f"{'an' if period == 'PT1H' else 'a'} {PERIODS[period]}" if period in PERIODS else f"per {period}" if period else "",
        every,
    )
    return " ".join(filter(None, parts))


def notes(view: DocumentView, mention: Object) -> Iterator[str]:
    """What is worked out of a figure, or how its value is known: for the brackets at the end of a sentence."""
    attributes = mention.get("attributes") or {}
    if attributes.get("currency") and attributes.get("currency_basis") == "inferred":
        yield "currency inferred"
    if str(mention["id"]) in view.conversions:
        yield "conversion given in the text"
        return
    head = per_head(mention, view)
    if head and head.n != 1:
        about = "about " if attributes.get("approximate") else ""
        yield f"{about}{head.currency} {plain_number(head.per_month)} per {people(view, 1)} and month, derived"


# Days


def when(time: Object) -> str:
    """ "on the morning of 4 September 2017", "“soon”"; empty where no time is given."""
    return day_words(time) or (f"“{time['text']}”" if time.get("text") else "")


def basis(time: Object) -> str:
    """ "dates inferred", for the brackets at the end of a sentence; empty for a date that is stated, and for no date."""
    if not day_words(time):
        return ""
    if not time.get("basis"):
        return "basis of the date not recorded"
    how = BASES.get(str(time["basis"]), "")
    return f"{'date' if time.get('earliest') == time.get('latest') else 'dates'} {how}" if how else ""


def day_words(time: Object) -> str:
    if not time.get("earliest") or not time.get("latest"):
        return f"in {time['edtf']}" if time.get("edtf") else ""
    first, last = date.fromisoformat(time["earliest"]), date.fromisoformat(time["latest"])
    if first == last:
        part = PARTS_OF_DAY.get(str(time.get("part_of_day")), "")
        return f"{'at' if part.startswith('midday') else 'on'} {f'{part} ' if part else ''}{written(first)}"
    if whole_months(first, last):
        year = (first.month, last.month) == (1, 12) and first.year == last.year
        return f"in {first.year}" if year else f"in {months(time)}" if same_month(first, last) else f"from {months(time)}"
    start = (
        str(first.day) if same_month(first, last) else f"{first.day} {first:%B}" if first.year == last.year else written(first)
    )
    return f"between {start} and {written(last)}"


def same_month(first: date, last: date) -> bool:
    return (first.year, first.month) == (last.year, last.month)


def whole_months(first: date, last: date) -> bool:
    return (
        first.day == 1
        and (last.month % 12 + 1) == date.fromordinal(last.toordinal() + 1).month
        and date.fromordinal(last.toordinal() + 1).day == 1
    )
