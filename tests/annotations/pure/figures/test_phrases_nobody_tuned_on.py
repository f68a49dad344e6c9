"""Six hundred phrases with what they say. One half was shut while the reader was changed; `pytest -s` prints both halves."""

import re
from collections import Counter

import pytest

from annotations.figures import read
from tests.annotations.pure.conftest import VIEW
from tests.annotations.pure.figures.phrases import LANGUAGES, phrases, verdict

# What is stored wrongly without a word; it may fall and not rise. The second line of each language is the half that was shut.
RIGHT = 0.97
SILENT = 0.01


@pytest.fixture(scope="module")
def counts():
    found: Counter[tuple[str, bool, str]] = Counter()
    for phrase in phrases():
        found[phrase.language, phrase.is_shut, verdict(phrase, VIEW)] += 1
    for language in LANGUAGES:
        for is_shut in (False, True):
            row = {state: found[language, is_shut, state] for state in ("right", "warned", "unread", "silent")}
            print(language, "shut" if is_shut else "open", row)
    return found


def share(counts, state, **wanted):
    of = {key: count for key, count in counts.items() if all(key[place] == value for place, value in wanted.values())}
    return sum(count for key, count in of.items() if key[2] == state) / sum(of.values())


@pytest.mark.parametrize("is_shut", [False, True])
def test_both_halves_are_right_and_hardly_ever_silently_wrong(counts, is_shut):
    assert share(counts, "right", half=(1, is_shut)) >= RIGHT
    assert share(counts, "silent", half=(1, is_shut)) <= SILENT


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_stays_behind(counts, language):
    assert share(counts, "right", language=(0, language)) >= RIGHT


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_of_news_stay_right_now_that_both_halves_are_open(language):
    states = Counter(verdict(phrase, VIEW) for phrase in phrases("news_phrases") if phrase.language == language)
    assert states["right"] >= RIGHT * states.total()
    assert states["silent"] == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", ["trade_phrases", "report_phrases"])
def test_phrases_of_trade_and_reports_are_right_and_seldom_warn_where_they_are(folder, language):
    """Without dollars, pounds and yuan of no country: read as those of the scheme, which every sentence calls *currency inferred*."""
    rows = [row for row in phrases(folder) if row.language == language and not re.search(r"\?(?:USD|GBP|CNY)(?!\|)", row.wanted)]
    states = Counter(verdict(row, VIEW) for row in rows)
    assert states["right"] >= (0.96 if folder == "report_phrases" else RIGHT) * states.total()
    assert states["silent"] == 0
    values = [row for row in rows if row.wanted != "open" and "?" not in row.wanted]
    assert sum(bool(read(row.words, VIEW, language).warnings) for row in values) <= 0.1 * len(values)


def test_there_are_two_hundred_in_each_language():
    assert min(Counter(phrase.language for phrase in phrases()).values()) >= 200


def test_a_phrase_is_read_as_itself_whatever_stands_around_it(scheme):
    """The words of a mark often begin or end with a blank or a sign of the sentence."""
    for phrase in phrases():
        plain, padded = (read(words, scheme, phrase.language) for words in (phrase.words, f" {phrase.words} "))
        assert (plain.low, plain.high, plain.comparator) == (padded.low, padded.high, padded.comparator), phrase.words
