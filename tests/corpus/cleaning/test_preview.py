"""What a person is shown of cleaning before anything is stored."""

import pytest

from corpus.cleaning.preview import preview
from corpus.readers.extracted import Known
from corpus.templatetags.visible import visible
from tests.factories import DOMAIN

SEED = DOMAIN / "000_3e4db3711cb7c38f.txt"
TEXT = "Title\n\nThe factory in Dandong closed its doors last week because the visas of\n\u00a0its workers had ended.\n"


def test_counts_are_in_words():
    assert preview(TEXT).counts == ["2 segments", "1 line join", "1 stray no-break space removed"]
    assert preview("Title\n\nWords.\n").counts == ["2 segments"]


def test_the_seed_article_is_told_as_the_journey_wants_it():
    assert preview(SEED.read_text("utf-8")).counts == [
        "13 segments", "5 line joins", "1 stray no-break space removed", "1 repaired encoding error",
        "2 image credits separated", "1 marker separated",
    ]  # fmt: skip


def test_each_repair_stands_between_its_words():
    ((offer,),) = [group.offers for group in preview(TEXT).groups]
    assert (offer.before[-8:], offer.raw, offer.clean, offer.after[:8]) == ("visas of", "\n\u00a0", " ", "its work")
    assert not offer.refused


def test_a_refused_repair_stays_in_the_list():
    ((offer,),) = [group.offers for group in preview(TEXT).groups]
    without = preview(TEXT, [offer.key])
    assert without.groups[0].offers[0].refused
    assert without.groups[0].refused
    assert without.refused == {offer.key}
    assert "of\n" in without.cleaned.text


def test_what_the_source_says_of_its_parts_stays_known():
    assert [part.kind for part in preview("One.\n\nTwo.\n", known=[Known("caption", 6, 10)]).parts][1] == "caption"


def test_the_parts_are_the_text():
    shown = preview(TEXT)
    for part, segment in zip(shown.parts, shown.cleaned.segments, strict=True):
        assert "".join(piece.text for piece in part.pieces) == shown.cleaned.text[segment.start : segment.end]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\nb", "a⏎b"), ("\r\n", "⏎"), ("a\u00a0b", "a⍽b"), (" ", "␣"), ("", ""), ("a\tb", "a⇥b"), ("a\u200bb", "a‹U+200B›b")],
)
def test_white_space_can_be_seen(text, shown):
    assert visible(text) == shown


def test_of_many_repairs_the_first_are_offered_and_all_can_be_refused():
    lines = "the factory in Dandong closed its doors last week because the visas of workers\n" * 400
    (group,) = preview("Title\n\n" + lines).groups
    assert (len(group.shown), len(group.shown) + group.hidden) == (300, len(group.offers))
    (group,) = preview("Title\n\n" + lines, [group.offers[350].key]).groups
    assert group.offers[350] in group.shown
    assert preview("Title\n\n" + lines, ["rejoin"]).groups[0].refused


def test_a_very_long_text_is_not_looked_at():
    with pytest.raises(ValueError, match="too long for a preview"):
        preview("word " * 200_001)
