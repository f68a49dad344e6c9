"""Legacy Asian, Cyrillic and other code pages that were read as Latin-1 or windows-1252."""

from __future__ import annotations

import pytest

from corpus.cleaning.clean import clean
from corpus.cleaning.mojibake.readings import LATIN

BYTES = {byte: char for char, byte in LATIN.bytes_of.items()}


def repaired(text: str) -> str:
    return clean(text).text.removesuffix("\n")


def misread(text: str, codec: str) -> str:
    """As lenient readers of windows-1252 show it."""
    return "".join(BYTES.get(byte, chr(byte)) for byte in text.encode(codec))


TEXTS = [
    ("cp949", "중국 단둥의 공장에서 일하던 북한 노동자 300명 가운데 170명이 돌아갔다."),
    ("gb18030", "中国政府最近要求工厂主终止与朝鲜工人的合同。"),
    ("big5", "中國政府最近要求工廠主終止與北韓工人的合同，許多工人已經回國。"),
    ("shift_jis", "丹東市の工場で働いていた北朝鮮の労働者300人のうち170人が帰国した。"),
    ("euc_jp", "丹東市の工場で働いていた北朝鮮の労働者300人のうち170人が帰国した。"),
    ("cp1251", "Северокорейские рабочие были отправлены домой"),
    ("koi8_r", "Северокорейские рабочие были отправлены домой"),
    ("cp1253", "Οι εργάτες στάλθηκαν πίσω στην πατρίδα τους"),
    ("cp1255", "הפועלים נשלחו חזרה למולדתם"),
    ("cp1256", "أعيد العمال إلى بلادهم"),
]


@pytest.mark.parametrize(("codec", "text"), TEXTS)
@pytest.mark.parametrize("read_as", ["latin-1", "cp1252"])
def test_a_text_in_a_legacy_code_page_is_repaired(codec: str, text: str, read_as: str) -> None:
    wrong = text.encode(codec).decode("latin-1") if read_as == "latin-1" else misread(text, codec)
    assert repaired(wrong) == text


@pytest.mark.parametrize(
    ("codec", "name"), [("cp949", "김정은"), ("cp949", "노동당"), ("gb18030", "丹东市"), ("gb18030", "中国")]
)
def test_a_name_in_an_english_sentence_is_repaired(codec: str, name: str) -> None:
    wrong = f"The sign read {misread(name, codec)} (“in the hall”), she said."
    assert repaired(wrong) == f"The sign read {name} (“in the hall”), she said."


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("¡ã Workers", "▲ Workers"),
        ("¡å Workers", "▼ Workers"),
        ("¡Ø Note", "※ Note"),
        ("¢º Next", "▶ Next"),
        ("China¡¯s market", "China’s market"),
        ("he said ¡°never again¡±.", "he said “never again”."),
        ("wait¡¦ and see", "wait… and see"),
        ("north ¡ª and south", "north ― and south"),
    ],
)
def test_a_single_sign_of_an_east_asian_table_is_repaired(wrong: str, right: str) -> None:
    assert repaired(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "¡Él vino! ¡Último!",
        "¡¿Qué?!",
        "¡ánimo, niños!",
        "£½ and ¢5",
        "5¢",
        "¡Ah ¡ y eso",
        "x¡ã y",
        "the letters ÀÂÇÉÈÊËÎÏÔÙÛ",
        "°°°° ±±±±",
        "ÄÖÜß äöüß",
        "ÔÔÔÔ VIDA",
        "ãõâêô",
        "ÞÐÆØ",
    ],
)
def test_what_latin_text_has_is_left_alone(text: str) -> None:
    assert repaired(text) == text


def test_the_reason_names_the_table_and_the_custom() -> None:
    assert clean("¡ã Workers").repairs[0].why == (
        "Bytes A1 E3 are U+25B2 BLACK UP-POINTING TRIANGLE in EUC-KR (KS X 1001); read as"
        ' Latin-1/cp1252 they become U+00A1 U+00E3. Korean outlets use it to mean "photo above".'
    )


def test_a_custom_is_said_only_of_the_sign_that_has_one() -> None:
    assert clean("¡Ø Note").repairs[0].why.endswith("they become U+00A1 U+00D8.")


def test_a_sign_of_another_table_is_named_so() -> None:
    assert "in GB2312;" in clean("¡ö Note").repairs[0].why


def test_korean_in_utf_8_is_not_taken_for_another_table() -> None:
    text = "중국 단둥의 공장"
    assert repaired(text.encode().decode("latin-1")) == text


def test_a_short_word_follows_when_the_table_is_beyond_doubt() -> None:
    text = "Северокорейские рабочие и в Китае"
    assert repaired(misread(text, "cp1251")) == text
