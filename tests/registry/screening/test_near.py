"""Names of a list with words in common: what is worked out for many keys at once is what each name says by itself."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from registry.screening.near import NEAR, KeyPosting, of_list
from registry.screening.word_keys import ENOUGH, is_enough

LIST, OTHER = 1, 2
names = st.none() | st.sets(st.integers(1, 12), max_size=8).map(lambda some: tuple(sorted(some)))
postings = st.builds(KeyPosting, st.sampled_from([LIST, LIST, OTHER]), st.integers(1, 9), names)
posted = st.dictionaries(st.integers(0, 9), st.lists(postings, max_size=2), max_size=10)
asked = st.lists(st.tuples(st.integers(0, 9), st.sampled_from([1, 2, 3, 4, ENOUGH])), unique_by=lambda row: row[0])


@given(asked, posted)
def test_names_with_enough_words_in_common_come_by_the_sum_of_their_keys(keys, rows):
    points, words = defaultdict(int), defaultdict(int)
    for key, word in keys:
        for each in rows.get(key, ()):
            for name in each.names if each.list_id == LIST and each.names else ():
                points[name] += each.points
                words[name] |= word
    enough = [name for name in points if is_enough(words[name])]
    assert of_list(keys, rows, LIST) == sorted(enough, key=lambda name: (-points[name], name))[:NEAR]


def test_keys_of_one_word_with_the_same_names_are_no_two_words():
    rows = {key: [KeyPosting(LIST, 5, (7, 8))] for key in (1, 2, 3)}
    assert of_list([(1, 1), (2, 1)], rows, LIST) == []
    assert of_list([(1, 1), (2, 1), (3, 2)], rows, LIST) == [7, 8]
