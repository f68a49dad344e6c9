"""The shared catalogues of attacks, given to every format that is read: each is Unreadable, or holds nothing bad, and nothing else."""

import io
import resource
import time

import pytest

from annotations.formats import FORMATS
from annotations.formats.flat import Flat, Unreadable
from tests.conformance.test_json_poison import ATTACK, catalogue

READ = sorted(name for name, chosen in FORMATS.items() if hasattr(chosen, "read"))
FILES = sorted(path for folder in ("xml", "zip", "malformed") for path in (ATTACK / folder).glob("*"))

pytestmark = pytest.mark.skipif(not FILES, reason="the shared catalogue of attacks is not beside the checkout")


def outcome(name, raw, place):
    """What reading gave; whatever a format makes of a Flat, it must be sound."""
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = list(FORMATS[name].read(io.BytesIO(raw), place, {}))
    taken, grown = time.monotonic() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    for item in found:
        assert isinstance(item, Flat | Unreadable), item
        if isinstance(item, Unreadable):
            assert str(item).startswith(place), item
        else:
            assert not list(item.check())
            assert "root:" not in item.text
    assert taken < 5
    assert grown < 150 * 1024  # KiB
    return found


@pytest.mark.parametrize("name", READ)
def test_hostile_files_are_unreadable_in_time_and_in_little_memory(name, capsys):
    counts = {Unreadable: 0, Flat: 0}
    for path in FILES:
        for item in outcome(name, path.read_bytes(), path.name):
            counts[type(item)] += 1
    with capsys.disabled():
        print(f"\n{name}: of {len(FILES)} hostile files {counts[Unreadable]} times unreadable, {counts[Flat]} texts read")


@pytest.mark.parametrize("name", READ)
def test_poisoned_json_is_unreadable(name):
    for case in catalogue():
        payload = case["payload"].encode("utf-8", "surrogatepass")
        for raw in (payload, b'{"text": "a", "data": ' + payload + b"}", b"[" + payload + b"]", payload * 3):
            outcome(name, raw, case["id"])
