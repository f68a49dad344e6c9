"""UTF-8 that was read with a one-byte code page, C1 controls, and what is only odd."""

from __future__ import annotations

import pytest

from corpus.cleaning.clean import clean


def repaired(text: str) -> str:
    return clean(text).text.removesuffix("\n")


@pytest.mark.parametrize(
    "codec",
    ["latin-1", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257", "iso8859_2", "mac_roman", "cp437", "cp866", "koi8_r"],
)
@pytest.mark.parametrize(
    "text",
    [
        "Ministère de l’Économie – «Société Générale» à Genève, déjà fermé",
        "Северная Корея вернула рабочих на родину",
        "북한 노동자들이 단둥에서 송환되었다",
        "朝鲜工人被遣返回国",
        "وزارة الخارجية فرضت عقوبات",
    ],
)
def test_utf_8_read_with_any_code_page_is_repaired(codec: str, text: str) -> None:
    wrong = "".join(_lenient(byte, codec) for byte in text.encode())
    assert repaired(wrong) == text


def _lenient(byte: int, codec: str) -> str:
    """A byte as lenient decoders read it: one that the page leaves undefined stands for itself."""
    char = bytes([byte]).decode(codec, "replace")
    return chr(byte) if char == "\ufffd" else char


def test_utf_8_read_wrongly_twice_and_three_times_is_repaired() -> None:
    text = "China’s “café”"
    once = text.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d")
    assert repaired(once) == text
    twice = once.encode().decode("latin-1")
    assert repaired(twice) == text
    assert repaired(twice.encode().decode("latin-1")) == text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("nudziÅ‚o siÄ™ im", "nudziło się im"),
        ("siÄ™", "się"),  # the small letter before the capital alone shows it
        ("voilÃ  le travail", "voilà le travail"),  # a plain space where byte A0 was
        ("prÃªt Ã partir", "prêt à partir"),  # and two spaces made one
        ("Å veices baÅ†Ä·ieri", "Šveices baņķieri"),
        ("Ð ÑƒÑÑÐºÐ¸Ð¹".replace("ÑÑ", "Ñ\x81Ñ\x81"), "Русский"),
        ("â€œlost a byteâ€\ufffd", "“lost a byte\ufffd"),
        ("â€œlost a byteâ€?", "“lost a byte\ufffd"),
        ("Hi \xed\xa0\xbd\xed\xb8\x8d", "Hi 😍"),  # surrogates, each in UTF-8
        ("pagesï¿½lost", "pages\ufffdlost"),
        ("don\x92t \x93go\x94\x85", "don’t “go”…"),  # C1 controls are windows-1252
        ("Coatl\x87n conf\x92an", "Coatlán confían"),  # unless a word shows that they are not
    ],
)
def test_what_was_lost_on_the_way_does_not_hinder(wrong: str, right: str) -> None:
    assert repaired(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "MARQUÉ…",
        "Join ZZAJÉ’s list",
        "Charlotte Brontë…”",
        "slyšíš“",
        "l’«Étoile» et l’été",
        "„Café“…",
        "HÅØYA ER BLÅØYD",
        "ВІКІ is Ukrainian",
        "4288×…",
        "5×£35, 20 m², ½ °C, 3 µg",
        "√π ∆° 2012—∞",
        "!YO SÉ¡ ¡¿Qué?! ¡Él!",
        "NICIODATĂ™ NICIODATĂ\u00a0x",
        "C O N C L U S Ã O",
        "Tiếng Việt, Đà Nẵng",
        "┌─┐│a│└─┘ ├┤a┼┐a┼┐a",
        "`¬´ ( o¬ô )",
        "ã†â€™ãƒâ€ ã¢â‚¬â„¢",  # mangled beyond repair
        "▲ 김정은 △ 평양 ※",
        "Kim Jong Un (김정은) – “leader”",
        "Þórður Gíslason, Æði, Øð",
    ],
)
def test_honest_text_is_left_alone(text: str) -> None:
    assert repaired(text) == text


def test_the_reason_names_bytes_code_points_and_both_encodings() -> None:
    assert clean("AmÃ©lie").repairs[0].why == (
        "Bytes C3 A9 are U+00E9 LATIN SMALL LETTER E WITH ACUTE in UTF-8; read as Latin-1/cp1252 they become U+00C3 U+00A9."
    )
    assert clean("a\x85").repairs[0].why == (
        "Byte 85 is U+2026 HORIZONTAL ELLIPSIS in windows-1252; read as Latin-1 it becomes U+0085."
    )


def test_the_reason_of_a_word_shows_the_word() -> None:
    why = clean("Ð¼Ð¸Ñ€").repairs[0].why
    assert why.startswith("Bytes D0 BC D0 B8 D1 80 are “мир” (U+043C U+0438 U+0440) in UTF-8;")


def test_the_reason_of_a_long_word_is_cut() -> None:
    why = clean("ПравительствоСеверной".encode().decode("cp1252", "replace").replace("\ufffd", "\x81")).repairs
    assert all(len(repair.why) < 600 for repair in why)


def test_each_place_is_a_repair_of_its_own() -> None:
    found = clean("frÃ¨re et sÅ“ur, bonne fÃªte")
    assert [(repair.raw, repair.clean) for repair in found.repairs] == [
        ("Ã¨", "è"),
        ("Å“", "œ"),
        ("Ãª", "ê"),
    ]


def test_a_sequence_that_looks_honest_is_not_repaired_in_a_text_with_honest_accents() -> None:
    assert repaired("MARQUÉ… mais dÃ©jÃ\u00a0 été") == "MARQUÉ… mais déjà été"
