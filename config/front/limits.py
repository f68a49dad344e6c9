"""How large a body may be and how long it may take, by path: the one table, which the proxy's configuration and the documents follow."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

KILOBYTE, MEGABYTE = 2**10, 2**20


@dataclass(frozen=True)
class Limit:
    """`path`: a regular expression of whole paths. `size` in bytes, `seconds` from the end of the headers to that of the body.

    `role`: in the corpus or over the list that the path names. Of whoever has less, or is not known, no more is taken than elsewhere.
    """

    path: str
    size: int
    seconds: int
    role: str | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.path)

    @property
    def words(self) -> str:
        unit, name = (MEGABYTE, "MB") if self.size >= MEGABYTE else (KILOBYTE, "kB")
        return f"{self.size // unit} {name}"


ELSEWHERE = Limit(r".*", 2 * MEGABYTE, 60)
LIMITS = (
    Limit(r"/(?:login|login/mail|logout|password)/", 16 * KILOBYTE, 10),
    Limit(r"/corpora/(?P<corpus>[-\w]+)/(?:bring-in|load)/", 200 * MEGABYTE, 900, "manager"),
    Limit(r"/api/v1/corpora/(?P<corpus>[-\w]+)/(?:intakes/\d+/files|load)/", 200 * MEGABYTE, 900, "manager"),
    Limit(r"/lists/(?P<list>[-.\w]+)/upload/", 200 * MEGABYTE, 900, "manager"),
    Limit(r"/api/v1/lists/(?P<list>[-.\w]+)/versions/", 200 * MEGABYTE, 900, "manager"),
    Limit(r"(?:/api/v1)?/corpora/(?P<corpus>[-\w]+)/evidence/", 50 * MEGABYTE, 300, "viewer"),
)


def limit_of(path: str) -> tuple[Limit, dict[str, str]]:
    """The limit of a path, and what it names: the slug of a corpus, or the code of a list."""
    for limit in LIMITS:
        if match := limit.pattern.fullmatch(path):
            return limit, match.groupdict()
    return ELSEWHERE, {}
