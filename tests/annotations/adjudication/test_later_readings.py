"""A reading that comes later adds differences; groups, decisions and the gold of those before it stay as they are. Pure."""

import pytest

from annotations.adjudication.alignment import Alignment
from annotations.adjudication.contents import groups_of
from annotations.adjudication.gold import Gold
from annotations.adjudication.groups import Group
from tests.annotations.adjudication import test_differences as seed

EDITS = [
    seed.other_label, seed.other_value, seed.other_words, seed.other_note, seed.other_entity, seed.other_status, seed.other_type,
    seed.no_event, seed.no_argument, seed.other_source, seed.other_paragraph, seed.no_link, seed.words_beyond_the_claim,
]  # fmt: skip
LATE = [[], *([edit] for edit in EDITS), EDITS[:3], EDITS[4:9], EDITS[9:]]
EARLY = [[seed.other_status, seed.other_source], [seed.other_value, seed.no_event], [seed.other_type, seed.no_argument]]


def contents(versions):
    return [version and version.content for version in versions]


def kept(groups, first):
    """What a later reading has made a difference, as the state of an adjudication keeps it."""
    early = [Group(group.location, group.versions[:first]) for group in groups if group.is_difference]
    return {group.location: group.first for group in early if any(group.versions) and not group.is_difference}


@pytest.mark.parametrize("late", LATE, ids=lambda edits: "+".join(edit.__name__ for edit in edits) or "equal")
@pytest.mark.parametrize("early", EARLY, ids=lambda edits: "+".join(edit.__name__ for edit in edits))
def test_groups_of_the_start_keep_their_locations_and_versions_and_the_gold_stays(early, late):
    two = [seed.reading(), seed.reading(*early)]
    before, after = Alignment(two), Alignment([*two, seed.reading(*late)], 2)
    old, new = groups_of(before), {group.location: group for group in groups_of(after)}
    assert [contents(group.versions) for group in old] == [contents(new[group.location].versions[:2]) for group in old]
    choices = {group.location: number % 2 for number, group in enumerate(group for group in old if group.is_difference)}
    was = Gold(before, old, choices, seed.SPACE)
    now = Gold(after, list(new.values()), kept(list(new.values()), 2) | choices, seed.SPACE)
    assert now.objects == was.objects


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_what_it_says_otherwise_is_a_difference(edit):
    two = [seed.reading(), seed.reading()]
    groups = groups_of(Alignment([*two, seed.reading(edit)], 2))
    differences = [group for group in groups if group.is_difference]
    assert differences
    assert all(contents(group.versions[:1]) == contents(group.versions[1:2]) for group in differences)


def test_one_that_says_the_same_adds_nothing():
    two = [seed.reading(), seed.reading(seed.other_status)]
    before, after = groups_of(Alignment(two)), groups_of(Alignment([*two, seed.reading()], 2))
    assert [group.location for group in after] == [group.location for group in before]
    assert [group.is_difference for group in after] == [group.is_difference for group in before]


def test_later_ones_are_included_one_by_one():
    readings = [seed.reading(), seed.reading(seed.other_status), seed.reading(seed.other_words), seed.reading(seed.other_type)]
    three, four = groups_of(Alignment(readings[:3], 2)), {group.location: group for group in groups_of(Alignment(readings, 2))}
    assert [contents(group.versions) for group in three] == [contents(four[group.location].versions[:3]) for group in three]


def test_an_event_of_another_type_is_apart_where_those_before_it_have_one():
    groups = groups_of(Alignment([seed.reading(), seed.reading(), seed.reading(seed.other_type)], 2))
    events = [group for group in groups if group.kind == "event" and group.is_difference]
    assert sorted(tuple(version is not None for version in group.versions) for group in events) == [
        (False, False, True), (True, True, False),
    ]  # fmt: skip


def test_a_second_mark_on_the_words_of_one_is_apart():
    def twice(native):
        mark = dict(seed.one(native, "mentions", "A41"), id="A41b", label="FACILITY")
        native["mentions"].append(mark)

    groups = groups_of(Alignment([seed.reading(), seed.reading(), seed.reading(twice)], 2))
    [apart] = [group for group in groups if group.is_difference]
    assert contents(apart.versions)[:2] == [None, None]
