"""`python -m tests.corpus.web_worker PORT [LIMIT=VALUE …]`: the background worker, for which everything on the web is one server of
this machine, within limits of its own.

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

from corpus.intake import feeds, pages  # noqa: E402
from corpus.intake.fetch import Limits  # noqa: E402
from corpus.intake.hosts import fetch  # noqa: E402
from tests.corpus.web import PUBLIC, Web  # noqa: E402


class AnyName(dict[str, list[list[str]]]):
    """Every name is a host of the public web."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> list[list[str]]:
        return [[PUBLIC]]


def main(port: int, *limits: str) -> None:
    network = Web(port)
    network.names = AnyName()
    chosen = {name: float(value) for name, value in (limit.split("=") for limit in limits)}
    feeds.fetch = pages.fetch = partial(fetch, network=network, limits=Limits(**chosen))
    call_command("worker")


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
