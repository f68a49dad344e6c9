"""Two readings of one short text that agree in all but what a test edits, submitted."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Callable
from typing import Any

from annotations.models import Adjudication, Assignment
from annotations.write.adjudicate import DecisionDraft
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.apply import apply_changes
from annotations.write.look import LOOKED, look_at
from corpus.models import Corpus, Document
from tests import factories
from tests.api.world import change, fragment, new

TEXT = (
    "Workers sent home\n\nThere used to be 300 North Korean workers here. But 170 were forced to return to the North, "
    "a manager told Daily News. UNSC Resolution 2371 bans them. They earn 45,000 RMB per month."
)
TWO_PARAGRAPHS = TEXT.replace(". UNSC", ".\n\nUNSC")
Objects = dict[str, tuple[str, dict[str, Any]]]
KNOWN = {"status": "happened", "polarity": "positive", "certainty": "certain"}


def objects(text: str, group: str, source: str) -> Objects:
    """By name: the kind and the object. `group` and `source` are entities."""

    def words(quote: str) -> list[dict[str, Any]]:
        return [fragment(text, quote)]

    ids = {name: new() for name in ("workers", "manager", "before", "count", "pay", "cited", "event", "trigger", "claim", "link")}
    counted = {"counted": {"mention": ids["workers"]}, "use": "reported"}
    exact = {"comparator": "eq", "approximate": False, "vague": False}
    said = {"mode": "indirect", "modality": "asserted", "evidence": "unspecified", "reliability": "F", "credibility": "6"}
    made: Objects = {
        "workers": ("span", {"layer": "ACTOR", "label": "GROUP", "fragments": words("North Korean workers"),
                             "attributes": {"mention_type": "NOM", "entity": group}}),
        "manager": ("span", {"layer": "ACTOR", "label": "PERSON", "fragments": words("a manager"),
                             "attributes": {"mention_type": "NOM", "entity": source}}),
        "before": ("span", {"layer": "FIGURE", "label": "PEOPLE", "fragments": words("300"),
                            "attributes": {"low": 300, "high": 300, **exact, **counted}}),
        "count": ("span", {"layer": "FIGURE", "label": "PEOPLE", "fragments": words("170"),
                           "attributes": {"low": 170, "high": 170, **exact, **counted}}),
        "pay": ("span", {"layer": "FIGURE", "label": "MONEY", "fragments": words("45,000 RMB per month"),
                         "attributes": {"low": 45000, "high": 45000, **exact, "currency": "CNY", "currency_basis": "stated",
                                        "per_period": "P1M", "use": "reported"}}),
        "cited": ("citation", {"fragments": words("UNSC Resolution 2371"), "measure": "UNSCR-2371", "paragraph_basis": "none"}),
        "event": ("event", {"type": "REPATRIATE", **KNOWN, "attributes": {"manner": "forced"},
                            "arguments": [{"role": "people", "mention": ids["workers"]}, {"role": "count", "mention": ids["count"]}]}),
        "trigger": ("span", {"layer": "EVENT", "label": "REPATRIATE", "fragments": words("return"), "event": ids["event"]}),
        "claim": ("claim", {"source_mention": ids["manager"], "source_entity": source, "source_basis": "stated", **said,
                            "cue": words("told"), "content": words("170 were forced to return to the North")}),
        "link": ("link", {"type": "part_of", "source": ids["count"], "target": ids["before"]}),
    }  # fmt: skip
    return {name: (kind, {"id": ids[name]} | record) for name, (kind, record) in made.items()}


def no_edit(named: Objects) -> None:
    pass


def some_differences(named: Objects) -> None:
    """A kind of mention, a value, a status, an argument, and a claim that is not there: five."""
    named["manager"][1]["attributes"] |= {"mention_type": "PRO"}
    named["pay"][1]["attributes"] |= {"low": 45, "high": 45}
    named["event"][1]["status"] = "expected"
    named["event"][1]["arguments"].pop()
    del named["claim"]


def marks_little(named: Objects) -> None:
    """Workers and pay: of the first paragraph six things are missing, and of the second the citation."""
    for name in named.keys() - {"workers", "pay"}:
        del named[name]


def entities(corpus: Corpus, reading: Assignment, user: Any) -> tuple[str, str]:
    group, source = new(), new()
    made = [
        change("create", "entity", {"id": group, "type": "GROUP", "name": "Workers", "reference": "generic"}),
        change("create", "entity", {"id": source, "type": "PERSON", "name": "Manager", "reference": "specific"}),
    ]
    apply_changes(reading, user, 0, made)
    return group, source


def readings(
    corpus: Corpus, people: list[Any], edits: list[Callable[[Objects], None]], document: Document | None = None
) -> list[Assignment]:
    """One for each person, the first of whom makes the entities."""
    text = document or factories.document(TEXT, corpus=corpus)
    made = [factories.assignment(text, person) for person in people]
    group, source = entities(corpus, made[0], people[0])
    for reading, edit in zip(made, edits, strict=True):
        named = copy.deepcopy(objects(text.text, group, source))
        edit(named)
        reading.refresh_from_db()
        apply_changes(reading, reading.annotator, reading.revision, [change("create", *each) for each in named.values()])
        factories.submitted(reading)
        Assignment.objects.filter(pk=reading.pk).update(independent=reading.revision)
        reading.refresh_from_db()
    return made


def look_at_all(adjudication: Adjudication, user: Any) -> None:
    """At what was drawn of that in which all readers agree."""
    for group in AdjudicationState(Adjudication.objects.get(pk=adjudication.pk)).unseen:
        base = Assignment.objects.get(pk=adjudication.gold_id).revision
        look_at(adjudication, user, DecisionDraft(uuid.uuid4(), str(group.location), LOOKED, base))
