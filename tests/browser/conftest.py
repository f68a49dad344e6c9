"""A person at the annotator, signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser.desk import TEXT, Desk, assignment_on


@pytest.fixture
def desk_on(page, sign_in, transactional_db) -> Iterator[Callable[..., Desk]]:
    """`desk_on(text)`: the annotator, with the page open on a text of their own."""
    made: list[Desk] = []

    def make(text: str = TEXT) -> Desk:
        assignment = assignment_on(text)
        sign_in(page, assignment.annotator)
        made.append(Desk(page, assignment).open())
        return made[-1]

    yield make
    # A save that is still on its way would reach the server after its database is gone.
    for desk in made:
        desk.idle()


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
