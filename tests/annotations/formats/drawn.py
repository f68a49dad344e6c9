"""Annotated texts drawn by Hypothesis, of what a format holds: overlaps, nesting, fragments, emoji, CRLF, right-to-left."""

import json

from hypothesis import strategies as st

from annotations.formats import base
from annotations.formats.middle.flat import Flat, FlatNote, Frame, Mark, Tie

PIECES = ["a", "Ж", "é", "e\u0301", "朝", "鮮", "ש", "ل", "한", "😀", "👩\u200d🚀", "𝔘", "1", ".", ",", "-", " ", "  ", "\n", "\t", "\r\n", "\u2028",
          "\u200f", "|", "[", "]", "_", "*", ";", "\\", "<", "&", '"', "U.N.", "Kim", "300", "北朝鮮"]  # fmt: skip
ANYTHING = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=3)
PIECE = st.sampled_from(PIECES) | ANYTHING
WORDS = st.lists(PIECE, min_size=1, max_size=6).map("".join) | st.sampled_from(["true", "5", '"a"', "null", "[1]", "_", "*"])
LABELS = st.sampled_from(["ACTOR", "PERSON", "EVENT-RETURN", "FIGURE.PEOPLE", "Ort"])
NAMES = st.sampled_from(["currency", "per_currency", "entity.name", "counted.mention", "hedge"])
VALUES = st.one_of(
    WORDS,
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(WORDS, max_size=2),
)
ATTRIBUTES = st.dictionaries(NAMES, VALUES, max_size=3)
TEXTS = st.lists(PIECE, min_size=1, max_size=40).map("".join)


@st.composite
def fragments(draw, length, most):
    """One to `most` stretches in order, none touching the next."""
    wanted = draw(st.integers(1, most))
    places = sorted(draw(st.sets(st.integers(0, length), min_size=2, max_size=2 * wanted)))
    return [(places[n], places[n + 1]) for n in range(0, len(places) - 1, 2)]


def crosses(a, b):
    return a.start < b.start < a.end < b.end or b.start < a.start < b.end < a.end


def overlaps(a, b):
    return a.start < b.end and b.start < a.end


def kept(marks, holds):
    """Those that the format can hold beside each other."""
    found = []
    for mark in marks:
        clash = any(crosses(mark, other) if base.NESTING in holds else overlaps(mark, other) for other in found)
        if base.CROSSING in holds or not clash:
            found.append(mark)
    return found


@st.composite
def flats(draw, holds, texts=TEXTS, place=None, values=VALUES):
    """`place(draw, text)` gives the fragments of a mark; without it they may lie anywhere."""
    text = draw(texts)
    most = 3 if base.FRAGMENTS in holds else 1
    attributes = st.dictionaries(NAMES, values, max_size=3) if base.ATTRIBUTES in holds else st.just({})
    marks = []
    for number in range(draw(st.integers(0, 5))):
        found = place(draw, text) if place else draw(fragments(len(text), most))
        if found:
            marks.append(Mark(f"M{number}", draw(LABELS), found, draw(attributes)))
    whole = Flat(text, kept(marks, holds), key="seed-000", title="A title")
    names = [mark.id for mark in whole.marks]
    if names and base.FRAMES in holds:
        whole.frames = draw(frames(names, attributes))
    if names and base.TIES in holds:
        ends = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda pair: pair[0] != pair[1])
        pairs = draw(st.lists(ends, max_size=3, unique=True)) if len(names) > 1 else []
        whole.ties = [
            Tie(draw(st.sampled_from(["located", "part_of"])), *pair, draw(attributes), f"R{n}") for n, pair in enumerate(pairs)
        ]
    if base.NOTES in holds:
        whole.notes = draw(
            st.lists(st.builds(FlatNote, WORDS, st.sampled_from([*names, *(tie.id for tie in whole.ties), None])), max_size=3)
        )
    if base.FACTS in holds:
        whole.facts = draw(
            st.sampled_from([{}, {"url": "https://example.org/a", "language": "en", "published": {"edtf": "2017-09"}}])
        )
    return whole


@st.composite
def frames(draw, names, attributes):
    """Each trigger is one frame's only."""
    triggers = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    arguments = st.lists(st.tuples(st.sampled_from(["agent", "theme"]), st.sampled_from(names)), max_size=2, unique=True)
    return [Frame(f"E{n}", "RETURN", [trigger], draw(arguments), draw(attributes)) for n, trigger in enumerate(triggers)]


def known(whole):
    """What was said, whatever the order and the names of things: for comparing."""
    names = {mark.id: (mark.label, tuple(mark.fragments), shown(mark.attributes)) for mark in whole.marks}
    names |= {frame.id: ("frame", frame.label, tuple(sorted(names[name] for name in frame.triggers))) for frame in whole.frames}
    ties = {
        tie.id or str(n): (tie.type, names[tie.source], names[tie.target], shown(tie.attributes))
        for n, tie in enumerate(whole.ties)
    }
    pointed = names | ties
    return {
        "text": whole.text,
        "marks": sorted(names.values(), key=repr),
        "frames": sorted(
            (frame.label, names[frame.id], sorted((role, names[end]) for role, end in frame.arguments), shown(frame.attributes))
            for frame in whole.frames
        ),
        "ties": sorted(ties.values()),
        "notes": sorted((note.text, repr(pointed.get(note.target) if note.target else None)) for note in whole.notes),
        "facts": whole.facts,
        "title": whole.title,
    }


def shown(attributes):
    return json.dumps(attributes, sort_keys=True)
