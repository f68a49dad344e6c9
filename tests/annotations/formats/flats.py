"""Texts with marks of every kind, made up by hypothesis: overlaps, nesting, fragments, emoji, CR LF, right to left."""

from hypothesis import strategies as st

from annotations.formats.middle.flat import Flat, FlatNote, Frame, Mark, Tie

PIECES = [
    "Kim",
    " ",
    "paid ",
    "🏳️‍🌈",
    "👩‍👩‍👧",
    "é",
    "\r\n",
    "\n\n",
    "שלום ",
    "العربية",
    "北朝鮮の",
    "a\tb",
    "“so”",
    "\u2028",
    "{[|]}",
    "0 3;4 5",
]
TEXTS = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=4), min_size=1
).map("".join)
WORDS = st.sampled_from(["PERSON", "STATE_BODY", "Merge-org", "a label", "Arg2", "é:ü", "x|y", "<b>", "=1+1"])
LINES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
VALUES = (
    st.booleans() | st.integers(-5, 10**6) | LINES | st.lists(LINES, max_size=2) | st.sampled_from(["true", "5", '"a"', "a b"])
)
NAMES = st.sampled_from(["low", "entity", "entity.name", "time.edtf", "a name", "note"])


@st.composite
def places(draw, text, fragments):
    """Sorted, apart, none empty."""
    cuts = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2 * fragments, unique=True).map(sorted))
    return [(cuts[at], cuts[at + 1]) for at in range(0, len(cuts) - 1, 2)]


@st.composite
def flats(draw, *, fragments=3, attributes=True, frames=True, ties=True, notes=True, facts=True, overlaps=True):
    text = draw(TEXTS.filter(lambda text: len(text) > 1))
    values = st.dictionaries(NAMES, VALUES, max_size=3) if attributes else st.just({})
    marks = [
        Mark(f"T{number}", draw(WORDS), draw(places(text, fragments)), draw(values))
        for number in range(1, draw(st.integers(1, 5)) + 1)
    ]
    if not overlaps:
        marks = apart(marks)
    flat = Flat(text, marks, key=draw(st.sampled_from(["seed-000", "a/b ü", ""])))
    ids = st.sampled_from([mark.id for mark in marks])
    if frames:
        flat.frames = [
            Frame(f"E{n}", draw(WORDS), [draw(ids)], draw(st.lists(st.tuples(WORDS, ids), max_size=3)), draw(values))
            for n in (1, 2)
        ]
    if ties:
        flat.ties = [Tie(draw(WORDS), draw(ids), draw(ids)) for _ in range(draw(st.integers(0, 3)))]
    if notes:
        flat.notes = draw(st.lists(st.builds(FlatNote, LINES, st.none() | ids), max_size=2))
    if facts:
        flat.title = draw(LINES)
        flat.facts = draw(st.sampled_from([{}, {"url": "https://example.org/a", "language": "ko"}]))
    return flat


def apart(marks):
    kept, end = [], 0
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if mark.start >= end:
            kept.append(mark)
            end = mark.end
    return kept


def shape(flat, *, ids=True):
    """What a Flat says, for comparing: marks by their places where a format has no ids."""
    names = {mark.id: mark.id if ids else (tuple(mark.fragments), mark.label) for mark in flat.marks}
    names |= {frame.id: frame.id for frame in flat.frames}
    return {
        "text": flat.text,
        "marks": sorted(((names[m.id], m.label, tuple(m.fragments), m.attributes) for m in flat.marks), key=repr),
        "frames": [
            (f.label, [names[t] for t in f.triggers], [(r, names[a]) for r, a in f.arguments], f.attributes) for f in flat.frames
        ],
        "ties": sorted((t.type, names[t.source], names[t.target], repr(t.attributes)) for t in flat.ties),
        "notes": sorted((n.text, str(names.get(n.target, n.target))) for n in flat.notes),
        "title": flat.title,
        "facts": flat.facts,
        "key": flat.key,
    }
