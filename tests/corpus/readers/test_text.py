"""Plain text in any encoding: read, with the decision and its reason, or refused in plain words."""

from __future__ import annotations

import codecs

import pytest

from corpus.readers.extracted import UnreadableError
from corpus.readers.records import read

ENGLISH = "The ministry said “no” on Monday. A café in the hall was closed, a guide said. "
KOREAN = "중국 단둥의 공장에서 일하던 북한 노동자 300명 가운데 170명이 돌아갔다. "
CHINESE = "中国政府最近要求工厂主终止与朝鲜工人的合同。"
TAIWAN = "中國政府最近要求工廠主終止與北韓工人的合同，許多工人已經回國。"
JAPANESE = "丹東市の工場で働いていた北朝鮮の労働者300人のうち170人が帰国した。"
RUSSIAN = "Северокорейские рабочие были отправлены домой из Китая. "
ARABIC = "أعيد العمال إلى بلادهم بعد أن انتهت عقودهم. "


@pytest.mark.parametrize(
    ("text", "codec", "found"),
    [
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH, "utf-8-sig", "utf-8-sig"),
        (ENGLISH, "utf-16", "utf-16"),
        (ENGLISH, "utf-32", "utf-32"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
        (ENGLISH, "cp1252", "cp1252"),
        (KOREAN, "cp949", "cp949"),
        (KOREAN, "iso2022_kr", "iso2022_kr"),
        (CHINESE, "gb18030", "gb18030"),
        (TAIWAN, "big5", "big5"),
        (JAPANESE, "shift_jis", "shift_jis"),
        (JAPANESE, "euc_jp", "euc_jp"),
        (JAPANESE, "iso2022_jp", "iso2022_jp"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8_r", "koi8_r"),
        (ARABIC, "cp1256", "cp1256"),
        ("김정은", "cp949", "cp949"),
        ("Привет, мир", "cp1251", "cp1251"),
        ("plain", "ascii", "utf-8"),
    ],
)
def test_the_encoding_is_found_and_recorded(text: str, codec: str, found: str) -> None:
    record = read(text.encode(codec))
    assert record.raw_text == text
    assert record.encoding == found
    assert record.encoding_basis


def test_the_reason_says_how_it_was_found() -> None:
    assert read(codecs.BOM_UTF8 + b"a").encoding_basis == "byte order mark"
    assert read("é".encode()).encoding_basis == "valid UTF-8"
    assert "letters fit it" in read(KOREAN.encode("cp949")).encoding_basis
    assert "guessed by statistics" in read((ENGLISH * 3).encode("cp1252")).encoding_basis


def test_utf_8_with_a_damaged_byte_is_still_utf_8() -> None:
    data = (KOREAN * 10).encode()
    record = read(data[:30] + b"\xff" + data[30:])
    assert record.encoding == "utf-8"
    assert record.encoding_basis == "UTF-8 except for 1 damaged place, shown as U+FFFD (FF at byte 30)"
    assert record.raw_text.count("\ufffd") == 1


def test_characters_and_line_ends_are_kept_as_they_are() -> None:
    text = "a\r\nb\rc e\u0301 \u202e \x0c"
    assert read(text.encode()).raw_text == text


@pytest.mark.parametrize("data", [b"", b" \n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="the file is empty"):
        read(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 text", "the PDF is damaged"),
        (b"PK\x03\x04text", "the ZIP archive is damaged"),
        (b"<?xml version='1.0'?><list/>", "it is XML of an unsupported kind"),
        (b"\x89PNG\r\n\x1a\n", "it is a picture"),
        (b"\xd0\xcf\x11\xe0", "it is an old Office document"),
        (b"abc\x00def", "it is binary: byte 3 is a control character"),
        (b"\x01\x02\x03 text", "it is binary: byte 0 is a control character"),
        (b"\xff\xfeab\x00", "order mark of utf-16, but byte"),
    ],
)
def test_what_is_no_plain_text_is_refused_in_plain_words(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read(data)


def test_lone_surrogates_in_utf_16_are_refused() -> None:
    with pytest.raises(ValueError, match="utf-16"):
        read(codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00")


def test_nul_in_utf_16_is_refused_with_its_offset() -> None:
    with pytest.raises(ValueError, match="NUL at offset 1"):
        read(codecs.BOM_UTF16_LE + b"a\x00\x00\x00b\x00")
