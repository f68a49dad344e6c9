"""Exports as they come: line by line, and compared with the record at their end."""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from attest_client.errors import CutOff


def documents(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The objects of a line format, but for its last, the end record. Raises CutOff after the last whole one."""
    digest, length = sha256(), 0
    for line in lines:
        each = json.loads(line) if line.endswith(b"\n") else None
        if each is None:
            break
        if end := each.get("end") if each.keys() == {"end"} else None:
            if (end["bytes"], end["sha256"]) != (length, digest.hexdigest()):
                raise CutOff(f"The file has other bytes than the server sent: {length} in place of {end['bytes']}.")
            return
        digest.update(line)
        length += len(line)
        yield each
    raise CutOff(f"The file ends after {length} bytes, without an end record: ask for the rest with after=ID.")
