"""150 phrases in the style of news, written before anybody looked at the reader; half of them by hash were shut. `pytest -s` prints both halves.

What is vague (“several dozen”) was wanted open: a reading that says that it is vague asserts nothing, and is counted by itself. So are dollars
of no country, which every sentence calls *currency inferred*. Nothing of the reader was changed for these phrases.
"""

from collections import Counter

import pytest

from annotations.figures import read
from tests.annotations.pure.conftest import VIEW
from tests.annotations.pure.figures.phrases import LANGUAGES, phrases, verdict

# When first measured: 46 to 47 of 50 right in English and Chinese, 42 in Korean; wrong without a word *upwards of* (≥ or >) and 以下 (≤ or <).
RIGHT = {"en": 0.97, "ko": 0.93, "zh": 0.97}
MOST_SILENT = {"en": 1, "ko": 0, "zh": 1}


def state_of(phrase):
    found = verdict(phrase, VIEW)
    if found == "right":
        return found
    if phrase.wanted == "open" and read(phrase.words, VIEW, phrase.language).vague:
        return "vague"
    return "inferred" if "?USD" in phrase.wanted else found


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_looked_at_is_read_or_said_to_be_unsure(language):
    halves = {False: Counter(), True: Counter()}
    for phrase in phrases("unseen_phrases"):
        if phrase.language == language:
            halves[phrase.is_shut][state_of(phrase)] += 1
    for is_shut, row in halves.items():
        print(language, "shut" if is_shut else "open", dict(row))
    both = halves[False] + halves[True]
    told = both.total() - both["vague"] - both["inferred"]
    assert both.total() == 50
    assert both["right"] >= RIGHT[language] * told
    assert both["silent"] <= MOST_SILENT[language]
