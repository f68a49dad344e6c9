"""Independent sources as an interval."""

from itertools import combinations, pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from questions.values.independence import Sources, independent, supposing


def among(*pairs):
    return lambda one, other: {one, other} in [set(pair) for pair in pairs]


def test_the_three_unnamed_of_the_seed_article_are_two_or_three():
    may_be_one = among(("the source", "manager"), ("the source", "source in China"))
    assert independent(["manager", "the source", "source in China"], may_be_one) == Sources(2, 3)


def test_three_that_may_all_be_each_other_are_one_at_the_least():
    assert independent(["a", "b", "c"], among(("a", "b"), ("b", "c"), ("a", "c"))) == Sources(1, 3)


def test_nobody_is_no_source_and_one_who_is_named_twice_is_one():
    assert independent([], among()) == Sources(0, 0)
    assert independent(["a", "a"], among()) == Sources(1, 1)


def test_of_many_that_hang_together_at_least_so_many_are_told():
    chain = [str(number) for number in range(40)]
    assert independent(chain, among(*pairwise(chain))) == Sources(20, 40, is_exact=False)


NAMES = "abcdef"
PAIRS = st.sets(st.sampled_from(list(combinations(NAMES, 2))))


def by_trying(ids, may_be_one):
    """The least number of groups, by trying every grouping."""
    for size in range(1, len(ids) + 1):
        for groups in product(range(size), repeat=len(ids)):
            pairs = combinations(zip(ids, groups, strict=True), 2)
            if all(may_be_one(x, y) for (x, one), (y, other) in pairs if one == other):
                return size
    return 0


@given(PAIRS)
def test_the_fewest_are_as_few_as_trying_finds(pairs):
    assert independent(NAMES, among(*pairs)) == Sources(by_trying(NAMES, among(*pairs)), len(NAMES))


@given(PAIRS, st.sampled_from(list(combinations(NAMES, 2))))
def test_that_two_more_may_be_one_never_makes_the_fewest_more(pairs, pair):
    assert independent(NAMES, among(*pairs, pair)).fewest <= independent(NAMES, among(*pairs)).fewest


def test_what_is_supposed_moves_the_interval():
    may_be_one = among(("the source", "manager"), ("the source", "source in China"))
    three = ["manager", "the source", "source in China"]
    pair = frozenset(("the source", "manager"))
    assert supposing(three, may_be_one, {}) == Sources(2, 3)
    assert supposing(three, may_be_one, {pair: True}) == Sources(1, 2)
    assert supposing(three, may_be_one, {pair: False}) == Sources(2, 3)
    other = frozenset(("the source", "source in China"))
    assert supposing(three, may_be_one, {pair: False, other: False}) == Sources(3, 3)
    assert supposing(three, may_be_one, {pair: True, other: False}) == Sources(2, 2)


@given(
    st.sets(st.frozensets(st.integers(0, 5), min_size=2, max_size=2)),
    st.dictionaries(st.frozensets(st.integers(0, 5), min_size=2, max_size=2), st.just(False)),
)
def test_to_know_that_some_are_two_never_makes_fewer(pairs, supposed):
    ids = list(range(6))
    may_be_one = lambda one, other: frozenset((one, other)) in pairs  # noqa: E731
    assert supposing(ids, may_be_one, supposed).fewest >= independent(ids, may_be_one).fewest
