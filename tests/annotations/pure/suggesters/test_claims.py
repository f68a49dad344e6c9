"""Which words are offered as what somebody says."""

import pytest

from annotations.suggesters.claims import suggest
from annotations.suggesters.suggestion import ScannedText
from tests.annotations.pure.conftest import GOLD, TEXT, VIEW


def claims_in(text, segments=()):
    return [each.ranges for each in suggest(ScannedText(text, segments, (), "en", VIEW))]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "He said: “Nobody was there when the ship left the port.” Then he left.",
            ["Nobody was there when the ship left the port"],
        ),
        ("“It is quiet,” she said.", []),
        ("“This one is never closed and goes on to the end", ["This one is never closed and goes on to the end"]),
        ("According to a source, many workers went home last year. It rained.", ["many workers went home last year"]),
        ("The ship was sold in May, a trader said.", ["The ship was sold in May"]),
        ("The ship, a trader said, was sold in May.", ["The ship … was sold in May"]),
        ("He said that the ship had sailed away.", ["the ship had sailed away"]),
        ("The report was long. Its claims are many.", []),
        ("소식통은 노동자 170명이 귀국했다고 전했다. 날씨가 좋다.", ["노동자 170명이 귀국했다"]),
        ("外交部发言人表示，中方一贯执行安理会决议。", ["中方一贯执行安理会决议"]),
        ("据韩联社报道，朝鲜工人已回国。", ["朝鲜工人已回国"]),
        ("「北朝鮮の労働者は全員がすでに帰国している」と述べた。", ["北朝鮮の労働者は全員がすでに帰国している"]),
        ("", []),
    ],
)
def test_the_words_of_claims(text, contents):
    assert [" … ".join(text[start:end] for start, end in ranges) for ranges in claims_in(text)] == contents


def test_the_claims_of_the_seed():
    """Of ten claims eight have exactly the words of the gold, and nothing else is offered."""
    gold = {tuple((part["start"], part["end"]) for part in claim["content"]) for claim in GOLD["attributions"]}
    offered = claims_in(TEXT, GOLD["segments"])
    assert (len(gold), len(offered), len(gold.intersection(offered))) == (10, 8, 8)
