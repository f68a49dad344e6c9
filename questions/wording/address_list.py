"""The addresses behind the links of a page, by number, for paper: there a link is only its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class NumberedAddress(NamedTuple):
    """`about`: title, outlet and day of the article to which it leads."""

    number: int
    href: str
    about: str


class AddressList:
    """In the order in which the page has them, each once."""

    def __init__(self) -> None:
        self._known: dict[str, NumberedAddress] = {}

    def number(self, href: str, article: Mapping[str, Any]) -> int:
        if href not in self._known:
            about = ", ".join(filter(None, (str(article.get(name) or "") for name in ("title", "outlet", "published"))))
            self._known[href] = NumberedAddress(len(self._known) + 1, href, about)
        return self._known[href].number

    def __iter__(self) -> Any:
        return iter(self._known.values())
