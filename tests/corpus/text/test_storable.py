"""What may be stored, and where lines end."""

from __future__ import annotations

import hashlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.storable import UnstorableText, digest, lines, storable


def test_the_digest_is_sha256_of_the_text_in_utf_8() -> None:
    assert digest("평양 ▲") == hashlib.sha256("평양 ▲".encode()).hexdigest()


def test_two_ways_to_write_one_accent_are_two_texts() -> None:
    assert digest("é") != digest("e\u0301")


@pytest.mark.parametrize(
    ("text", "offset", "named"),
    [
        ("\x00", 0, "NUL at offset 0"),
        ("ab\x00c", 2, "NUL at offset 2"),
        ("💩\ud83d", 1, "U+D83D at offset 1"),
        ("x\udfff\x00", 1, "U+DFFF at offset 1"),
    ],
)
def test_nul_and_lone_surrogates_are_refused_with_their_offset(text: str, offset: int, named: str) -> None:
    with pytest.raises(UnstorableText, match=named.replace("+", r"\+")) as caught:
        storable(text)
    assert caught.value.offset == offset


def test_the_refusal_is_a_value_error_so_that_doors_answer_with_4xx() -> None:
    assert issubclass(UnstorableText, ValueError)


@pytest.mark.parametrize("text", ["", "\x1a", "\ufeff", "\ufffe", "e\u0301", "\r\n", "👩‍🚒"])
def test_everything_else_is_stored_as_it_is(text: str) -> None:
    assert storable(text) == text


def test_the_digest_of_an_unstorable_text_is_refused_too() -> None:
    with pytest.raises(UnstorableText):
        digest("\ud800")


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("", []),
        ("a", ["a"]),
        ("a\nb", ["a", "b"]),
        ("a\r\nb\rc\n", ["a", "b", "c"]),
        ("a\n\nb", ["a", "", "b"]),
        ("\r\r\n", ["", ""]),
    ],
)
def test_a_line_ends_at_cr_lf_or_both(text: str, contents: list[str]) -> None:
    assert [text[line.start : line.end] for line in lines(text)] == contents


@pytest.mark.parametrize("char", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_no_other_character_ends_a_line(char: str) -> None:
    assert len(list(lines(f"a{char}b"))) == 1


@given(st.text(st.sampled_from("ab\r\n \u2028")))
def test_lines_tile_the_text(text: str) -> None:
    found = list(lines(text))
    assert "".join(text[line.start : line.next] for line in found) == text
    assert all(a.next == b.start for a, b in itertools.pairwise(found))
