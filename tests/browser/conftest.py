"""A person at the annotator, signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.desk import TEXT, Desk, assignment_on


@pytest.fixture
def desk_on(page, sign_in, transactional_db) -> Callable[..., Desk]:
    """`desk_on(text)`: the annotator, with the page open on a text of their own."""

    def make(text: str = TEXT) -> Desk:
        made = assignment_on(text)
        sign_in(page, made.annotator)
        return Desk(page, made).open()

    return make


@pytest.fixture
def desk(desk_on) -> Desk:
    return desk_on()


@pytest.fixture
def second_desk(new_page, sign_in) -> Callable[[Desk], Desk]:
    """The same person in another browser, on the same assignment."""

    def make(first: Desk) -> Desk:
        page = new_page()
        sign_in(page, first.assignment.annotator)
        return Desk(page, first.assignment).open()

    return make
