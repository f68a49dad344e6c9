"""Cleaning as a whole: what is said of it, and what can be refused."""

from __future__ import annotations

import pytest

from corpus.cleaning.clean import Cleaned, clean, verbatim
from corpus.cleaning.draft import TextDraft
from corpus.text.storable import UnstorableText

RAW = (
    "A title\n\n\n¡ã Workers at the station in the northern province,\n"
    "in the morning of that day.\n\nThe café said that nobody of them would ever\ncome back."
)


def test_every_repair_says_where_it_is_in_both_texts() -> None:
    found = clean(RAW)
    assert len(found.repairs) == 3
    for repair in found.repairs:
        assert RAW[repair.raw_start : repair.raw_end] == repair.raw
        assert found.text.startswith(repair.clean, repair.clean_start)
        assert repair.why


def test_the_json_form_of_a_repair_is_that_of_the_native_file() -> None:
    assert list(clean(RAW).repairs[0].as_dict()) == [
        "op",
        "raw_start",
        "raw_end",
        "raw",
        "clean",
        "clean_start",
        "why",
    ]


@pytest.mark.parametrize("index", [0, 1, 2])
def test_a_refused_repair_leaves_its_place_as_it_was(index: int) -> None:
    whole = clean(RAW)
    refused = whole.repairs[index]
    found = clean(RAW, refuse=[refused.key])
    assert refused.key not in {repair.key for repair in found.repairs}
    start, end = found.source_map.range_to_clean(refused.raw_start, refused.raw_end)
    assert found.text[start:end] == refused.raw
    assert {repair.key for repair in whole.repairs} - {refused.key} == {repair.key for repair in found.repairs}


def keys_of(raw: str) -> list[str]:
    return [repair.key for repair in clean(raw).repairs]


def test_the_key_of_a_repair_names_its_raw_characters() -> None:
    assert keys_of(RAW)[0] == "mojibake@10-12"


def test_a_text_is_cleaned_once_whatever_is_refused(monkeypatch) -> None:
    drafts = []
    monkeypatch.setattr("corpus.cleaning.clean.TextDraft", lambda text: drafts.append(text) or TextDraft(text))
    clean(RAW, refuse=["mojibake@10-12"])
    assert drafts == [RAW]


def test_all_repairs_can_be_refused() -> None:
    found = clean(RAW, refuse=keys_of(RAW))
    assert found.repairs == ()
    assert found.text == RAW.replace("\n\n\n", "\n\n") + "\n"


def test_a_repair_of_two_rounds_can_be_refused() -> None:
    raw = "Iggy Pop (nÃƒÂ© Jim Osterberg)"
    assert clean(raw).text == "Iggy Pop (né Jim Osterberg)\n"
    assert clean(raw, refuse=keys_of(raw)).text == raw + "\n"


@pytest.mark.parametrize("name", ["3", "mojibake", "mojibake@1", "copy@0-5", "rejoin@1-9999"])
def test_an_unknown_repair_cannot_be_refused(name: str) -> None:
    with pytest.raises(ValueError, match="this text has no repair"):
        clean(RAW, refuse=[name])


@pytest.mark.parametrize("raw", ["a\x00b", "\ud800"])
def test_what_cannot_be_stored_is_refused(raw: str) -> None:
    with pytest.raises(UnstorableText):
        clean(raw)
    with pytest.raises(UnstorableText):
        verbatim(raw)


@pytest.mark.parametrize("raw", ["", " ", "\n", " \u00a0\r\n\n"])
def test_a_text_of_nothing_cleans_to_nothing(raw: str) -> None:
    found = clean(raw)
    assert (found.text, found.segments, found.repairs) == ("", (), ())
    assert found.source_map.raw_length == len(raw)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\n\nb", "a\n\nb\n"),
        ("a\n\n\n\n\nb", "a\n\nb\n"),
        ("a \n \t\n  b", "a\n\nb\n"),
        ("\n\na\n\n", "a\n"),
        ("a\r\n\r\nb", "a\n\nb\n"),
    ],
)
def test_blocks_stand_apart_by_one_blank_line_and_the_text_ends_with_one(raw: str, text: str) -> None:
    found = clean(raw)
    assert found.text == text
    assert found.repairs == ()


@pytest.mark.parametrize("text", ["e\u0301 c\u0327", "\u202eabc\u202c", "👩‍🚒 𝟒", "“quotes” – ‘dashes’…", "ﬁ ﬀ ½", "\ufeffx"])
def test_honest_characters_stay_as_they_are(text: str) -> None:
    assert clean(text).text == text + "\n"


@pytest.mark.parametrize("text", ["", "a", "\ufeffa\r\n\r\n b \r", "¡ã x\ny\n\n\n", "Ã©"])
def test_a_verbatim_text_is_not_touched(text: str) -> None:
    found: Cleaned = verbatim(text)
    assert found.text == text
    assert found.repairs == ()
    assert [found.source_map.to_raw(n) for n in range(len(text) + 1)] == list(range(len(text) + 1))
