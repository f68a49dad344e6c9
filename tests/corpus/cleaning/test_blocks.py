"""Which breaks of a text are only lines that were full."""

from __future__ import annotations

import pytest

from corpus.cleaning.clean import clean

SENTENCE = "The ministry said on Monday that all permits issued before the"
REST = "vote would stay valid until they expire."


def cleaned(*lines: str) -> str:
    return clean("\n".join(lines)).text


JOINED = {
    "a sentence that runs on with a small letter": (
        ["The ministry told reporters on Monday that", "permits will not be extended."],
        "The ministry told reporters on Monday that permits will not be extended.\n",
    ),
    "a line after which the next word would not have fitted": (
        [
            "Inside a sewing factory. The hall was once packed with",
            "North Korean workers, and the halls beside it stood",
            "empty for most of the last year, managers said.",
        ],
        (
            "Inside a sewing factory. The hall was once packed with North Korean workers, and the halls"
            " beside it stood empty for most of the last year, managers said.\n"
        ),
    ),
    "a full line that ends a sentence, among others that run on": (
        [
            "textile exports are banned and the supply of petroleum is capped.",
            "It was the ninth such resolution since 2006. Member States shall",
            "not issue new permits.",
        ],
        (
            "textile exports are banned and the supply of petroleum is capped. It was the ninth such"
            " resolution since 2006. Member States shall not issue new permits.\n"
        ),
    ),
    "a quotation that runs on": (
        ["He said that the people who were sent home had", "“little hope” of ever coming back."],
        "He said that the people who were sent home had “little hope” of ever coming back.\n",
    ),
    "Japanese, without a space": (
        [
            "工場では労働者300人のうち170人が帰国させられ、残る130人もまもなく帰国する",
            "見通しだと、管理担当者が語った。三百人が一か月に稼ぐ外貨は四万五千元であった",
            "という。",
        ],
        (
            "工場では労働者300人のうち170人が帰国させられ、残る130人もまもなく帰国する見通しだと、"
            "管理担当者が語った。三百人が一か月に稼ぐ外貨は四万五千元であったという。\n"
        ),
    ),
    "Arabic, which has no capitals": (
        [
            "قالت وزارة الخارجية إن العقوبات المفروضة على شركة النفط سوف تستمر حتى نهاية",
            "العام الجاري بعد أن رفضت الحكومة تقديم المعلومات المطلوبة إلى لجنة مجلس",
            "الأمن.",
        ],
        (
            "قالت وزارة الخارجية إن العقوبات المفروضة على شركة النفط سوف تستمر حتى نهاية العام الجاري"
            " بعد أن رفضت الحكومة تقديم المعلومات المطلوبة إلى لجنة مجلس الأمن.\n"
        ),
    ),
    "a word broken at its hyphen, which stays": (
        ["The committee looked at the duties of the non-", "member states in the matter."],
        "The committee looked at the duties of the non-member states in the matter.\n",
    ),
    "a word broken at a soft hyphen, which goes": (
        ["The committee looked at the duties of sanc\u00ad", "tioned banks in the matter."],
        "The committee looked at the duties of sanctioned banks in the matter.\n",
    ),
}


@pytest.mark.parametrize(("lines", "text"), JOINED.values(), ids=JOINED)
def test_a_wrap_is_joined(lines: list[str], text: str) -> None:
    assert cleaned(*lines) == text


KEPT = {
    "a short line": ["Dandong", "in the province of Liaoning"],
    "an address": ["Ministry of Trade", "12 Harbour Street", "Dandong", "Liaoning Province"],
    "a list with bullets": [
        "The committee decided on the following measures:",
        "- a ban on textile exports from the country to all states",
        "- a cap on the supply of refined petroleum products",
    ],
    "a numbered list": [
        "The committee decided on the following measures",
        "(a) a ban on textile exports from the country to all states",
        "(b) a cap on the supply of refined petroleum products",
    ],
    "items that end with a semicolon": [
        "Decides that all states shall prohibit the following activities:",
        "opening new joint ventures with entities from the country;",
        "expanding existing joint ventures through more investments;",
    ],
    "verse": [
        "Shall I compare thee to a summer's day?",
        "Thou art more lovely and more temperate:",
        "Rough winds do shake the darling buds of May,",
        "And summer's lease hath all too short a date;",
        "Sometime too hot the eye of heaven shines,",
        "And often is his gold complexion dimm'd;",
    ],
    "verse without capitals": [
        "the river turns away from the town at night",
        "and nobody who walks along it says a word about the boats",
        "which came in autumn, when the water was",
        "still, and in the end the harbour slept alone",
    ],
    "a table with tabs": ["Country\tWorkers sent in the year before", "China\t19,000 of all people sent"],
    "a table with spaces": [
        "Country        Workers sent in the year",
        "china          19,000 of all the people",
    ],
    "a head line over its byline": [
        "More factory workers in the border city are sent home after the vote",
        "By a staff reporter",
    ],
    "a paragraph on each line": [
        "The first paragraph ends with a full stop and is about as long as lines in mail are.",
        "The second one is on a line of its own.",
        "The third one, too, is on a line of its own, as the export of some programs has it.",
    ],
    "two sentences of Korean": [
        "우리는 당의 경공업제일주의방침관철에 계속 큰힘을 넣어 더 많은 인민소비품을 생산하여야 한다.",
        "인민경제 모든 부문에서 생산물과 건설의 질을 높여야 한다.",
    ],
    "a quoted mail": ["> The ministry told reporters on Monday that", "> permits will not be extended."],
}


@pytest.mark.parametrize("lines", KEPT.values(), ids=KEPT)
def test_a_structure_keeps_its_breaks(lines: list[str]) -> None:
    assert cleaned(*lines) == "\n".join(lines) + "\n"


def test_an_indented_line_begins_a_paragraph() -> None:
    text = cleaned(f"   {SENTENCE}", REST, f"   {SENTENCE}", REST)
    assert text == f"   {SENTENCE} {REST}\n   {SENTENCE} {REST}\n"


def test_a_stray_no_break_space_at_a_line_start_is_dropped_and_said() -> None:
    found = clean(f"{SENTENCE}\n\u00a0{REST}")
    assert found.text == f"{SENTENCE} {REST}\n"
    assert found.repairs[0].why == ("hard-wrapped line rejoined (stray U+00A0 at line start dropped)")


def test_stray_spaces_at_a_line_end_are_dropped_and_said() -> None:
    found = clean(f"{SENTENCE}  \n{REST}")
    assert found.text == f"{SENTENCE} {REST}\n"
    assert found.repairs[0].why == "hard-wrapped line rejoined (stray U+0020 at line end dropped)"


def test_a_dropped_soft_hyphen_is_said() -> None:
    found = clean("The committee looked at the duties of sanc\u00ad\ntioned banks in the matter.")
    assert "U+00AD at line end" in found.repairs[0].why


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_the_kind_of_line_end_makes_no_difference(end: str) -> None:
    raw = f"Title{end}{end}{SENTENCE}{end}{REST}{end}{end}Street{end}Town{end}"
    assert clean(raw).text == f"Title\n\n{SENTENCE} {REST}\n\nStreet\nTown\n"


def test_a_line_wider_than_any_wrap_is_a_paragraph() -> None:
    wide = "One sentence after the other stands on this line. " * 4
    assert cleaned(wide.strip(), wide.strip()) == f"{wide.strip()}\n{wide.strip()}\n"
