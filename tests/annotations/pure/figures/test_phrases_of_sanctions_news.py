"""505 phrases as news on sanctions says them, written with their values before anybody looked at their reading; halved by hash.

`pytest -s` prints both halves. Dollars and dirhams of no country, which every sentence calls *currency inferred*, are counted by themselves.
"""

from collections import Counter

import pytest

from annotations.figures import read
from tests.annotations.pure.conftest import VIEW
from tests.annotations.pure.figures.phrases import LANGUAGES, is_right, phrases, verdict

# What the reader reaches; the aim is 0.97 and 0.01.
RIGHT = {"en": 0.95, "ko": 0.95, "zh": 0.97}
MOST_SILENT = {"en": 5, "ko": 4, "zh": 1}


def state_of(phrase):
    found, reading = verdict(phrase, VIEW), read(phrase.words, VIEW, phrase.language)
    is_inferred = reading.currency_basis == "inferred" and is_right(phrase.wanted.replace("?", ""), reading, is_full=True)
    return "inferred" if found != "right" and is_inferred else found


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_news_on_sanctions_says_is_read_or_said_to_be_unsure(language):
    halves = {False: Counter(), True: Counter()}
    for phrase in phrases("sanctions_phrases"):
        if phrase.language == language:
            halves[phrase.is_shut][state_of(phrase)] += 1
    for is_shut, row in halves.items():
        print(language, "shut" if is_shut else "open", dict(row))
    both = halves[False] + halves[True]
    assert both.total() >= 140
    assert both["right"] >= RIGHT[language] * (both.total() - both["inferred"])
    assert both["silent"] <= MOST_SILENT[language]
