"""What the checks of the scheme say of an assignment as it is now, and what the words offer where its events are open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from annotations import factuality, rules
from annotations.derived import checks
from annotations.derived.document import ClaimIndex
from annotations.documents.build import documents
from annotations.documents.sql import KNOWN
from annotations.models import Assignment
from annotations.queries.same_names import same_names_of
from annotations.queries.withheld_entities import withheld_from
from annotations.rules.contradictions import unsaid_use
from annotations.rules.finding import finding
from annotations.scheme.view import SchemeView
from annotations.schemes.fresh_view import fresh_view
from annotations.schemes.measures_data import dated_measures
from annotations.unstated.answers import is_open, level_of_open

Object = dict[str, Any]
WARNED = "warning"
BEFORE = 300  # characters in which the tense of a date is looked for


def context_of(assignment: Assignment) -> rules.NativeContext:
    [context] = contexts_of([assignment])
    return context


def contexts_of(assignments: Sequence[Assignment], statement: str = KNOWN) -> Iterator[rules.NativeContext]:
    """One for each, in their order. `statement`: FOR_CHECKS where nothing is asked but `checks.reckoned`."""
    yield from contexts_in(assignments, documents(assignments, statement), views_of(assignments, dated_measures()))


def views_of(assignments: Iterable[Assignment], register: list[Object]) -> dict[Any, SchemeView]:
    """Of their schemes, by id. `register`: of `register_of`."""
    return {scheme.pk: fresh_view(scheme, register) for scheme in {assignment.scheme for assignment in assignments}}


def contexts_in(
    assignments: Sequence[Assignment], read: Iterable[tuple[Object, str]], views: Mapping[Any, SchemeView]
) -> Iterator[rules.NativeContext]:
    """The same of documents that have been read already; the database is asked nothing."""
    for assignment, (native, text) in zip(assignments, read, strict=True):
        for entity in native["entities"]:
            # A reader knows an entity by its name; the key of a file says nothing on a page.
            entity["key"] = ""
        yield rules.NativeContext(native, text, views[assignment.scheme_id])


def findings(assignment: Assignment) -> list[rules.Finding]:
    """Every rule that is broken, errors and warnings, object by object and then of the whole."""
    return found_in(context_of(assignment), assignment)


def found_in(context: rules.NativeContext, assignment: Assignment) -> list[rules.Finding]:
    """What the rules find in the marks, and which of their entities the corpus has twice."""
    return rules.run_checks(context) + list(twice(context, assignment))


def twice(context: rules.NativeContext, assignment: Assignment) -> Iterator[rules.Finding]:
    """ACT-04: another entity of the corpus has the name and type of one that a mark means."""
    if "ACT-04" not in context.scheme.constraints:
        return
    marks = {(mark.get("attributes") or {}).get("entity"): mark["id"] for mark in reversed(list(context.spans()))}
    corpus = assignment.document.article.corpus
    groups = same_names_of(corpus, [each for each in marks if each])
    hidden = set(withheld_from(assignment.annotator, corpus).entities) if groups else set()
    for pk, group in groups.items():
        if not (others := [each for each in group if each[0] not in hidden]):
            continue
        name = (context.entity(str(pk)) or {}).get("name")
        names = ", ".join(f"“{other}”" for _, other in others)
        detail = f"{name!r} has the same name as {names}: merge them, or give them different names"
        yield finding(context, "ACT-04", detail, marks[str(pk)], str(pk), at="entity")


def checked(assignment: Assignment) -> dict[str, Any]:
    """{revision, findings, checks, counts, offers}: what is wrong or doubtful, what was reckoned, how many of each, what is offered.

    A warning of the reckoning stands among the findings too, so that it is counted there alone.
    """
    context = context_of(assignment)
    breaches = found_in(context, assignment)
    reckoned = [check.native(context) | {"events": list(check.events)} for check in checks.reckoned(context, ClaimIndex(context))]
    levels = Counter(finding.level for finding in breaches)
    return {
        "revision": assignment.revision,
        "findings": [finding.as_dict() for finding in breaches],
        "checks": reckoned,
        "counts": {
            "error": levels["error"],
            "warning": levels["warning"],
            "derived": sum(check["result"] != WARNED for check in reckoned),
        },
        "offers": offers(context),
    }


Fragments = list[tuple[int, int]]
Offers = dict[str, list[Object]]


def offers(context: rules.NativeContext) -> dict[str, Offers]:
    """Event or figure → open attribute → values that the words around it suggest, best first, with these words."""
    language = context.doc["document"].get("language") or "en"
    triggers = defaultdict(list)
    for span in context.spans():
        triggers[span.get("event")].append([(each["start"], each["end"]) for each in span["fragments"]])
    by_event = {event["id"]: offered(event, sorted(triggers[event["id"]]), context, language) for event in context.events()}
    for event in context.events():
        by_event[event["id"]] |= time_of(event, context, language)
    return {event: by_code for event, by_code in by_event.items() if by_code} | uses(context)


def time_of(event: Object, context: rules.NativeContext, language: str) -> Offers:
    """The date, or the period, that words mean which are stored without one: “last week” beside the day of publication."""
    time = event.get("time") or {}
    if not time.get("text") or time.get("edtf") or time.get("start") is None:
        return {}
    from annotations import dates

    published = context.doc["document"].get("published") or {}
    days = [date.fromisoformat(day) if (day := published.get(name)) else None for name in ("earliest", "latest")]
    before = context.text[max(0, time["start"] - BEFORE) : time["start"]]
    moment = dates.resolve(time["text"], dates.Published(*days), before=before, language=language)
    if moment is None or moment.edtf is None:
        return {}
    value = {"edtf": moment.edtf, "basis": moment.basis}
    return {"time": [{"value": value, "words": [[time["start"], time["end"]]]}]}


def uses(context: rules.NativeContext) -> dict[str, Offers]:
    """What figures are used as, where the words say another thing than a count and nobody has said what."""
    uses_by_mark = ((span["id"], unsaid_use(span, context)) for span in context.spans())
    return {pk: {"use": [{"value": use.value, "words": [list(use.words)]}]} for pk, use in uses_by_mark if use}


def offered(event: Object, triggers: list[Fragments], context: rules.NativeContext, language: str) -> Offers:
    open_ones = open_attributes(event, context.scheme)
    if not open_ones:
        return {}
    readings = factuality.read(context.text, triggers, context.scheme, event["type"], language)
    return {
        code: [as_offer(offer) for offer in factuality.offered(readings[code]).offers] for code in open_ones if code in readings
    }


def open_attributes(event: Object, scheme: SchemeView) -> list[str]:
    """Those that say something about the world and that nobody has answered."""
    values = (event.get("attributes") or {}) | event
    known = scheme.attributes(scheme.layer_of("event"), event["type"])
    return [code for code, entry in known.items() if level_of_open(entry) and is_open(values.get(code))]


def as_offer(offer: factuality.OfferedValue) -> Object:
    return {"value": offer.value, "words": [list(words) for words in offer.words]}
