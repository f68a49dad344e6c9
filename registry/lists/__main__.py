"""`python -m corpus.sandbox registry.lists DESCRIPTOR FORMAT`: reads a list in the sandbox and sends its entries, some hundred at a time.

An empty format is recognised by content. The file is a descriptor, since the process may open no path.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from itertools import batched
from pathlib import Path
from typing import Any

from corpus.sandbox.frames import enter_sandbox, send
from corpus.sandbox.process import MEGABYTE
from registry.lists.formats import FORMATS, sniffed
from registry.lists.record import UnreadableList

SECONDS, MEMORY = 120, 600 * MEGABYTE
BATCH = 200


def frames(file: Path, code: str) -> Iterator[dict[str, Any]]:
    """What is sent: the format, the entries, and in the end what is known of the whole. Raises UnreadableList."""
    recognised = sniffed(file)
    loader = FORMATS[code or recognised]
    yield {"format": code or recognised, "recognised": recognised, "loader": loader.NUMBER}
    contents = loader.read(file)
    for batch in batched(contents.entries, BATCH):
        yield {"entries": batch}
    yield {"published": contents.published, "stated_count": contents.stated_count, "losses": contents.losses, "end": True}


def answers(file: Path, code: str) -> Iterator[dict[str, Any]]:
    """The same, and why where it is no list."""
    try:
        yield from frames(file, code)
    except UnreadableList as error:
        yield {"unreadable": str(error)}
    except MemoryError:
        yield {"unreadable": f"reading it took more than {MEMORY // MEGABYTE} MB of memory"}
    except RecursionError:
        yield {"unreadable": "it is nested too deeply"}
    except Exception as error:  # noqa: BLE001 - whatever a library raises becomes the reason
        yield {"unreadable": f"its reader failed ({type(error).__name__})"}


def main() -> None:
    out = enter_sandbox(MEMORY)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))  # the first ends it with a signal that says why
    for answer in answers(Path(f"/proc/self/fd/{sys.argv[1]}"), sys.argv[2]):
        send(out, answer)


if __name__ == "__main__":
    main()
