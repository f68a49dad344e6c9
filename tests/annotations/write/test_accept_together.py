"""All that only one reader marked in a paragraph goes into the gold in one act, and out of it in one."""

import uuid

import pytest

from annotations.documents.build import document as native
from annotations.models import Adjudication, Assignment
from annotations.write import accept_together
from annotations.write.accept_together import accept_alone, alone, starts_of
from annotations.write.adjudicate import DROP, DecisionDraft, decide, start
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.apply import apply_changes
from annotations.write.errors import Closed, Conflict, Invalid
from annotations.write.undo_decision import undo
from tests import factories, readings
from tests.api.world import change

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(scheme):
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    people = {name: factories.user(name) for name in ("ann", "ben", "chief")}
    for name, role in (("ann", "annotator"), ("ben", "annotator"), ("chief", "reviewer")):
        factories.membership(corpus, people[name], role)
    return people | {"corpus": corpus}


class Begun:
    """An adjudication of a text of two paragraphs, of which `ben` marked what `edit` leaves."""

    def __init__(self, cast, edit=readings.marks_little, text=readings.TWO_PARAGRAPHS):
        document = factories.document(text, corpus=cast["corpus"])
        pair = readings.readings(cast["corpus"], [cast["ann"], cast["ben"]], [readings.no_edit, edit], document)
        self.chief = cast["chief"]
        self.row = start(document, self.chief)[0]
        self.letter = self.row.inputs.get(assignment=pair[0]).letter

    @property
    def state(self):
        return AdjudicationState(Adjudication.objects.get(pk=self.row.pk))

    def undecided(self):
        return sorted(group.kind for group in self.state.undecided)

    def gold(self):
        body = native(Assignment.objects.get(pk=self.row.gold_id))
        return {name: body[name] for name in ("mentions", "events", "attributions", "measure_refs", "relations")}

    def first(self, kind):
        return next(group for group in self.state.undecided if group.kind == kind)

    def accept(self, kind, pk=None):
        return accept_alone(self.row, self.chief, pk or uuid.uuid4(), self.letter, str(self.first(kind).location))

    @property
    def revision(self):
        return Assignment.objects.get(pk=self.row.gold_id).revision


def bare(gold):
    """Without the numbers of versions."""
    return {name: [{**record, "revision": 0} for record in records] for name, records in gold.items()}


def test_a_paragraph_goes_in_at_once_with_what_hangs_together_and_out_again_at_once(cast):
    begun = Begun(cast)
    before, revision = begun.gold(), begun.revision
    assert begun.undecided() == ["citation", "claim", "event", "link", "mark", "mark", "mark"]
    assert begun.accept("event") == 6
    assert begun.undecided() == ["citation"], "the other paragraph is as it was"
    assert begun.revision == revision + 1, "one batch"
    gold = begun.gold()
    marks = {mark["fragments"][0]["quote"]: mark["id"] for mark in gold["mentions"]}
    [event], [claim], [link] = gold["events"], gold["attributions"], gold["relations"]
    assert [each["mention"] for each in event["arguments"]] == [marks["North Korean workers"], marks["170"]]
    assert claim["source_mention"] == marks["a manager"]
    assert (link["source"], link["target"]) == (marks["170"], marks["300"])
    rows = begun.row.decisions.exclude(outcome="auto")
    assert {(row.outcome, row.taken.letter, row.user) for row in rows} == {("accepted", begun.letter, begun.chief)}
    assert all(row.changes for row in rows)
    assert begun.state.edits == [], "no change is without its decision"
    undo(begun.row, begun.chief, uuid.uuid4(), begun.row.decisions.count())
    assert bare(begun.gold()) == bare(before)
    assert len(begun.undecided()) == 7
    assert begun.state.last is None


def test_what_refers_to_the_other_paragraph_gets_it_when_that_is_accepted(cast):
    begun = Begun(
        cast,
        text=readings.TWO_PARAGRAPHS.replace(
            ", a manager told Daily News.\n\n", ".\n\nA manager told, a manager told Daily News. "
        ),
    )
    begun.accept("event")
    [claim] = begun.gold()["attributions"]
    assert claim["source_mention"] is None
    assert begun.accept("citation") == 2
    [claim] = begun.gold()["attributions"]
    assert claim["source_mention"] in {mark["id"] for mark in begun.gold()["mentions"]}
    undo(begun.row, begun.chief, uuid.uuid4())
    assert begun.gold()["attributions"][0]["source_mention"] is None


def test_it_is_all_or_nothing(cast, monkeypatch):
    begun = Begun(cast)
    before, count = begun.gold(), begun.row.decisions.count()

    def refuses(*_):
        raise Invalid("The changes break rules of the scheme.")

    monkeypatch.setattr(accept_together, "ruling_against", refuses)
    with pytest.raises(Invalid):
        begun.accept("event")
    assert (begun.gold(), begun.row.decisions.count()) == (before, count)


def test_sent_twice_it_happens_once(cast):
    begun, pk = Begun(cast), uuid.uuid4()
    name = str(begun.first("event").location)
    for _ in range(2):
        assert accept_alone(begun.row, begun.chief, pk, begun.letter, name) == 6
    assert begun.row.decisions.exclude(outcome="auto").count() == 6
    with pytest.raises(Invalid, match="Reload the page"):
        accept_alone(begun.row, begun.chief, uuid.uuid4(), begun.letter, name)


def test_what_was_dropped_stays_out(cast):
    begun = Begun(cast)
    claim = begun.first("claim")
    decide(begun.row, begun.chief, DecisionDraft(uuid.uuid4(), str(claim.location), DROP, begun.revision))
    assert begun.accept("event") == 5
    assert begun.gold()["attributions"] == []


def test_it_is_not_undone_over_an_edit(cast):
    begun = Begun(cast)
    begun.accept("event")
    gold = Assignment.objects.get(pk=begun.row.gold_id)
    event = begun.gold()["events"][0]["id"]
    apply_changes(gold, begun.chief, gold.revision, [change("update", "event", {"id": event, "status": "expected"})])
    with pytest.raises((Conflict, Invalid)):
        undo(begun.row, begun.chief, uuid.uuid4())
    assert len(begun.gold()["events"]) == 1


def test_a_submitted_gold_takes_nothing(cast):
    begun = Begun(cast)
    name = str(begun.first("event").location)
    factories.submitted(begun.row.gold)
    with pytest.raises(Closed):
        accept_alone(begun.row, begun.chief, uuid.uuid4(), begun.letter, name)


def test_a_role_that_only_one_has_filled_is_among_them(cast):
    def fills_less(named):
        named["event"][1]["arguments"].pop()

    begun = Begun(cast, fills_less)
    [(_, groups)] = alone(begun.state, starts_of(begun.row)).items()
    assert [group.kind for group in groups] == ["argument"]
    assert begun.accept("argument") == 1
    assert [each["role"] for each in begun.gold()["events"][0]["arguments"]] == ["people", "count"]


def test_what_both_have_and_say_otherwise_of_is_decided_by_a_look(cast):
    def says_otherwise(named):
        named["event"][1]["status"] = "expected"

    begun = Begun(cast, says_otherwise)
    assert alone(begun.state, starts_of(begun.row)) == {}
    with pytest.raises(Invalid):
        begun.accept("event")
