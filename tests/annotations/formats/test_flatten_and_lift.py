"""The gold of the seed as other tools hold it, and back: equal for what they hold, the rest counted."""

import copy
import json
from pathlib import Path

import pytest

from annotations.formats.base import CAPACITIES, CROSSING, FACTS, FRAGMENTS, FRAMES, NESTING, NOTES, Losses, Unreadable
from annotations.formats.middle.flat import Flat, FlatNote, Frame, Mark, Tie
from annotations.formats.middle.flatten import flatten
from annotations.formats.middle.lift import lift
from annotations.formats.middle.mapping import Mapping
from annotations.native.annotated import Annotated
from annotations.scheme.view import SchemeView
from tests.annotations.formats.comparing import comparable, without

DOMAIN = Path(__file__).parents[3] / "domain"
VIEW = SchemeView(json.loads((DOMAIN / "scheme.json").read_text(encoding="utf-8")))
GOLD = json.loads((DOMAIN / "gold_seed.json").read_text(encoding="utf-8"))
TEXT = (DOMAIN / "gold_seed.txt").read_bytes().decode()


def there_and_back(holds, mapping=None):
    losses, lifted = Losses(), Losses()
    flat = flatten(Annotated(copy.deepcopy(GOLD), TEXT, VIEW), frozenset(holds), losses, mapping)
    assert list(flat.check()) == []
    return lift(flat, VIEW, mapping, lifted), losses, lifted, flat


@pytest.mark.parametrize(
    "missing", [set(), {FRAMES}, {NOTES}, {FRAMES, NOTES}], ids=lambda missing: " and ".join(sorted(missing)) or "nothing"
)
def test_nothing_but_entities_without_words_is_lost(missing):
    back, losses, lifted, _ = there_and_back(CAPACITIES - missing)
    assert not lifted, lifted.lines()
    lost_notes = {"notes": len(GOLD["adjudication_notes"])} if NOTES in missing else {}
    told = {item["id"] for item in back["entities"]}
    unmarked = [item for item in GOLD["entities"] if item["id"] not in told]
    assert losses.counts == lost_notes | {
        "relations between entities": len(GOLD["entity_relations"]),
        **({"entities without a mark in the file": len(unmarked)} if unmarked else {}),
    }
    expected = without(GOLD, unmarked=unmarked, notes=NOTES in missing)
    assert comparable(back) == comparable(expected)


def test_without_fragments_the_outer_span_is_written():
    _, losses, lifted, flat = there_and_back(CAPACITIES - {FRAGMENTS})
    assert losses.counts["discontinuous marks written as their outer span"] == 3
    assert losses.things["discontinuous marks written as their outer span"] == ["seed-000 T25", "seed-000 F08", "seed-000 F11"]
    assert all(len(mark.fragments) == 1 for mark in flat.marks)
    assert not lifted


def test_marks_stay_before_claims_where_nothing_may_overlap():
    _, losses, _, flat = there_and_back({FACTS})
    assert not any(a.end > b.start for a, b in zip(flat.marks, flat.marks[1:], strict=False))
    words = {mark.label for mark in flat.marks}
    assert "REPATRIATE" in words
    assert "PEOPLE" in words
    left = losses.counts["marks left out because they overlap another"]
    total = len(GOLD["mentions"]) + len(GOLD["measure_refs"]) + sum(1 + bool(q["cue"]) for q in GOLD["attributions"])
    assert len(flat.marks) == total - left
    assert not flat.ties
    assert not flat.notes


def test_what_is_lost_without_attributes_ties_and_notes_is_counted_one_by_one():
    _, losses, lifted, flat = there_and_back({FRAGMENTS, NESTING, CROSSING})
    roles = sum(not entry.get("implicit") for item in GOLD["events"] for entry in item["arguments"])
    own = [*GOLD["mentions"], *GOLD["events"], *GOLD["attributions"], *GOLD["measure_refs"]]
    notes = sum(bool(item.get("note") or (item.get("attributes") or {}).get("note")) for item in own)
    assert losses.counts["roles of events"] == roles
    assert losses.counts["notes"] == notes + len(GOLD["adjudication_notes"])
    assert losses.counts["entities without a mark in the file"] == len(GOLD["entities"])
    assert losses.counts["titles, URLs, outlets and dates of articles"] == 1
    assert not any(mark.attributes for mark in flat.marks)
    # Cues and sources come back without their claims' ties.
    assert set(lifted.counts) == {"cues without a claim"}


def test_own_words_for_labels_go_out_and_come_back():
    mapping = Mapping(
        marks={"GPE": "ACTOR.TERRITORY", "Zurückgeführt": "EVENT.REPATRIATE"},
        ties={"Teil von": "part_of"},
        roles={"wer": "people"},
        attributes={"Einheit": "unit"},
    )
    back, _, lifted, flat = there_and_back(CAPACITIES, mapping)
    assert "GPE" in {mark.label for mark in flat.marks}
    assert "wer" in {role for frame in flat.frames for role, _ in frame.arguments}
    assert {"Teil von", "counted"} <= {tie.type for tie in flat.ties}
    assert not lifted
    assert comparable(back)["events"] == comparable(GOLD)["events"]


# Files of strangers


def marks_of(text, *named):
    return [
        Mark(f"T{n}", label, [(text.index(words), text.index(words) + len(words))]) for n, (label, words) in enumerate(named, 1)
    ]


def test_words_that_mean_nothing_are_dropped_and_counted():
    text = "Kim sent 300 workers home."
    flat = Flat(text, marks_of(text, ("person", "Kim"), ("Wizard", "300"), ("people-count", "300 workers")), key="a")
    losses = Losses()
    native = lift(flat, VIEW, Mapping(), losses)
    assert [(m["layer"], m["label"]) for m in native["mentions"]] == [("ACTOR", "PERSON"), ("FIGURE", "PEOPLE")]
    assert losses.counts == {"marks labelled “Wizard”": 1}
    assert losses.things["marks labelled “Wizard”"] == ["a T2"]


def test_a_trigger_of_two_events_is_marked_for_each():
    text = "They sent and received it."
    marks = marks_of(text, ("TRADE", "sent"), ("GROUP", "They"))
    frames = [Frame("E1", "TRADE", ["T1"], [("seller", "T2")]), Frame("E2", "TRADE", ["T1"], [("nonsense", "T2")])]
    losses = Losses()
    native = lift(Flat(text, marks, frames), VIEW, Mapping(), losses)
    assert [(m["label"], m.get("event")) for m in native["mentions"]] == [("TRADE", "E1"), ("TRADE", "E2"), ("GROUP", None)]
    assert native["events"][0]["arguments"] == [{"role": "seller", "mention": "T2"}]
    assert losses.counts == {"roles of events that are not in the scheme": 1}


def test_an_event_mark_without_a_frame_gets_an_event():
    text = "They were sent home, sent home."
    native = lift(Flat(text, marks_of(text, ("REPATRIATE", "sent home"))), VIEW)
    assert native["events"][0] == {"id": "T1-event", "type": "REPATRIATE", "triggers": ["T1"], "arguments": [], "attributes": {}}


def test_values_come_as_the_scheme_writes_them_or_not_at_all():
    text = "about 5 tonnes"
    mark = Mark("T1", "QUANTITY", [(0, 14)], {"low": "5", "approximate": "yes", "unit": "furlong", "colour": "red"})
    losses = Losses()
    native = lift(Flat(text, [mark]), VIEW, Mapping(), losses)
    assert native["mentions"][0]["attributes"] == {"low": 5, "approximate": True}
    assert losses.counts == {"values of attributes that are not in the scheme": 2}


def test_a_note_goes_where_we_have_a_place_for_it():
    text = "Kim paid 5 won"
    marks = marks_of(text, ("PERSON", "Kim"), ("MONEY", "5 won"))
    native = lift(Flat(text, marks, notes=[FlatNote("who?", "T1"), FlatNote("which?", "T2"), FlatNote("all")]), VIEW)
    assert native["adjudication_notes"] == ["who?", "all"]
    assert native["mentions"][1]["attributes"] == {"note": "which?"}


@pytest.mark.parametrize(
    "flat",
    [
        Flat("abc", [Mark("T1", "PERSON", [(0, 4)])], location="x, line 3"),
        Flat("abc", [Mark("T1", "PERSON", [(2, 1)])], location="x, line 3"),
        Flat("abc", [Mark("T1", "PERSON", [])], location="x, line 3"),
        Flat("abc", ties=[Tie("part_of", "T1", "T2")], location="x, line 3"),
        Flat("abc", frames=[Frame("E1", "PAY", ["T9"])], location="x, line 3"),
        Flat("abc", notes=[FlatNote("lost", "T9")], location="x, line 3"),
    ],
)
def test_parts_that_do_not_fit_are_refused_with_their_place(flat):
    with pytest.raises(Unreadable, match="x, line 3: "):
        lift(flat, VIEW)


def test_what_a_reader_left_in_its_file_is_counted_with_what_the_scheme_has_no_place_for():
    flat = Flat("Kim", [Mark("T1", "Unknown", [(0, 3)])])
    flat.losses.lose("annotations without words", "Span-2")
    losses = Losses()
    lift(flat, VIEW, losses=losses)
    assert losses.counts["annotations without words"] == 1
    assert losses.things["annotations without words"] == ["Span-2"]
    assert len(losses.counts) == 2
