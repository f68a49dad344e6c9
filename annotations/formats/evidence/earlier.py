"""What a row said before statements were sentences. Pure.

Nobody reads it: the seals of tables that were saved then sum it up, and by them these tables are still told which of their
rows are out of date. It must stay as it was, to the letter; `tests/annotations/formats/test_saved_before.py` holds it there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from annotations.derived.document_view import DocumentView, target
from annotations.formats.evidence.evidence_lines import BY_NAME, claim, is_figure
from annotations.formats.evidence.seals import RowSeal, sealed
from annotations.native.view import Object
from annotations.scheme.view import UnknownLabel
from annotations.statements.sentences import claim_of, event_of
from annotations.statements.wording import PERIODS, UNITS, counts_people, days, number, people, per_unit

# The columns that were summed up, in their order.
COLUMNS = (
    "statement", "low", "high", "comparator", "unit", "per", "quotation", "article", "outlet", "date", "address", "paragraph",
    "source", "modality", "rating", "measure", "footnote", "start", "end", "id",
)  # fmt: skip
VERBS = {"asserted": "states", "reported": "reports", "alleged": "alleges", "predicted": "predicts", "denied": "denies"}
PLAIN = "reported"  # the use of a figure that needs no word
NOTHING = ("none", "unspecified")  # choices that say nothing
BASES = {"inferred": "inferred", "resolved": "worked out", "registry": "date of the measure"}
PREPOSITIONS = ("from", "to", "via")


def seal(view: DocumentView, record: Object) -> RowSeal:
    """As a table had it that was saved then."""
    own = {"statement": statement, "source": source, "rating": rating, "modality": modality}
    values = [own[name](view, record) if name in own else BY_NAME[name].value(view, record) for name in COLUMNS]
    return sealed(str(view.doc.get("id")), str(record["id"]), json.dumps(values, ensure_ascii=False))


def statement(view: DocumentView, record: Object) -> str:
    return figure_sentence(view, record) if is_figure(record) else event_sentence(view, record)


def source(view: DocumentView, record: Object) -> str:
    return view.described(claim(view, record))


def rating(view: DocumentView, record: Object) -> str:
    """Nobody's rating was told as F6."""
    own_claim = claim(view, record)
    own = (record.get("attributes") or {}).get("credibility") if is_figure(record) else None
    return f"{own_claim.get('reliability') or 'F'}{own or own_claim.get('credibility') or '6'}"


def modality(view: DocumentView, record: Object) -> str | None:
    """The article itself was said to assert."""
    own_claim = claim(view, record)
    default: Object = view.doc.get("default_attribution") or {}
    return own_claim.get("modality") or ("asserted" if own_claim and own_claim.get("id") == default.get("id") else None)


def figure_sentence(view: DocumentView, mention: Object) -> str:
    amount = value(view, mention)
    if not amount:
        return ""
    event = event_of(view, mention)
    parts = [amount + subject(view, mention), use(view, mention), *(about(view, event, mention) if event else [])]
    return sentence(view, view.claimed(mention.get("attribution")), parts)


def event_sentence(view: DocumentView, event: Object) -> str:
    return sentence(view, claim_of(view, event), list(about(view, event)))


def sentence(view: DocumentView, claim: Object, parts: Iterable[str]) -> str:
    first, *rest = filter(None, parts)
    joined = "; ".join([first, ", ".join(rest)] if rest else [first])
    return f"{opening(view, claim)}: {' '.join(joined.split())}."


def opening(view: DocumentView, claim: Object) -> str:
    """ "Daily NK reports"; "It is said, without a source" where the text names none."""
    source = view.source(claim)
    modality = str(claim.get("modality") or "asserted")
    if not source:
        return f"Without a source, it is {modality}"
    return f"{source[:1].upper()}{source[1:]} {VERBS.get(modality, modality)}"


# The figure


def subject(view: DocumentView, mention: Object) -> str:
    """ " (North Korean workers)", " of the workers": what is counted, or the whole of a share."""
    attributes = mention["attributes"]
    counted, whole = view.words(attributes.get("counted")), view.words(attributes.get("of_whole"))
    return (f" ({counted})" if counted else "") + (f" of {whole}" if whole else "")


def use(view: DocumentView, mention: Object) -> str:
    code = mention["attributes"].get("use")
    among = view.scheme.attributes(mention["layer"], mention["label"]).values()
    return view.choice_name("use", code, among) if code and code != PLAIN else ""


# The event


def about(view: DocumentView, event: Object, figure: Object | None = None) -> Iterator[str]:
    """What kind of event, whether it happened, when, and who fills its roles, apart from the figure that is told of."""
    among = view.scheme.layer(view.scheme.layer_of("event")).get("attributes", [])
    details = ", ".join(kinds(view, event))
    yield type_name(view, event) + (f" ({details})" if details else "")
    yield "" if event.get("polarity") != "negative" else "negated"
    yield view.choice_name("status", event.get("status"), among)
    yield "" if event.get("certainty") in (None, "certain") else view.choice_name("certainty", event["certainty"], among)
    yield when(event.get("time") or {})
    yield from roles(view, event, figure)


def type_name(view: DocumentView, event: Object) -> str:
    try:
        return lowered(str(view.scheme.event_label(event["type"])["name"]))
    except UnknownLabel:
        return str(event["type"])


def kinds(view: DocumentView, event: Object) -> Iterator[str]:
    """The event type's own attributes: "residence", "expired"; a flag by its name."""
    try:
        own = view.scheme.own_attributes(event["type"])
    except UnknownLabel:
        own = {}
    for code, chosen in (event.get("attributes") or {}).items():
        attribute = own.get(code, {"name": code})
        if chosen is True:
            yield lowered(str(attribute["name"]))
        elif chosen and chosen not in NOTHING:
            listed = chosen if isinstance(chosen, list) else [chosen]
            yield ", ".join(view.choice_name(code, each, [attribute | {"code": code}]) for each in listed)


def when(time: Object) -> str:
    date = days(time)
    if not date:
        return f"“{time['text']}”" if time.get("text") else ""
    day = time.get("earliest") and time.get("earliest") == time.get("latest")
    basis = BASES.get(str(time.get("basis")))
    return f"{'on ' if day else ''}{date}" + (f" ({basis})" if basis else "")


def roles(view: DocumentView, event: Object, figure: Object | None) -> Iterator[str]:
    """ "from Dandong City", "payer: donju and private moneylenders". Who is counted has been named; causes are events of their own."""
    counted = view.meant((figure or {}).get("attributes", {}).get("counted")).get("id")
    fillers: dict[str, dict[str, str]] = {}
    for argument in event["arguments"]:
        kind, pk = target(argument)
        means = str(view.meant(argument).get("id") or pk)
        if kind != "event" and not is_figure_mark(view, pk) and means != counted:
            fillers.setdefault(argument["role"], {}).setdefault(means, view.words(argument))
    for role, words in fillers.items():
        name = lowered(role_name(view, event, role))
        joint = " " if name in PREPOSITIONS else ": "
        yield f"{name}{joint}{' and '.join(words.values())}"


def is_figure_mark(view: DocumentView, pk: str | None) -> bool:
    mention = view.span(pk)
    return mention is not None and view.scheme.kind(mention["layer"]) == "figure"


def role_name(view: DocumentView, event: Object, role: str) -> str:
    """ "Payer" of "Payer / lender"; the code of a role that the scheme does not have."""
    try:
        return str(view.scheme.roles(event["type"])[role]["name"]).split(" / ")[0]
    except (UnknownLabel, KeyError):
        return role


def lowered(name: str) -> str:
    """As it stands inside of a sentence; what begins with two capitals stays."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


# Values


def value(view: DocumentView, mention: Object) -> str:
    """ "about 5,000 to 7,000 people"; empty while the figure has no value."""
    attributes = mention.get("attributes") or {}
    low, high = attributes.get("low"), attributes.get("high")
    if low is None and high is None:
        return ""
    among = view.scheme.attributes(mention["layer"], mention["label"]).values()
    statistic = attributes.get("statistic")
    parts = [
        view.choice_name("statistic", statistic, among) if statistic and statistic != "none" else "",
        "about" if attributes.get("approximate") and not attributes.get("vague") else "",
        bounds(low, high, view.choice_name("comparator", attributes.get("comparator"), among)),
        counted_noun(view, mention),
        per(view, attributes),
    ]
    return " ".join(filter(None, parts)) + "".join(f" ({note})" for note in doubts(attributes))


def bounds(low: Any, high: Any, comparator: str) -> str:
    if low is None or high is None:
        return f"{comparator} {number(high if low is None else low)}"
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def counted_noun(view: DocumentView, mention: Object) -> str:
    """What stands behind the number: a currency, a unit, people, or what the text counts."""
    attributes = mention["attributes"]
    most = attributes.get("low") if attributes.get("high") is None else attributes["high"]
    if attributes.get("currency"):
        return str(attributes["currency"])
    if attributes.get("unit"):
        word = UNITS.get(attributes["unit"], attributes["unit"])
        return f"{word}s" if most != 1 and word.isascii() and word[0].islower() and word != attributes["unit"] else str(word)
    return people(view, most) if counts_people(view, mention) else str(attributes.get("counted_text") or "")


def per(view: DocumentView, attributes: Object) -> str:
    """ "per CNY", "per month for every 300 people"."""
    period, basis = attributes.get("per_period"), (attributes.get("per_count") or {}).get("n")
    every = f"for every {number(basis)} {people(view, basis)}" if basis not in (None, 1) else f"for one {people(view, 1)}"
    parts = [
        f"per {attributes['per_currency']}" if attributes.get("per_currency") else "",
        f"per {per_unit(attributes['per_unit'])}" if attributes.get("per_unit") else "",
        f"per {PERIODS.get(period, period)}" if period else "",
        every if basis is not None else "",
    ]
    return " ".join(filter(None, parts))


def doubts(attributes: Object) -> list[str]:
    return [
        words
        for words, holds in (
            ("read from vague words", attributes.get("vague")),
            ("currency inferred", attributes.get("currency") and attributes.get("currency_basis") == "inferred"),
        )
        if holds
    ]
