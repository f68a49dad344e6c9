"""Ids that begin with the time."""

import time

from corpus.ids import timely


def test_ids_made_later_come_later():
    ids = []
    for _ in range(5):
        ids.append(timely())
        time.sleep(0.002)
    assert ids == sorted(ids)


def test_they_are_uuids_of_version_7_and_no_two_are_the_same():
    ids = {timely() for _ in range(10_000)}
    assert len(ids) == 10_000
    assert {(each.version, each.variant) for each in ids} == {(7, "specified in RFC 4122")}


def test_they_begin_with_milliseconds():
    before = time.time_ns() // 1_000_000
    number = timely().int >> 80
    assert before <= number <= time.time_ns() // 1_000_000
