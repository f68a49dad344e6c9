"""Whatever a stranger's file holds: it becomes a native document whose parts fit each other, and what has no place is counted."""

import json
import uuid
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotations.formats.base import Losses
from annotations.formats.middle.flat import FlatNote, Frame, Tie
from annotations.formats.middle.lift import lift
from annotations.formats.middle.mapping import Dictionary, Mapping
from annotations.formats.native import changes_of
from annotations.scheme.view import SchemeView
from tests.annotations.formats.flats import VALUES, flats

VIEW = SchemeView(json.loads((Path(__file__).parents[3] / "domain" / "scheme.json").read_text(encoding="utf-8")))
BOOK = Dictionary(VIEW, Mapping())
LABELS = st.sampled_from([*sorted(BOOK.default_marks.values()), "Wizard"])
TIES = st.sampled_from([*sorted(BOOK.tie_words), "Located"])
ROLES = st.sampled_from([*sorted(BOOK.role_codes), "nonsense"])
NAMES = st.sampled_from([*sorted(BOOK.attribute_words), "entity.name", "entity.type", "counted.name", "time.edtf", "time.start", "per_count.n",
                         "event.status", "implicit", "colour"])  # fmt: skip
ATTRIBUTES = st.dictionaries(
    NAMES, VALUES | st.sampled_from(["PERSON", "E-1", [{"role": "people", "entity": "E1", "name": "K", "type": "GROUP"}]])
)


@st.composite
def strangers(draw):
    flat = draw(flats(frames=False, ties=False, notes=False))
    for mark in flat.marks:
        mark.label, mark.attributes = draw(LABELS), draw(ATTRIBUTES)
    marks = [mark.id for mark in flat.marks]
    ids = [*marks, "E1", "E2"]
    arguments = st.lists(st.tuples(ROLES, st.sampled_from(ids)), max_size=3)
    triggers = st.lists(st.sampled_from(marks), max_size=2)
    flat.frames = [Frame(pk, draw(LABELS), draw(triggers), draw(arguments), draw(ATTRIBUTES)) for pk in ("E1", "E2")]
    flat.ties = [Tie(draw(TIES), draw(st.sampled_from(ids)), draw(st.sampled_from(ids))) for _ in range(draw(st.integers(0, 5)))]
    flat.notes = [FlatNote("why?", draw(st.sampled_from([*ids, None])))]
    return flat


@given(strangers())
def test_the_parts_of_what_is_lifted_fit_each_other(flat):
    losses = Losses()
    native = lift(flat, VIEW, Mapping(), losses)
    changes = changes_of(native, uuid.UUID(int=1), uuid.UUID(int=2))
    assert {change["kind"] for change in changes} <= {"entity", "event", "span", "claim", "citation", "link", "note"}
    triggers = [pk for event in native["events"] for pk in event["triggers"]]
    assert sorted(triggers) == sorted(item["id"] for item in native["mentions"] if item.get("event"))
    for claim in native["attributions"]:
        assert claim.get("source_basis") is None or bool(claim.get("source_entity")) == (claim["source_basis"] != "none")
