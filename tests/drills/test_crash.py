"""A crash in the middle of work loses nothing that was acknowledged, and doubles nothing that was sent again."""

from collections import Counter

import pytest

from tests.drills.crash import lost_and_doubled, prepared

KILLS = 3


@pytest.mark.parametrize("target", ["web", "database"])
def test_what_was_acknowledged_before_a_crash_is_there_once(at, target):
    at.stop()
    drill = prepared(at)
    drill.run(at.kill_web if target == "web" else at.kill_database, KILLS)
    assert drill.unexpected == []
    assert drill.kills_under_load == KILLS
    assert drill.tries_again > 0
    assert lost_and_doubled(drill.acknowledged, drill.stored()) == ([], [])
    assert "no fault" in at.manage("check_integrity")


def test_the_drill_sees_what_is_lost_and_what_is_doubled():
    assert lost_and_doubled(["a", "b", "c"], Counter({"a": 1, "b": 2, "never acknowledged": 1})) == (["c"], ["b"])
