"""The text of a page: blocks and chunks that together are the document's text, character by character."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from annotations.templatetags.attest_text import exact
from annotations.text.graphemes import joins
from annotations.text.page_blocks import CHUNK, LONGEST_BLOCK, blocks, chunks, gathered

PIECES = st.sampled_from(["word ", "Ende. ", "\n\n", "\n", "\r\n", " ", "💩", "👨🏻‍🚒", "é", "中文。", "شركة ", "<b>&", "x" * 90])
TEXTS = st.lists(PIECES, max_size=60).map("".join)


def whole_chunks(text):
    return chunks(text, [{"kind": kind, "start": start, "end": end} for kind, start, end in by_lines(text)])


def by_lines(text):
    """A segment for each paragraph, the white space between them left out."""
    found, at = [], 0
    for part in text.split("\n\n"):
        if part.strip():
            found.append(("paragraph", at, at + len(part)))
        at += len(part) + 2
    return found


def whole(found):
    return "".join(block.text + block.gap for block in found)


@given(TEXTS)
def test_the_blocks_put_together_are_the_text(text):
    assert whole(blocks(text, by_lines(text))) == text


@given(TEXTS)
def test_a_block_starts_where_it_says_and_they_are_counted(text):
    at = 0
    for number, block in enumerate(blocks(text, by_lines(text))):
        assert (block.number, block.start) == (number, at)
        at += len(block.text + block.gap)


@given(st.lists(PIECES, min_size=400, max_size=900).map("".join))
def test_no_block_is_longer_than_a_browser_draws_quickly(text):
    found = list(blocks(text, [("paragraph", 0, len(text))]))
    assert all(len(block.text) <= LONGEST_BLOCK for block in found)
    assert whole(found) == text
    assert not any(joins(text, block.start) for block in found[1:])


def test_a_long_paragraph_is_not_cut_between_cr_and_lf():
    text = "x" * (LONGEST_BLOCK - 3) + ". \r\n" + "y" * 100
    found = list(blocks(text, [("paragraph", 0, len(text))]))
    assert whole(found) == text
    assert not any(block.text.endswith("\r") for block in found)


def test_a_long_paragraph_is_cut_after_a_sentence():
    sentence = "The workers were sent home. "
    found = list(blocks(sentence * 400, [("paragraph", 0, len(sentence) * 400)]))
    assert len(found) > 1
    assert all(block.text.startswith("The workers") for block in found)
    assert [block.continued for block in found] == [False] + [True] * (len(found) - 1)


def test_a_paragraph_without_a_sentence_is_cut_at_a_space():
    found = list(blocks("word " * 2000, [("paragraph", 0, 10_000)]))
    assert all(block.text.startswith("word") for block in found)


def test_a_text_without_any_space_is_cut_between_characters():
    text = "👨🏻‍🚒" * 3000
    found = list(blocks(text, [("paragraph", 0, len(text))]))
    assert whole(found) == text
    assert all(block.text.startswith("👨") for block in found)


def test_the_white_space_between_segments_is_the_gap_of_the_block_before():
    found = list(blocks("Title\n\nText", [("title", 0, 5), ("paragraph", 7, 11)]))
    assert [(block.kind, block.text, block.gap) for block in found] == [("title", "Title", "\n\n"), ("paragraph", "Text", "")]


def test_words_outside_every_segment_are_shown_all_the_same():
    found = list(blocks("before\n\nTitle\nafter ", [("title", 8, 13)]))
    assert [(block.kind, block.text) for block in found] == [("other", "before"), ("title", "Title"), ("other", "\nafter")]
    assert whole(found) == "before\n\nTitle\nafter "


@pytest.mark.parametrize("text", ["", " \t\n ", "\n\n\n"])
def test_a_text_of_nothing_is_one_block(text):
    found = list(blocks(text, []))
    assert (len(found), whole(found)) == (1, text)


@given(TEXTS)
def test_chunks_hold_all_blocks_in_order(text):
    found = list(blocks(text, by_lines(text)))
    made = list(gathered(found))
    assert [block for chunk in made for block in chunk.blocks] == found
    assert all(len(chunk.blocks) == 1 or sum(len(b.text) for b in chunk.blocks) <= CHUNK for chunk in made)


def test_a_chunk_is_as_high_as_its_blocks():
    (chunk,) = whole_chunks("One line.\n\n" + "x" * 200)
    assert chunk.height == sum(block.height for block in chunk.blocks)
    assert chunk.blocks[1].height > chunk.blocks[0].height > 0


class Reader(HTMLParser):
    """The text of the blocks of a page, as a browser reads it."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.inside, self.text = False, ""
        # A parser of HTML turns carriage returns into line feeds before it reads references.
        self.feed(markup.replace("\r\n", "\n").replace("\r", "\n"))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.inside = self.inside or (tag == "p" and "data-block" in dict(attrs))

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "p"

    def handle_data(self, data):
        if self.inside:
            self.text += data


@given(TEXTS)
def test_the_page_holds_the_text_character_by_character(text):
    shown = {"chunks": whole_chunks(text)}
    assert Reader(render_to_string("annotations/_partials/_text.html", shown)).text == text


def test_carriage_returns_are_written_as_references():
    assert exact("a\r\n<b>") == "a&#13;\n&lt;b&gt;"
