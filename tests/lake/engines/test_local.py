"""Functions of this module are tasks: the processes import them."""

import os
import signal
from pathlib import Path

from lake.engines import local


def double(number):
    if number < 0:
        raise ValueError("below zero")
    return 2 * number


def die(job):
    """Of a path with `dies` in its name always, of one with `once` the first time."""
    path = Path(job)
    if "dies" in path.name or ("once" in path.name and not path.exists()):
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return path.name


def test_each_task_has_its_result_and_an_error_is_one():
    results = {result.task: result for result in local.run(double, [1, 2, -1], 2)}
    assert (results[1].value, results[2].value, results[-1].error) == (2, 4, "ValueError: below zero")


def test_a_killed_process_costs_no_task_and_one_that_kills_always_has_a_name(tmp_path):
    tasks = [str(tmp_path / name) for name in ("a", "once", "b", "dies", "c")]
    results = {Path(result.task).name: result for result in local.run(die, tasks, 2)}
    assert {name: result.value for name, result in results.items()} == {
        "a": "a",
        "once": "once",
        "b": "b",
        "c": "c",
        "dies": None,
    }
    assert "killed" in results["dies"].error
