"""Bodies of a write that are as large as their limit lets them be: none keeps a thread for long, or is answered with many times what was sent."""

import time

import pytest

from tests.api.test_poisoned_bodies import WRITES, bodies, places, poisoned, send, senders

SIZE = 300_000  # bytes, of the 2 MB that a body may have
SECONDS, ANSWER = 0.6, 2 * SIZE  # of this processor; bytes
MANY = {"numbers": "0,", "objects": "{},", "texts": '"x",', "lines": "ab\\n\\n"}

__all__ = ["senders"]


def grown(value):
    """The raw forms in which a value may be long, by name."""
    if isinstance(value, list):
        return {name: f"[{(each * (SIZE // len(each)))[:-1]}]" for name, each in MANY.items() if name != "lines"}
    if isinstance(value, dict):
        return {"names": "{" + ",".join(f'"{n:x}":"x"' for n in range(SIZE // 10)) + "}"}
    return {"lines": f'"{MANY["lines"] * (SIZE // 6)}"'} if isinstance(value, str) else {}


def inside(body, path):
    for key in path:
        body = body[key]
    return body


@pytest.mark.parametrize("operation", sorted({name for name, *_ in WRITES}))
def test_no_body_takes_long_or_is_answered_at_length(operation, own, senders):
    found = []
    for _, body in (each for each in bodies(own) if each[0] == operation):
        for path in places(body):
            for name, raw in grown(inside(body, path)).items():
                took, size = cost(senders, operation, poisoned(body, path, raw))
                if took > SECONDS or size > ANSWER:
                    found.append((path, name, round(took, 2), size))
    assert found == []


def cost(senders, operation, body):
    """Seconds of this processor and bytes of the answer. What took long is sent again: the garbage of all tests before may have been looked
    through meanwhile, which takes a second in a process of this size."""
    took = []
    while not took or (took[-1] > SECONDS and len(took) < 2):
        began = time.thread_time()
        answer = send(senders, operation, body)
        took.append(time.thread_time() - began)
    return min(took), len(answer.content)
