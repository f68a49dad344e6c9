"""Edits over edits, with the way back to the raw text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning.draft import DraftEdit, TextDraft
from corpus.cleaning.source_map import COPY


def pieces(draft: TextDraft) -> list[tuple[str, str, str]]:
    return [(draft.raw[piece.raw_start : piece.raw_end], piece.text(draft.raw), piece.op) for piece in draft.pieces]


def test_a_draft_without_edits_is_one_copy() -> None:
    assert pieces(TextDraft("abc")) == [("abc", "abc", COPY)]
    assert TextDraft("").pieces == []


def test_an_edit_cuts_the_copy_in_three() -> None:
    draft = TextDraft("abcde")
    draft.apply([DraftEdit(1, 3, "X", "mojibake", "because")])
    assert draft.text == "aXde"
    assert pieces(draft) == [("a", "a", COPY), ("bc", "X", "mojibake"), ("de", "de", COPY)]
    assert draft.pieces[1].why == "because"


def test_edits_that_touch_stay_two() -> None:
    draft = TextDraft("abcd")
    draft.apply([DraftEdit(0, 2, "X", "one"), DraftEdit(2, 4, "Y", "two")])
    assert pieces(draft) == [("ab", "X", "one"), ("cd", "Y", "two")]


def test_an_insertion_at_the_end_has_no_raw_characters() -> None:
    draft = TextDraft("ab")
    draft.apply([DraftEdit(2, 2, "\n", "final_newline")])
    assert pieces(draft) == [("ab", "ab", COPY), ("", "\n", "final_newline")]


def test_a_deletion_keeps_its_place() -> None:
    draft = TextDraft("  ab")
    draft.apply([DraftEdit(0, 2, "", "leading_space")])
    draft.apply([DraftEdit(0, 1, "A", "mojibake")])
    assert pieces(draft) == [
        ("  ", "", "leading_space"),
        ("a", "A", "mojibake"),
        ("b", "b", COPY),
    ]


def test_a_second_edit_swallows_the_changed_piece_that_it_touches() -> None:
    draft = TextDraft("abcdef")
    draft.apply([DraftEdit(2, 4, "XYZ", "mojibake", "first")])
    draft.apply([DraftEdit(1, 3, "-", "mojibake", "second")])
    assert draft.text == "a-YZef"
    assert pieces(draft) == [("a", "a", COPY), ("bcd", "-YZ", "mojibake"), ("ef", "ef", COPY)]
    assert draft.pieces[1].why == "first; second"


def test_two_edits_inside_one_changed_piece_are_one_change() -> None:
    draft = TextDraft("abc")
    draft.apply([DraftEdit(1, 2, "wxyz", "mojibake", "first")])
    draft.apply([DraftEdit(1, 2, "1", "mojibake", "again"), DraftEdit(3, 5, "2", "rejoin", "again")])
    assert draft.text == "a1x2c"
    assert pieces(draft) == [("a", "a", COPY), ("b", "1x2", "mojibake"), ("c", "c", COPY)]
    assert draft.pieces[1].why == "first; again"


@st.composite
def rounds(draw: st.DrawFn) -> tuple[str, list[list[DraftEdit]], str]:
    """A raw text, rounds of edits, and the text that plain splicing makes of them."""
    raw = text = draw(st.text("abc", max_size=12))
    made: list[list[DraftEdit]] = []
    for _ in range(draw(st.integers(0, 4))):
        edits: list[DraftEdit] = []
        at = 0
        while at < len(text) and draw(st.booleans()):
            start = draw(st.integers(at, len(text)))
            end = draw(st.integers(start, len(text)))
            edits.append(DraftEdit(start, end, draw(st.text("XY", max_size=3)), "op"))
            at = end + 1
        for edit in reversed(edits):
            text = text[: edit.start] + edit.new + text[edit.end :]
        made.append(edits)
    return raw, made, text


@given(rounds())
def test_any_rounds_of_edits_give_the_spliced_text_and_a_map_that_tiles(
    case: tuple[str, list[list[DraftEdit]], str],
) -> None:
    raw, made, text = case
    draft = TextDraft(raw)
    for edits in made:
        draft.apply(edits)
    assert draft.text == text
    a_map = draft.source_map()
    assert (a_map.clean_length, a_map.raw_length) == (len(text), len(raw))
    for run in a_map.runs:
        if run.op == COPY:
            assert text[run.clean_start : run.clean_end] == raw[run.raw_start : run.raw_end]
