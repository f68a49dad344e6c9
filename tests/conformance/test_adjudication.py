"""Adjudication of two readings of the seed article with planted differences, of which a third one, the gold, is known."""

import json
import uuid

import pytest

from annotations.adjudication.alignment import Alignment
from annotations.adjudication.contents import groups_of
from annotations.adjudication.gold import Gold
from annotations.adjudication.material import StatementChanges
from annotations.agreement.reading import ReadingView
from annotations.assign import submit
from annotations.documents.build import document
from annotations.imports.load import load
from annotations.models import Assignment
from annotations.scheme.view import SchemeView
from annotations.write.adjudicate import ACCEPT, DecisionDraft, decide, start
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.errors import Undecided
from config.environment import ROOT
from tests import factories
from tests.readings import look_at_all

SHARED = ROOT.parent / "shared"
TEAMS, DOMAIN = SHARED / "teams", SHARED / "domain"
pytestmark = pytest.mark.others("teams", instead="tests/annotations/adjudication/test_differences.py")

KINDS = {"ACTOR": "actor", "FIGURE": "figure", "EVENT": "event"}
FILES = {"A": DOMAIN / "gold_seed.json", "B": TEAMS / "reading_b.json", "C": TEAMS / "reading_c.json"}
ARRAYS = {"span": "mentions", "event": "events", "claim": "attributions", "citation": "measure_refs", "link": "relations"}
SPACE = uuid.UUID(int=1)


@pytest.fixture(scope="module")
def readings():
    return {name: ReadingView(json.loads(file.read_text("utf-8")), KINDS) for name, file in FILES.items()}


def differences(*views):
    return [group for group in groups_of(Alignment(views)) if group.is_difference]


def as_reading(gold, readings):
    arrays = {array: [] for array in ARRAYS.values()}
    for (kind, _), record in gold.objects.items():
        arrays[ARRAYS[kind]].append(record)
    return ReadingView(readings["A"].native | arrays, KINDS)


def side_of_a(alignment, groups, readings, choices):
    """For each difference the reader who says what A says: with it the gold has fewer differences from A."""
    for group in [group for group in groups if group.is_difference]:
        golds = [Gold(alignment, groups, choices | {group.location: number}, SPACE) for number in (0, 1)]
        left = [len(differences(readings["A"], as_reading(gold, readings))) for gold in golds]
        choices = choices | {group.location: left.index(min(left))}
    return choices


@pytest.mark.parametrize(("names", "count"), [("AB", 14), ("AC", 10), ("BC", 22)])
def test_each_planted_difference_is_one_to_decide(names, count, readings):
    assert len(differences(*(readings[name] for name in names))) == count


# Of the planted ones, those that change a statement; “170 were” and COMPANY for FACILITY are among the others.
MATERIAL = {
    "AB": (12, 44, {"F06", "F12", "EV07", "EV10", "EV23", "EV26", "Q7", "Q8"}),
    "AC": (9, 44, {"A68", "F13", "EV05", "EV08", "EV12", "EV90", "Q10"}),
}


@pytest.mark.parametrize("names", MATERIAL)
def test_statements_that_change_and_the_differences_that_change_them(names, readings):
    scheme, text = (
        SchemeView(json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))),
        (DOMAIN / "gold_seed.txt").read_text("utf-8"),
    )
    alignment = Alignment([readings[name] for name in names])
    statements = StatementChanges(alignment, groups_of(alignment), scheme, text)
    left, right = (each.rows_at(each.records) for each in statements.own)
    changed, of, planted = MATERIAL[names]
    assert (sum(left[row] != right.get(row, []) for row in left), len(left)) == (changed, of)
    ids = {position.location: pk for positions in alignment.positions for pk, position in positions.items() if pk[0] != "T"}
    assert {ids[name.whole] for name in statements.changing(0, 1)} == planted


def test_three_readings_differ_where_any_two_do(readings):
    groups = differences(*readings.values())
    assert len(groups) == 23
    assert sum(group.most == 0 for group in groups) == 22
    assert [group.most for group in groups if group.location.layer == "FIGURE" and group.most] == [
        1
    ]  # “170 were”, as B and C say


def test_a_reading_has_no_difference_with_itself_and_all_of_it_is_agreed(readings):
    groups = groups_of(Alignment([readings["A"], readings["A"]]))
    assert all(group.is_agreed for group in groups)


def test_what_a_says_is_reached_but_for_what_both_say_otherwise(readings):
    alignment = Alignment([readings["B"], readings["C"]])
    groups = groups_of(alignment)
    gold = Gold(alignment, groups, side_of_a(alignment, groups, readings, {}), SPACE)
    [left] = differences(readings["A"], as_reading(gold, readings))
    assert (left.kind, left.location.layer) == ("mark", "FIGURE")


def loaded(corpus, name, person):
    content = json.loads(FILES[name].read_text("utf-8")) | {"text": (DOMAIN / "gold_seed.txt").read_text("utf-8")}
    load(corpus, json.dumps(content).encode(), name=f"{name}.json", annotator=person, user=person, role="annotation")
    return submit(Assignment.objects.get(annotator=person))


@pytest.mark.django_db
def test_the_whole_way_from_two_readings_to_a_gold(readings):
    corpus, chief = factories.corpus(), factories.user("chief")
    factories.adopt(corpus)
    factories.membership(corpus, chief, "reviewer")
    inputs = []
    for name in "BC":
        person = factories.user(f"reader {name}")
        factories.membership(corpus, person, "annotator")
        inputs.append(loaded(corpus, name, person))
    before = [document(each) for each in inputs]

    adjudication, _ = start(inputs[0].document, chief)
    state = AdjudicationState(adjudication)
    undecided = state.undecided
    assert len(undecided) == 22
    material = [state.is_material(group) for group in undecided]
    assert material == sorted(material, reverse=True)
    assert (True in material, False in material) == (True, True)
    with pytest.raises(Undecided, match="22"):
        submit(adjudication.gold)

    alignment, groups = state.alignment, state.groups
    choices = side_of_a(alignment, groups, readings_of_a(alignment, readings), {})
    for group in undecided:
        base = Assignment.objects.get(pk=adjudication.gold_id).revision
        reader = "AB"[choices[group.location]]
        decide(adjudication, chief, DecisionDraft(uuid.uuid4(), str(group.location), ACCEPT, base, reader))

    state = AdjudicationState(adjudication)
    assert state.undecided == []
    counts = state.counts
    assert counts["auto"] + counts["accepted"] + counts["dropped"] == sum(
        group.is_agreed or group.is_difference for group in state.groups
    )
    agreed = sum(group.is_agreed for group in state.groups)
    assert (len(state.looks), {group.location.layer for group in state.looks}) == (-(-agreed // 50), {"FIGURE"})
    look_at_all(adjudication, chief)
    assert submit(adjudication.gold).status == "submitted"
    assert [document(each) for each in inputs] == before

    gold = ReadingView(document(adjudication.gold), KINDS)
    wanted = as_reading(Gold(alignment, groups, choices, SPACE), readings_of_a(alignment, readings))
    assert differences(gold, wanted) == []


def readings_of_a(alignment, readings):
    """A with the entities of the corpus, which the readings have by other ids than their files."""
    ids = {entity["key"]: entity["id"] for view in alignment.readings for entity in view.native["entities"]}
    text = json.dumps(readings["A"].native, ensure_ascii=False)
    native = json.loads(
        text,
        object_hook=lambda record: {
            name: ids.get(value, value) if isinstance(value, str) else value for name, value in record.items()
        },
    )
    return {"A": ReadingView(native, KINDS)}
