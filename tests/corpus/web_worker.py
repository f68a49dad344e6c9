"""`python -m tests.corpus.web_worker PORT`: the background worker, for which everything on the web is one server of this machine.

Only the edge of the network is another one: names, connections and nothing above them.
"""

from __future__ import annotations

import sys
from functools import partial

from django.core.management import call_command

from config.start import prepare

prepare()

import django  # noqa: E402 - the settings are read only after the environment is ready

django.setup()

from corpus import feeds, tasks  # noqa: E402
from corpus.fetch import fetch  # noqa: E402
from tests.corpus.web import PUBLIC, Web  # noqa: E402


class AnyName(dict[str, list[list[str]]]):
    """Every name is a host of the public web."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> list[list[str]]:
        return [[PUBLIC]]


def main(port: int) -> None:
    network = Web(port)
    network.names = AnyName()
    feeds.fetch = tasks.fetch = partial(fetch, network=network)
    call_command("worker")


if __name__ == "__main__":
    main(int(sys.argv[1]))
