"""A decision is worked out for the objects that it can change alone: the same as of the whole gold. Pure."""

from itertools import pairwise

import pytest

from annotations.adjudication.alignment import Alignment
from annotations.adjudication.contents import groups_of
from annotations.adjudication.gold import Gold, changes_between
from annotations.adjudication.groups import LINK, MARK
from annotations.adjudication.pointing import Pointing
from tests.annotations.adjudication import test_differences as seed

EDITS = [
    (seed.other_label, seed.other_value, seed.other_entity, seed.other_status, seed.no_event, seed.no_argument),
    (seed.other_words, seed.other_type, seed.other_source, seed.other_paragraph, seed.no_link, seed.other_note),
]


@pytest.fixture(scope="module")
def laid():
    alignment = Alignment([seed.reading(*EDITS[0]), seed.reading(*EDITS[1])])
    groups = groups_of(alignment)
    return alignment, groups, Pointing(alignment, groups)


def test_what_changes_lies_in_the_objects_that_are_touched(laid):
    alignment, groups, pointing = laid
    differences = [group for group in groups if group.is_difference]
    choices, golds = {}, [Gold(alignment, groups, {}, seed.SPACE)]
    for number, group in enumerate([*differences, *differences]):  # each decided on, and then decided otherwise
        choices = choices | {group.location: number // len(differences)}
        golds.append(golds[-1].decided(choices, ()))
    changed = 0
    for group, (before, after) in zip([*differences, *differences], pairwise(golds), strict=True):
        present, touched = {pk for _, pk in before.objects}, pointing.touched(group.location)
        whole = changes_between(before.objects, after.objects, present, "x", seed.SPACE)
        assert changes_between(before.objects_at(touched), after.objects_at(touched), present, "x", seed.SPACE) == whole
        changed += len(whole)
    assert (len(differences), changed) == (11, 31)


def test_a_mark_is_pointed_at_by_events_and_links_and_nothing_points_at_a_link(laid):
    _, groups, pointing = laid
    sources = {source.kind for group in groups if group.kind == MARK for source in pointing.sources.get(group.location, ())}
    assert {"event", "link"} <= sources
    assert not any(pointing.sources.get(group.location) for group in groups if group.kind == LINK)


def denial(native):
    native["relations"].append({"id": "denial", "type": "denies", "source": "Q3", "target": "Q2"})


def test_a_denial_that_one_reader_linked_is_a_difference_and_comes_into_the_gold():
    alignment = Alignment([seed.reading(denial), seed.reading()])
    groups = groups_of(alignment)
    (group,) = (each for each in groups if each.kind == LINK and each.location.role == "denies")
    assert group.is_difference
    gold = Gold(alignment, groups, {}, seed.SPACE).decided({group.location: 0}, ())
    (link,) = (made for (kind, _), made in gold.objects.items() if kind == "link" and made["type"] == "denies")
    assert {link["source"], link["target"]} <= {pk for kind, pk in gold.objects if kind == "claim"}
