"""What an article says, in one sentence each: a figure with its event, or an event, and who says so.

Pure. Every word that depends on the scheme is the scheme's.

    Daily NK states: 20 people (North Korean workers); return home (forced), happened, on 4 September 2017 (inferred), via Dandong
    Railway Station, to North Korea.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from annotations.formats.documentview import DocumentView, target
from annotations.formats.wording import days, value
from annotations.nativeview import Object
from annotations.schemeview import UnknownLabel

VERBS = {"asserted": "states", "reported": "reports", "alleged": "alleges", "predicted": "predicts", "denied": "denies"}
PLAIN = "reported"  # the use of a figure that needs no word
NOTHING = ("none", "unspecified")  # choices that say nothing
BASES = {"inferred": "inferred", "resolved": "worked out", "registry": "date of the measure"}
PREPOSITIONS = ("from", "to", "via")


def of_figure(view: DocumentView, mention: Object) -> str:
    """One sentence about the value of a figure; empty while it has none."""
    return remembered(view, mention, figure_sentence)


def of_event(view: DocumentView, event: Object) -> str:
    return remembered(view, event, event_sentence)


def remembered(view: DocumentView, item: Object, make: Callable[[DocumentView, Object], str]) -> str:
    """Several tables tell the same."""
    key = (make.__name__, str(item["id"]))
    if key not in view.sentences:
        view.sentences[key] = make(view, item)
    return view.sentences[key]


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


def claim_of(view: DocumentView, event: Object) -> Object:
    return view.claimed(next(iter(event.get("attributions") or []), None))


# The figure


def subject(view: DocumentView, mention: Object) -> str:
    """ " (North Korean workers)", " of the workers": what is counted, or the whole of a share."""
    given = mention["attributes"]
    counted, whole = view.words(given.get("counted")), view.words(given.get("of_whole"))
    return (f" ({counted})" if counted else "") + (f" of {whole}" if whole else "")


def use(view: DocumentView, mention: Object) -> str:
    code = mention["attributes"].get("use")
    among = view.scheme.attributes(mention["layer"], mention["label"]).values()
    return view.named("use", code, among) if code and code != PLAIN else ""


def event_of(view: DocumentView, mention: Object) -> Object | None:
    """The first event in which the figure fills a role."""
    return next(iter(view.filled.get(mention["id"], [])), None)


# The event


def about(view: DocumentView, event: Object, figure: Object | None = None) -> Iterator[str]:
    """What kind of event, whether it happened, when, and who fills its roles, apart from the figure that is told of."""
    among = view.scheme.layer(view.scheme.layer_of("event")).get("attributes", [])
    details = ", ".join(kinds(view, event))
    yield named(view, event) + (f" ({details})" if details else "")
    yield "" if event.get("polarity") != "negative" else "negated"
    yield view.named("status", event.get("status"), among)
    yield "" if event.get("certainty") in (None, "certain") else view.named("certainty", event["certainty"], among)
    yield when(event.get("time") or {})
    yield from roles(view, event, figure)


def named(view: DocumentView, event: Object) -> str:
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
    for code, given in (event.get("attributes") or {}).items():
        attribute = own.get(code, {"name": code})
        if given is True:
            yield lowered(str(attribute["name"]))
        elif given and given not in NOTHING:
            listed = given if isinstance(given, list) else [given]
            yield ", ".join(view.named(code, each, [attribute | {"code": code}]) for each in listed)


def when(time: Object) -> str:
    told = days(time)
    if not told:
        return f"“{time['text']}”" if time.get("text") else ""
    day = time.get("earliest") and time.get("earliest") == time.get("latest")
    basis = BASES.get(str(time.get("basis")))
    return f"{'on ' if day else ''}{told}" + (f" ({basis})" if basis else "")


def roles(view: DocumentView, event: Object, figure: Object | None) -> Iterator[str]:
    """ "from Dandong City", "payer: donju and private moneylenders". Who is counted has been named; causes are events of their own."""
    counted = view.meant((figure or {}).get("attributes", {}).get("counted")).get("id")
    fillers: dict[str, dict[str, str]] = {}
    for argument in event["arguments"]:
        kind, pk = target(argument)
        means = str(view.meant(argument).get("id") or pk)
        if kind != "event" and not is_figure(view, pk) and means != counted:
            fillers.setdefault(argument["role"], {}).setdefault(means, view.words(argument))
    for role, words in fillers.items():
        name = lowered(role_name(view, event, role))
        joint = " " if name in PREPOSITIONS else ": "
        yield f"{name}{joint}{' and '.join(words.values())}"


def is_figure(view: DocumentView, pk: str | None) -> bool:
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
