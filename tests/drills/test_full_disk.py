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
    client = http.client.HTTPConnection("127.0.0.1", at.port, timeout=10)
    try:
        client.request("GET", path, headers={"Authorization": f"Bearer {secret}"} if secret else {})
        answer = client.getresponse()
        return answer.status, answer.read()
    finally:
        client.close()


def written_once(drill):
    """The status of one more write, its code and when to come back."""
    said = []
    client = http.client.HTTPConnection("127.0.0.1", drill.at.port, timeout=10)
    try:
        body = {"base": 0, "changes": [drill.change(f"one more {time.time_ns()}")]}
        headers = {"Authorization": f"Bearer {drill.secret}", "Content-Type": "application/json"}
        client.request("POST", drill.path, json.dumps(body), headers)
        answer = client.getresponse()
        said = json.loads(answer.read())
        return answer.status, said.get("code"), answer.headers.get("Retry-After")
    finally:
        client.close()


def until(true, patience=PATIENCE):
    end = time.monotonic() + patience
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def test_a_full_disk_says_so_and_loses_nothing(small):
    drill, filler = prepared(small), Filler(small.cluster.data.parent)
    writers = [threading.Thread(target=drill.write) for _ in range(4)]
    for writer in writers:
        writer.start()
    assert drill.wait_for_load()
    filler.fill()
    assert until(lambda: drill.statuses[507] > 20), drill.statuses
    assert written_once(drill) == (507, "full", "30")
    assert asked(small, drill.path.removesuffix("changes/"), drill.secret)[0] == 200
    assert asked(small, "/login/")[0] == 200
    assert asked(small, "/readyz")[0] == 200
    status, body = asked(small, "/healthz")
    assert (status, json.loads(body)["disk"]["writable"]) == (503, False)
    filler.remove()
    assert drill.wait_for_load()
    drill.over.set()
    for writer in writers:
        writer.join(PATIENCE)
    print(f"{len(drill.acknowledged)} acknowledged, {dict(drill.statuses)}")
    assert drill.unexpected == []
    assert lost_and_doubled(drill.acknowledged, drill.stored()) == ([], [])
    assert until(lambda: json.loads(asked(small, "/healthz")[1])["disk"]["writable"], 10)
    assert "no fault" in small.manage("check_integrity")
