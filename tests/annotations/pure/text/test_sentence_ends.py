import pytest

from annotations.text import fragments as standoff

ABBREVIATIONS = ("Mr", "Corp", "Ltd", "No", "etc", "Sept")


def sentences(text):
    """The text in pieces, each up to where a sentence ends."""
    places = standoff.sentence_breaks(text, 0, len(text), ABBREVIATIONS)
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        "He left. She stayed.",
        "He left! She stayed.",
        "Did he leave? “No,” she said.",
        "“He left.” She stayed.",
        "He left… She stayed.",
        "It cost 45,000. Nobody paid.",
        "She came in 2017. It rained.",
        "彼は言った。そして帰った。",
        "『帰った。』そして",
        "첫 문장이다. 둘째 문장이다.",
        "Первое. Второе.",
    ],
)
def test_a_sentence_ends_before_the_next(text):
    assert len(sentences(text)) == 2


def test_an_empty_line_ends_a_sentence_without_a_full_stop():
    assert len(sentences("A headline\n\nThe text")) == 2
    assert len(sentences("a line\nand its rest")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Kim left",
        "J. Kim left",
        "the U.S. Treasury said",
        "at 5 p.m. Monday",
        "Korea Trading Corp. Ltd. Dandong",
        "Resolution No. 2371",
        "since Sept. 4",
        "food, clothing etc. in Dandong",
        "a rate of 3.5 percent",
        "at http://www.example.org/a.b. now",
        "It ends here.",
        "he said, “no”",
    ],
)
def test_a_full_stop_inside_a_sentence_ends_none(text):
    assert len(sentences(text)) == 1


def fragments(text, *words):
    return standoff.quoted(text, [(text.index(word), text.index(word) + len(word)) for word in words])


def test_a_mark_may_not_run_from_one_sentence_into_the_next():
    text = "They were sending people. Now they are back."
    assert standoff.crosses_sentence(text, fragments(text, "sending", "back"))


def test_a_mark_may_have_gaps_inside_a_sentence():
    text = "They pay 45,000 RMB (about 7,800,000 KPW) per month. So they say."
    assert not standoff.crosses_sentence(text, fragments(text, "45,000 RMB", "per month"))


def test_a_sentence_may_end_right_before_the_second_fragment():
    text = "They were sending people. Back they came."
    assert standoff.crosses_sentence(text, fragments(text, "sending", "Back"))


def test_one_fragment_with_an_abbreviation_is_one_sentence():
    text = "The Dandong Trading Co. Paid nothing"
    assert not standoff.crosses_sentence(text, fragments(text, "Dandong Trading Co. Paid"))


def test_one_fragment_over_two_paragraphs_is_found():
    text = "A headline\n\nThe text"
    assert standoff.crosses_sentence(text, fragments(text, "headline\n\nThe"))


def test_no_mark_of_the_gold_crosses_a_sentence(gold, text, scheme):
    known = scheme.rule("SPAN-06")["abbreviations"]
    assert not [item["id"] for item in gold["mentions"] if standoff.crosses_sentence(text, item["fragments"], known)]


def test_claims_of_the_gold_run_over_sentences(gold, text):
    contents = [claim["content"][0] for claim in gold["attributions"]]
    assert any(standoff.sentence_breaks(text, part["start"], part["end"]) for part in contents)
