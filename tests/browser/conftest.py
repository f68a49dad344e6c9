"""A person at the annotator, signed in; and one who asks the worked article."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command

from questions.index import keep
from registry.models import Entity
from tests import factories
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


RETURNS = "type=REPATRIATE&figure=1&place={place}&from=2017-08-01&to=2017-12-31"


@pytest.fixture
def seeded(transactional_db, tmp_path):
    corpus = factories.corpus("seeded")
    factories.scheme()
    native = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))
    native["text"] = (factories.DOMAIN / "gold_seed.txt").read_text("utf-8")
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(native), "utf-8")
    call_command("load", "--corpus", corpus.slug, "--format", "native", "--gold", str(file), verbosity=0)
    while keep.take_up():
        pass
    return corpus


@pytest.fixture
def reviewer(seeded):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    return person


@pytest.fixture
def asking(page, sign_in, reviewer):
    sign_in(page, reviewer)
    return page


@pytest.fixture
def returns(seeded):
    """The address of journey 8."""
    return "/corpora/seeded/ask/events/?" + RETURNS.format(place=Entity.objects.get(corpus=seeded, key="E-DDG").pk)
