"""A full disk says so, loses nothing that was acknowledged, leaves reading alone, and is over when there is room."""

import http.client
import json
import threading
import time

import pytest

from tests.drills.crash import PATIENCE, lost_and_doubled, prepared
from tests.drills.full_disk import CannotMount, Filler, on_small_volume


@pytest.fixture
def small(at, tmp_path):
    try:
        with on_small_volume(at, tmp_path / "volume", 260) as made:
            yield made
    except CannotMount as error:
        pytest.skip(f"only root can mount the small volume ({error}); tests/api/test_full_disk.py provokes the error instead")


def asked(at, path, secret=""):
    client = http.client.HTTPConnection("127.0.0.1", at.port, timeout=PATIENCE)
    try:
        client.request("GET", path, headers={"Authorization": f"Bearer {secret}"} if secret else {})
        answer = client.getresponse()
        return answer.status, answer.read()
    finally:
        client.close()


def written_once(drill):
    """The status of one more write, its code and when to come back."""
    said = []
    client = http.client.HTTPConnection("127.0.0.1", drill.at.port, timeout=PATIENCE)
    try:
        body = {"base": 0, "changes": [drill.change(f"one more {time.time_ns()}")]}
        headers = {"Authorization": f"Bearer {drill.secret}", "Content-Type": "application/json"}
        client.request("POST", drill.path, json.dumps(body), headers)
        answer = client.getresponse()
        said = json.loads(answer.read())
        return answer.status, said.get("code"), answer.headers.get("Retry-After")
    finally:
        client.close()


def refused(drill, filler):
    """PostgreSQL gives back a file of its log now and then, and a short write fits into that: the disk is filled again before each."""
    filler.fill()
    return written_once(drill) == (507, "full", "30")


def health(at):
    """The status, and whether something can be written, which a process remembers for some seconds."""
    status, body = asked(at, "/healthz")
    return status, json.loads(body)["disk"]["writable"]


def until(true):
    end = time.monotonic() + PATIENCE
    while not (is_true := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return is_true


def test_a_full_disk_says_so_and_loses_nothing(small):
    drill, filler = prepared(small), Filler(small.cluster.data.parent)
    writers = [threading.Thread(target=drill.write) for _ in range(4)]
    for writer in writers:
        writer.start()
    assert drill.wait_for_load()
    filler.fill()
    assert until(lambda: drill.statuses[507] > 20), drill.statuses
    assert until(lambda: refused(drill, filler))
    assert asked(small, drill.path.removesuffix("changes/"), drill.secret)[0] == 200
    assert asked(small, "/login/")[0] == 200
    assert asked(small, "/readyz")[0] == 200
    assert until(lambda: health(small) == (503, False))
    filler.remove()
    assert drill.wait_for_load()
    drill.over.set()
    for writer in writers:
        writer.join(PATIENCE)
    print(f"{len(drill.acknowledged)} acknowledged, {dict(drill.statuses)}")
    assert drill.unexpected == []
    assert lost_and_doubled(drill.acknowledged, drill.stored()) == ([], [])
    assert until(lambda: health(small)[1])
    assert "no fault" in small.manage("check_integrity")
