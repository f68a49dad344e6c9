"""Chinese names: simplified and traditional characters, pinyin, Wade-Giles, Cantonese spellings."""

import pytest

from registry.names import chinese, compare


def test_readings_come_with_their_notice():
    assert "UNICODE LICENSE V3" in (chinese.DATA.parent / "NOTICE.txt").read_text("utf-8")
    assert len(chinese.table()) == 16_411


def test_a_character_has_its_traditional_form_and_its_reading_as_a_surname():
    assert chinese.traditional("李例题") == "李例題"
    assert (chinese.pinyin("朴"), chinese.pinyin("朴", surname=True)) == ("pu", "piao")
    assert (chinese.pinyin("單"), chinese.pinyin("單", surname=True)) == ("dan", "shan")


def test_words_fall_into_syllables():
    assert ("zhen", "gen") in chinese.split("zhengen", chinese.PINYIN)
    assert chinese.split("kim", chinese.PINYIN) == ()
    assert chinese.split("zh" * 20, chinese.PINYIN) == ()


@pytest.mark.parametrize(
    ("pinyin", "wade"),
    [("zedong", "tsetung"), ("xiaoping", "hsiaoping"), ("jiang", "chiang"), ("renzhi", "jenchih"), ("qian", "chien")],
)
def test_wade_giles_has_spellings_of_its_own(pinyin, wade):
    assert any(
        [chinese.wade_spelling(each) for each in row] == list(split)
        for row in chinese.split(pinyin, chinese.PINYIN)
        for split in chinese.split(wade, chinese.WADE_GILES)
    )


@pytest.mark.parametrize(
    ("jyutping", "spelling"),
    [("can", "chan"), ("zoeng", "cheung"), ("daai", "tai"), ("gwok", "kwok"), ("lei", "lee"), ("ho", "ho")],
)
def test_cantonese_spellings_have_common_letters(jyutping, spelling):
    assert chinese.cantonese_letters(jyutping) == chinese.cantonese_letters(spelling)


@pytest.mark.parametrize(
    ("name", "other", "score", "how"),
    [
        ("李例题", "李例題", 100, "simplified"),
        ("习近平", "Xi Jinping", 98, "romanisation"),
        ("朴槿惠", "Piao Jinhui", 98, "romanisation"),
        ("Jinping Xi", "习近平", 98, "romanisation"),
        ("鄧小平", "Teng Hsiao-p'ing", 95, "romanisation"),
        ("陳大文", "Chan Tai Man", 95, "romanisation"),
        ("Mao Tse-tung", "Mao Zedong", 90, "romanisation"),
        ("Chang Li", "Zhang Li", 80, "romanisation"),
    ],
)
def test_systems_of_one_name(name, other, score, how):
    match = compare(name, other, "person")
    assert match.score == score
    assert how in {pair.how for pair in match.pairs}


@pytest.mark.parametrize(
    ("name", "other"), [("金正恩", "Jin Zhengri"), ("王伟", "Wang Wen"), ("李明", "李鵬"), ("Zhang Wei", "Zhang Weiping")]
)
def test_one_syllable_makes_another_name(name, other):
    assert compare(name, other, "person").score < 72
