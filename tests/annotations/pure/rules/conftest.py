"""One object of a kind against the rules, as the write asks them."""

import pytest

from annotations.native.view import NativeContext
from annotations.rules import refuse


@pytest.fixture
def refused(gold, scheme, text):
    """Codes for which an object would be refused, in the gold as the test has left it."""

    def ask(kind, item):
        return [finding.code for finding in refuse(kind, item, NativeContext(gold, text, scheme))]

    return ask


@pytest.fixture
def reasons(gold, scheme, text):
    """The same, in the words that people read."""

    def ask(kind, item):
        return [finding.detail for finding in refuse(kind, item, NativeContext(gold, text, scheme))]

    return ask


@pytest.fixture
def move(text):
    """Give a mark other fragments, with the words that stand there."""

    def to(item, *bounds):
        item["fragments"] = [{"start": start, "end": end, "quote": text[start:end]} for start, end in bounds]

    return to
