"""Marks of one text in a newer version of it. A mark is written [so] in the texts below."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.reanchor import MarkPosition, Reanchoring

PAGE = "The ministry counted 170 workers in Dandong.\n\nA trader saw 40 trucks at the bridge on Monday."


def marked(text):
    """A text without its brackets, and the fragments that stood in them."""
    plain, fragments, start = "", [], 0
    for piece in re.split(r"([\[\]])", text):
        if piece == "[":
            start = len(plain)
        elif piece == "]":
            fragments.append((start, len(plain)))
        else:
            plain += piece
    return plain, fragments


def anchored(old, new, *, partly=False):
    """The outcome, the words at the new place, and those of the candidate."""
    text, fragments = marked(old)
    anchor = Reanchoring(text, new).anchor(fragments, partly=partly)
    return (
        anchor.outcome,
        [new[slice(*bounds)] for bounds in anchor.fragments],
        anchor.candidate and new[slice(*anchor.candidate)],
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("It sent [170 workers] home.", "Updated. It sent 170 workers home.", ["170 workers"]),
        ("He said “[we go]” then.", 'He said "we go" then.', ["we go"]),
        ("A “[so-called “aide”]” left.", 'A "so-called "aide"" left.', ['so-called "aide"']),
        ("Two [big\nfirms] left.", "Two big  firms left.", ["big  firms"]),
        ("They [sent] all [back] home.", "They sent nearly all back home.", ["sent", "back"]),
        ("👍 It sent [170] home.", "👍🏽 Now it sent 170 home.", ["170"]),
        ("It [under]paid them.", "Once it underpaid them.", ["under"]),
        ("中国[四川省]的工厂。", "今天中国四川省的工厂。", ["四川省"]),
    ],
)
def test_words_that_stayed_are_carried(old, new, words):
    assert anchored(old, new) == ("carried", words, None)


@pytest.mark.parametrize(
    ("old", "new", "candidate"),
    [
        ("It sent [170] workers home.", "It sent 180 workers home.", "180"),
        ("It sent [300] workers home.", "It sent 300,000 workers home.", "300,000"),
        ("It paid [1.5] million won.", "It paid 1.57 million won.", "1.57"),
        ("The [factory manager] said so.", "The manager said so.", "manager"),
        ("The [sewing factory] closed.", "The sewing and dyeing factory closed.", "sewing and dyeing factory"),
        ("They [sent] all [back] home.", "They sent all away home.", "sent all away"),
        ("It was [Liaoning] then.", "It was then.", None),
        ("All of the [trucks] left.", "Quite another sentence stands here now, of many words that were not there.", None),
    ],
)
def test_words_that_changed_are_an_orphan_with_what_stands_in_their_place(old, new, candidate):
    assert anchored(old, new) == ("orphan", [], candidate)


@pytest.mark.parametrize(
    ("new", "outcome"),
    [
        ("It sent 170 workers home again.", "carried"),
        ("It sent 170 million workers home.", "orphan"),
        ("It sent about 170 workers home.", "orphan"),
        ("Today. It sent 170 workers home.", "carried"),
    ],
)
def test_of_a_figure_the_words_beside_it_must_be_the_same(new, outcome):
    old, fragments = marked("It sent [170] workers home.")
    assert Reanchoring(old, new).anchor(fragments, closely=True).outcome == outcome
    assert Reanchoring(old, new).anchor(fragments).outcome == "carried"


def test_one_word_that_stayed_among_others_is_not_enough():
    assert anchored(
        "Officials in the north said that their big [China] plan failed.",
        "Officials in the north said that her small China trip failed.",
    ) == ("orphan", [], "China")


def test_a_paragraph_that_was_moved_takes_its_marks_along():
    first, second = PAGE.split("\n\n")
    old = PAGE.replace("170", "[170]")
    assert anchored(old, f"{second}\n\n{first}") in [("moved", ["170"], None), ("carried", ["170"], None)]
    old = PAGE.replace("40 trucks", "[40 trucks]")
    assert anchored(old, f"{second}\n\n{first}") in [("moved", ["40 trucks"], None), ("carried", ["40 trucks"], None)]


def test_words_that_stand_in_two_other_places_are_not_carried_to_either():
    old = "Something long that is gone now and had [40 trucks]."
    assert anchored("[40 trucks]\n\n" + PAGE, "40 trucks\n\n" + PAGE + "\n\n40 trucks")[0] == "carried"
    assert anchored(old, PAGE + "\n\n" + PAGE) == ("orphan", [], None)


def test_of_a_claim_most_of_the_words_are_enough():
    old = "He said that [in all 170 people had left the town before the winter came]."
    new = "He said that in all 180 people had left the town before the winter came."
    assert anchored(old, new, partly=True) == ("changed", ["in all 180 people had left the town before the winter came"], None)
    assert anchored(old, new)[0] == "orphan"
    assert anchored("He said that [in all 170 people left].", "He said that in one word nobody left.", partly=True)[0] == "orphan"


def test_without_any_text_there_is_nothing_to_find():
    assert Reanchoring("", "A text.").edits == []
    assert Reanchoring("A text.", "").anchor([(0, 1)]) == MarkPosition("orphan")


WORDS = st.lists(
    st.sampled_from("170 180 the factory “aide” said China's, won. 👍 北京\n\n in".split(" ")), min_size=1, max_size=25
)


def form(text):
    return re.sub(r"\s+", " ", text.translate(str.maketrans("“”‘’", "\"\"''")))


@given(WORDS, WORDS, st.data())
def test_what_is_carried_says_the_same_whatever_the_texts(old, new, data):
    text, other = " ".join(old), " ".join(new)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    anchor = Reanchoring(text, other).anchor([(start, end)])
    if anchor.outcome in ("carried", "moved"):
        [(at, to)] = anchor.fragments
        assert form(other[at:to]) == form(text[start:end])
    if anchor.candidate:
        assert other[slice(*anchor.candidate)].strip()


@given(WORDS, st.data())
def test_in_the_same_text_every_mark_stays_where_it_is(words, data):
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1).filter(lambda at: not text[at].isspace()))
    end = data.draw(
        st.integers(start + 1, len(text)).filter(lambda at: not text[at - 1].isspace() and "\n\n" not in text[start:at])
    )
    assert Reanchoring(text, text).anchor([(start, end)]) == MarkPosition("carried", ((start, end),))
