"""What holds of any two names, however hostile."""

import random
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.names import analyse, compare, keys
from registry.names.tokens import KINDS

SCRIPTS = [
    st.sampled_from("김정은이리예제최룡해"),
    st.sampled_from("李例题題金正恩朴單"),
    st.sampled_from("محمدعبداللهیک"),
    st.sampled_from("щЮрийКовальчукё"),
    st.sampled_from("abcehimnorstuyzABCŏŭé'’-.&/0123 "),
    st.characters(),
]
NAMES = st.lists(st.one_of(SCRIPTS), max_size=25).map("".join)
# Words that are no title, particle, patronymic or Korean word.
WORDS = st.lists(
    st.sampled_from("Anneliese Brunhilde Clarissa Dorothea Ekaterini Frederica Guglielma".split()),
    min_size=1,
    max_size=5,
    unique=True,
)


@settings(max_examples=300)
@given(NAMES, NAMES, st.sampled_from(KINDS))
def test_a_score_is_from_0_to_100_and_the_same_both_ways(name, other, kind):
    match, mirror = compare(name, other, kind), compare(other, name, kind)
    assert isinstance(match.score, int)
    assert 0 <= match.score <= 100
    assert match.score == mirror.score
    assert sorted(match.left) == sorted(word.mirrored() for word in mirror.left)
    assert sorted(match.pairs) == sorted(pair.mirrored() for pair in mirror.pairs)


@settings(max_examples=300)
@given(NAMES, st.sampled_from(KINDS))
def test_a_name_is_the_same_as_itself(name, kind):
    has_words = any(part.words for part in analyse(name, "body" if kind == "any" else kind).parts)
    assert compare(name, name, kind).score == (100 if has_words else 0)


@settings(max_examples=300)
@given(NAMES, NAMES, st.sampled_from(KINDS))
def test_ranges_lie_inside_the_names_and_do_not_overlap(name, other, kind):
    match = compare(name, other, kind)
    of_name = [(pair.start, pair.end) for pair in match.pairs] + [(word.start, word.end) for word in match.left if word.side == 0]
    of_other = [(pair.other_start, pair.other_end) for pair in match.pairs]
    of_other += [(word.start, word.end) for word in match.left if word.side == 1]
    for text, ranges in ((name, of_name), (other, of_other)):
        assert all(0 <= start < end <= len(text) for start, end in ranges)
        bounds = list(chain.from_iterable(sorted(ranges)))
        assert bounds == sorted(bounds)
    assert match.sentence


@given(WORDS, WORDS, st.randoms(use_true_random=False))
def test_the_order_of_a_persons_words_does_not_matter(words, others, shuffling):
    shuffled = shuffling.sample(words, len(words))
    assert (
        compare(" ".join(shuffled), " ".join(others), "person").score
        == compare(" ".join(words), " ".join(others), "person").score
    )


@settings(max_examples=300)
@given(NAMES, st.sampled_from(KINDS))
def test_any_name_has_keys_of_the_same_values(name, kind):
    assert keys(analyse(name, kind)) == keys(analyse(name, kind))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "name",
    [
        "zh" * 5_000,
        "a " * 5_000,
        "Kim " * 2_000,
        "김" * 5_000,
        "金" * 5_000,
        "9" * 10_000,
        "A." * 5_000,
        "a\u0301" * 5_000,
        "\u202e\u0000\ud800",
        "ـ ـ ـ",
        "ﷺ" * 100,
        "IMO 1234567 " * 500,
    ],
    ids=lambda name: name[:4].encode("unicode-escape").decode(),
)
def test_a_hostile_name_is_no_crash_and_costs_little(name, kind):
    match = compare(name, name[1:] + "x", kind)
    assert 0 <= match.score <= 100
    assert len(keys(analyse(name, kind))) < 1_000


def test_a_score_does_not_depend_on_what_was_compared_before():
    names = ["Kim Jong Un", "김정은", "Jin Zhengen", "Anna Muster", "Muster Bank 2", "محمد علي"]
    pairs = [(name, other) for name in names for other in names]
    scores = {pair: compare(*pair, "any").score for pair in pairs}
    random.Random(1).shuffle(pairs)
    assert {pair: compare(*pair, "any").score for pair in pairs} == scores
