"""The sentence of a figure, an event or a claim, and whether it asserts anything.

Pure. A sentence is made once for each document: several tables tell the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from annotations.derived.document_view import DocumentView
from annotations.native.view import Object
from annotations.statements.clauses import FINITE, GERUND, Clause, cited, spelled
from annotations.statements.names import listed
from annotations.statements.needs import missing
from annotations.statements.openings import Opening, opening, source_of
from annotations.statements.values import amount, basis, notes, number_in_words, when
from annotations.statements.wording import months
from annotations.unstated.answers import is_stated

GENERAL = "in general terms"
NOT_HAPPENED = "not said to have happened"
USES = {"basis": "as the basis of a ratio", "limit": "as a limit, target or deadline"}


def of_figure(view: DocumentView, mention: Object) -> str:
    """One sentence about the value of a figure; empty while it has none."""
    return remembered(view, mention, figure_sentence)


def of_event(view: DocumentView, event: Object) -> str:
    return remembered(view, event, event_sentence)


def of_claim(view: DocumentView, claim: Object) -> str:
    return remembered(view, claim, claim_sentence)


def remembered(view: DocumentView, record: Object, make: Callable[[DocumentView, Object], str]) -> str:
    key = (make.__name__, str(record["id"]))
    if key not in view.sentences:
        view.sentences[key] = make(view, record)
    return view.sentences[key]


def claim_of(view: DocumentView, event: Object) -> Object:
    return view.claimed(next(iter(event.get("attributions") or []), None))


def event_of(view: DocumentView, mention: Object) -> Object | None:
    """The first event in which the figure fills a role."""
    return next(iter(view.filled.get(mention["id"], [])), None)


def missing_of(view: DocumentView, record: Object) -> str:
    """What is asked of the event of a line that lacks a participant: "who owns what?"; empty where nothing is missing."""
    event = event_of(view, record) if "layer" in record else record if "arguments" in record else None
    return missing(view.scheme, event) if event else ""


def figure_sentence(view: DocumentView, mention: Object) -> str:
    value = amount(view, mention)
    if value is None:
        return ""
    lead_in = opening(view, view.claimed(mention.get("attribution")), mention["fragments"][0]["start"])
    remarks = [*notes(view, mention), *answered(view, view.claimed(mention.get("attribution")))]
    if event := event_of(view, mention):
        use = USES.get(str(mention["attributes"].get("use")), "").removeprefix("as ")
        return about(view, event, lead_in, mention, [use, *remarks])
    amount_text = f"{lead_in.gives()} {value.text} {USES.get(str(mention['attributes'].get('use')), '')}"
    return closed(amount_text, [*remarks, lead_in.bracket])


def event_sentence(view: DocumentView, event: Object) -> str:
    claim = claim_of(view, event)
    first = view.span(next(iter(event.get("triggers") or []), None))
    lead_in = opening(view, claim, first["fragments"][0]["start"] if first else 0)
    return about(view, event, lead_in, None, [also(view, event, claim), *answered(view, claim)])


def claim_sentence(view: DocumentView, claim: Object) -> str:
    """ "The ministry denied “the allegation” (no figure or event is marked in these words)." What is put nowhere in words is quoted."""
    lead_in = opening(view, claim, claim["content"][0]["start"])
    modality = claim.get("modality")
    is_open = "" if is_stated(modality) else f"how it is put is not {'stated' if modality else 'recorded'}"
    remarks = ["no figure or event is marked in these words", is_open, *answering(view, claim), *answered(view, claim)]
    return closed(f"{lead_in.utters()} “{view.quote(claim['content'])}”", [*remarks, lead_in.bracket])


def about(view: DocumentView, event: Object, lead_in: Opening, figure: Object | None, remarks: list[str]) -> str:
    clause = Clause(view, event, figure, lead_in.modality)
    if clause.state.is_open or clause.is_vague or clause.missing:
        return mentioned(view, clause, lead_in, remarks)
    time, law = when(event.get("time") or {}), legal(view, event, lead_in)
    # "soon" is part of what is expected; "recently" and "now" would read as if the report said so today.
    vague = basis(event.get("time") or {})
    dates = [undated(view)] if clause.state.status == "happened" and not event.get("time") else []
    claim = claim_of(view, event) if figure is None else view.claimed(figure.get("attribution"))
    if clause.is_denied_negative and claim.get("content"):
        return closed(as_denied(view, claim, lead_in), [time, vague, *remarks, *dates, lead_in.bracket])
    if time.startswith("“") and clause.state.status != "expected":
        time, vague = "", f"time given as {time}"
    unrealised = clause.state.status == "unrealised"
    that = lead_in.that(GENERAL if clause.state.status == "general" else "")
    behind = ordered(view, event) if unrealised else ""
    # Behind "to extend the visas" a date would be that of the visas.
    first, last = (time, "") if clause.has_infinitive else ("", time)
    leads = ", ".join(filter(None, [behind, first]))
    lead = f"{that}, {leads}," if leads and lead_in.verb else f"{that} {leads}"
    meant = as_meant(clause, figure) if unrealised and not behind else ""
    text = " ".join(filter(None, [lead, meant or clause_text(clause, figure), last]))
    kind = spelled(clause.attribute("unrealised_as")) if unrealised and not meant else ""
    return closed(text + law, [vague, *remarks, *dates, kind, NOT_HAPPENED if unrealised else "", lead_in.bracket])


def as_meant(clause: Clause, figure: Object | None) -> str:
    """ "the listing of the bank was considered": what was not carried out, and how it is meant; empty where one is not as plain."""
    words = (clause.view.scheme.sentences.get("unrealised") or {}).get(clause.attribute("unrealised_as"))
    if not words or clause.state.negative or clause.state.certainty not in ("", "certain"):
        return ""
    return f"{clause.as_thing(clause_text(clause, figure, GERUND))} {words}"


def as_denied(view: DocumentView, claim: Object, lead_in: Opening) -> str:
    """ "denied “wages were withheld”": what is negative and denied may be denied once or twice, which the words alone tell."""
    of = " of" if source_of(view, claim) is None else ""
    return f"{lead_in.that().removesuffix(' that')}{of} “{view.quote(claim['content'])}”"


def mentioned(view: DocumentView, clause: Clause, lead_in: Opening, remarks: list[str]) -> str:
    """What is open is never asserted."""
    time = clause.event.get("time") or {}
    text = f"{lead_in.mentions()} {clause_text(clause, clause.figure, GERUND)} {when(time)}".rstrip()
    return closed(f"{text}{legal(view, clause.event, lead_in)}; {unstated(clause)}", [basis(time), *remarks, lead_in.bracket])


def unstated(clause: Clause) -> str:
    """Whether the text leaves it open, nobody has said yet, or something is missing."""
    lacking = f"incomplete: {clause.missing}" if clause.missing else ""
    if lacking and not (clause.state.is_open or clause.is_vague):
        return lacking
    return "; ".join(filter(None, [of_state(clause), lacking]))


def of_state(clause: Clause) -> str:
    if not clause.state.is_open:
        return "what exactly happened is not recorded"
    codes = [clause.event.get(name) for name in ("status", "polarity")]
    if None in codes or "" in codes:
        return "whether this happened is not recorded"
    return "whether this happened is not stated"


def clause_text(clause: Clause, figure: Object | None, form: str = FINITE) -> str:
    """The clause; a figure that no pattern has a place for stands behind it."""
    text = clause.text(form)
    value = amount(clause.view, figure) if figure else None
    return f"{text} ({value.text})" if figure and value and number_in_words(figure) not in text else text


def legal(view: DocumentView, event: Object, lead_in: Opening) -> str:
    """ ", and gave S/RES/2371 (2017) as the reason"."""
    role = (view.scheme.derived.get("legal") or {}).get("role")
    pointed = [argument.get("measure_ref") for argument in event["arguments"] if argument["role"] == role]
    phrases = [phrase.text for pk in pointed if (phrase := cited(view, view.citation(pk)))]
    measures = " and ".join(dict.fromkeys(phrases))
    if not measures:
        return ""
    return f", and gave {measures} as the reason" if lead_in.verb else f"; {measures} is given as the reason"


def ordered(view: DocumentView, event: Object) -> str:
    """ "on the advice of the Chinese government": where another event is the order, the advice or the request for this one."""
    for other in view.events():
        clause = Clause(view, other)
        role = clause.patterns.get("orders")
        if role and any(argument["role"] == role and argument.get("event") == event["id"] for argument in other["arguments"]):
            phrase = clause.phrase("behind")
            return phrase.text if phrase else ""
    return ""


def also(view: DocumentView, event: Object, claim: Object) -> str:
    """Other sources that the text gives for the same event."""
    first = source_of(view, claim)
    others = [source_of(view, view.claimed(pk)) for pk in (event.get("attributions") or [])[1:]]
    text = listed(other for other in others if other and not (first and other.key == first.key))
    return f"also according to {text.text}" if text else ""


def answered(view: DocumentView, claim: Object) -> Iterator[str]:
    """ "denied by the firm": each claim that somebody linked to this one, by who makes it."""
    words = {each["code"]: each["answered"] for each in view.scheme.links if each.get("answered")}
    for link in view.links():
        if claim and link["target"] == claim.get("id") and link["type"] in words:
            source = source_of(view, view.claim(link["source"]) or {})
            yield f"{words[link['type']]} {source.text}" if source else f"{words[link['type']]} a source that is not named"


def answering(view: DocumentView, claim: Object) -> Iterator[str]:
    """ "denies the claim “wages were withheld” by the Panel": each claim to which somebody linked this one."""
    words = {each["code"]: each["name"] for each in view.scheme.links if each.get("answered")}
    for link in view.links():
        other = view.claim(link["target"]) if link["source"] == claim["id"] else None
        if other and link["type"] in words:
            source = source_of(view, other)
            yield f"{words[link['type']]} the claim “{view.quote(other['content'])}”{f' by {source.text}' if source else ''}"


def undated(view: DocumentView) -> str:
    published = months(view.published)
    return f"no date recorded; published {published}" if published else "no date recorded"


def closed(text: str, brackets: Iterable[str]) -> str:
    """With what remains to be said in one bracket, and a full stop."""
    kept = "; ".join(filter(None, brackets))
    words = " ".join(text.split())
    return f"{words} ({kept})." if kept else words if words.endswith("?") else f"{words}."
