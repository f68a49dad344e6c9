"""Links of claims under another version of the scheme: they get its code, and theirs back."""

import copy

import pytest

from annotations.documents.build import document
from annotations.mapping.rows import CodeRow
from annotations.models import Assignment
from annotations.moves import change
from annotations.queries.integrity import faults
from tests import factories, readings
from tests.annotations.moves.conftest import moved, version, without_revisions
from tests.api.world import new

pytestmark = pytest.mark.django_db(transaction=True)


def denied(named):
    kind, said = named["claim"]
    denial = {"id": new(), "content": copy.deepcopy(said["cue"])} | {
        "source_entity": said["source_entity"],
        "source_basis": "stated",
    }
    named["denial"] = (kind, denial)
    named["denies"] = ("link", {"id": new(), "type": "denies", "source": denial["id"], "target": said["id"]})


def contradicts(body):
    next(each for each in body["relations"] if each["code"] == "denies")["code"] = "contradicts"


def test_a_denial_gets_another_code_and_back(corpus, scheme, manager):
    ann = factories.user("ann")
    factories.membership(corpus, ann, "annotator")
    (reading,) = readings.readings(corpus, [ann], [denied])
    before = without_revisions(reading)
    target = version(contradicts)
    [missing] = change.preview(change.create_move(corpus, scheme, target, "all", manager)).missing
    assert (missing["kind"], missing["layer"], missing["code"], missing["links"]) == ("link", "ATTRIBUTION", "denies", 1)
    row = CodeRow("link", "ATTRIBUTION", "", "ATTRIBUTION", "denies", "contradicts", "")
    made = moved(corpus, scheme, target, manager, [row])
    types = {link["type"] for link in document(Assignment.objects.get(pk=reading.pk))["relations"]}
    assert types == {"part_of", "contradicts"}
    assert list(faults(corpus)) == []
    change.undo(made, manager)
    change.carry_out(made.pk)
    assert without_revisions(reading) == before
