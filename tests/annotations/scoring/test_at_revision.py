"""A reading folded back by its change log is what was exported at that revision, whatever was written since."""

import random
import re

import pytest

from annotations.documents.build import document as document_of
from annotations.native.check import ARRAYS
from annotations.scoring.at_revision import OWN, at_revision
from annotations.write.errors import Invalid
from tests.annotations.conftest import new

pytestmark = pytest.mark.django_db

READINGS, STEPS = 4, 60  # 1,000 steps have been tried, too
LABELS = ("PERSON", "GROUP", "COMPANY", "STATE_BODY")


def exported(assignment):
    return own(document_of(assignment))


def own(native):
    """As the log has them: the segment is worked out of the text, and a field without a value may be left out."""
    return {kind: sorted(map(stored, native[ARRAYS[kind]]), key=lambda record: record["id"]) for kind in OWN}


def stored(record):
    return {name: value for name, value in record.items() if name != "segment" and value is not None}


class Walk:
    """Changes by chance, one batch after another."""

    def __init__(self, assignment, write, seed):
        self.assignment, self.write, self.dice = assignment, write, random.Random(seed)
        self.linked = set()
        self.objects = []  # kind and id of each

    def words(self):
        match = self.dice.choice(list(re.finditer(r"\w+", self.assignment.document.text)))
        return {"start": match.start(), "end": match.end(), "quote": match[0]}

    def mark(self):
        return ("create", "span", {"id": new(), "layer": "ACTOR", "label": self.dice.choice(LABELS), "fragments": [self.words()]})

    def step(self):
        acts = [self.add_mark, self.add_event, self.add_claim, self.add_link, self.relabel, self.move, self.remove, self.remove]
        changes = self.dice.choice(acts)() or [self.mark()]
        try:
            self.write(*changes)
        except Invalid:  # a rule of the scheme: nothing of it is written
            return
        for op, kind, item in changes:
            if op == "create":
                self.objects.append((kind, item["id"]))
            elif op == "delete":
                self.objects.remove((kind, item["id"]))

    def add_mark(self):
        return [self.mark() for _ in range(self.dice.randrange(1, 4))]

    def add_event(self):
        event = new()
        trigger = {"id": new(), "layer": "EVENT", "label": "REPATRIATE", "fragments": [self.words()], "event": event}
        return [("create", "event", {"id": event, "type": "REPATRIATE", "arguments": []}), ("create", "span", trigger)]

    def add_claim(self):
        return [("create", "claim", {"id": new(), "content": [self.words()]})]

    def add_link(self):
        triggers = self.marks("EVENT")
        if len(triggers) < 2:
            return None
        source, target = sorted(self.dice.sample(triggers, 2))
        if (source, target) in self.linked:
            return None
        self.linked.add((source, target))
        return [("create", "link", {"id": new(), "type": "possible_same_as", "source": source, "target": target})]

    def marks(self, layer):
        return [record["id"] for record in document_of(self.assignment)["mentions"] if record["layer"] == layer]

    def chosen(self):
        marks = self.marks("ACTOR")
        return self.dice.choice(marks) if marks else None

    def relabel(self):
        pk = self.chosen()
        return pk and [("update", "span", {"id": pk, "label": self.dice.choice(LABELS)})]

    def move(self):
        pk = self.chosen()
        return pk and [("update", "span", {"id": pk, "fragments": [self.words()]})]

    def remove(self):
        removable = [each for each in self.objects if each[0] in ("link", "claim")]
        if not removable:
            return None
        kind, pk = self.dice.choice(removable)
        return [("delete", kind, {"id": pk})]


@pytest.mark.parametrize("seed", range(READINGS))
def test_each_fold_is_the_export_of_its_revision(assignment, write, seed):
    walk, exports = Walk(assignment, write, seed), {0: exported(assignment)}
    while len(exports) <= STEPS:
        walk.step()
        assignment.refresh_from_db()
        exports[assignment.revision] = exported(assignment)
    newest = document_of(assignment)
    for revision, then in exports.items():
        assert own(at_revision(newest, assignment, revision)) == then, f"revision {revision}"
