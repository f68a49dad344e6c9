"""Questions about words as addresses: the one form of each, and what is refused with its rule."""

import unicodedata
from datetime import date
from urllib.parse import parse_qsl

import pytest

from questions.address.question import AddressError, check_together, read

ENTITY = "01a22232-024c-7e18-81da-da5abdedeac4"


def asked(query: str):
    question = read("words", parse_qsl(query, keep_blank_values=True))
    check_together(question, date(2026, 11, 28))
    return question


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("q=terminat*", "q=terminat*"),
        ("q=++North%09Korean++", "q=North+Korean"),
        ("q=Workers&case=1", "q=Workers&case=1"),
        ("q=a&case=0&near=paragraph&with=b&order=text&copies=0", "q=a&with=b"),
        ("on=label:GROUP", "on=label:GROUP"),
        (f"on=type:EMPLOY,entity:{ENTITY.upper()},type:EMPLOY,", f"on=entity:{ENTITY},type:EMPLOY"),
        ("on=attr:phase:end,attr:decision:refused", "on=attr:decision:refused,attr:phase:end"),
        ("on=status:happened&q=worker*", "q=worker*&on=status:happened"),
        ("q=a&with=label:GROUP&near=007", "q=a&with=label:GROUP&near=7"),
        ("q=a&with=+b++..3+c&near=sentence", "q=a&with=b+..3+c&near=sentence"),
        ("q=a&seed=7&sample=0200", "q=a&sample=200&seed=7"),
        ("q=a&seed=0&sample=200", "q=a&sample=200"),
        ("q=a&order=left", "q=a&order=left"),
        ("q=%E2%80%8F%D8%B9%D8%A7%D9%85%D9%84", "q=%E2%80%8F%D8%B9%D8%A7%D9%85%D9%84"),
    ],
)
def test_each_question_has_one_form(query, kept):
    question = asked(query)
    assert question.query == kept
    assert asked(question.query) == question


def test_an_accent_is_one_character_however_it_is_written():
    query = "q=" + unicodedata.normalize("NFD", "café 북한")
    assert asked(query) == asked("q=café 북한")


@pytest.mark.parametrize(
    ("query", "name", "rule"),
    [
        ("", "q", "or on is needed"),
        ("case=1", "q", "or on is needed"),
        ("q=", "q", "at least one letter"),
        ("q=%C2%BF!", "q", "at least one letter"),
        ("q=" + "a" * 201, "q", "at most 200 characters"),
        ("q=" + "a" * 1_000_000, "q", "up to 200 characters"),
        ("q=" + "国" * 41, "q", "at most 40 words"),
        ("q=a*b*c*", "q", "more than 2 asterisks"),
        ("q=*", "q", "needs a letter beside it"),
        ("q=???", "q", "needs a letter beside it"),
        ("q=" + "+".join(f"w{n}*" for n in range(9)), "q", "at most 8 words with an asterisk"),
        ("q=a+..99+b", "q", "from 1 to 20"),
        ("q=a%00b", "q", "a character that no text has"),
        ("q=a&q=b", "q", "more than once"),
        ("q=a&case=yes", "case", "1 or 0"),
        ("on=label:GROUP&case=1", "case", "needs q or with"),
        ("on=", "on", "such as label:GROUP"),
        ("on=GROUP", "on", "such as label:GROUP"),
        ("on=colour:red", "on", "such as label:GROUP"),
        ("on=label:", "on", "such as label:GROUP"),
        ("on=attr:phase", "on", "attr:name:value"),
        ("on=label:A'B", "on", "such as label:GROUP"),
        ("on=entity:Dandong", "on", "id of an entity behind entity:"),
        ("on=label:A,label:B", "on", "names label more than once"),
        ("on=" + ",".join(f"attr:a{n}:b" for n in range(11)), "on", "up to ten conditions"),
        ("q=a&with=*", "with", "needs a letter beside it"),
        ("q=a&with=label:", "with", "such as label:GROUP"),
        ("q=a&near=sentence", "near", "needs with"),
        ("q=a&with=b&near=far", "near", "sentence, paragraph, article, or a number of words"),
        ("q=a&with=b&near=51", "near", "from 1 to 50"),
        ("q=a&with=b&near=0", "near", "from 1 to 50"),
        ("q=a&sample=1001", "sample", "from 1 to 1000"),
        ("q=a&sample=-1", "sample", "from 1 to 1000"),
        ("q=a&sample=5&seed=2147483648", "seed", "from 0 to"),
        ("q=a&seed=5", "seed", "needs sample"),
        ("q=a&order=random", "order", "one of text, left, right"),
        ("q=a&part=counted", "part", "is not a parameter"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_name(query, name, rule):
    with pytest.raises(AddressError, match=rule) as refused:
        asked(query)
    assert refused.value.name == name


def test_half_a_character_is_refused():
    with pytest.raises(AddressError, match="a character that no text has"):
        read("words", [("q", "a\ud800")])
