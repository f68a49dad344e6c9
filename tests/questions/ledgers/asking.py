"""Asks ledgers in tests."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from annotations.models import Argument, Event, Role, Span
from corpus.models import Corpus
from corpus.passages.index import index_all
from questions.address.question import check_together, read
from questions.asking.asker import Asker
from questions.asking.time_limits import within_time
from questions.index import keep
from questions.ledgers.every import LEDGER_PAGES
from questions.ledgers.page import LedgerPage
from registry.models import Entity
from tests import factories

ANSWERS = json.loads((factories.DOMAIN / "expected_answers.json").read_text("utf-8"))["answers"]


def take_up():
    """Index what is behind: entries, and words."""
    while keep.take_up():
        pass
    index_all()


def ask(corpus: Corpus, ledger: str, limit: int = 50, after: Any = None, user: Any = None, **given: str) -> LedgerPage:
    asker = Asker(read(ledger, [(name.rstrip("_"), value) for name, value in given.items()]), corpus, user or superuser())
    check_together(asker.question, asker.today)
    with within_time(corpus):
        return LEDGER_PAGES[ledger](asker, limit, after)


def superuser():
    return factories.user(is_superuser=True)


def pages(corpus: Corpus, ledger: str, limit: int, **given: str) -> Iterator[LedgerPage]:
    """All pages, one after the other."""
    who, after = superuser(), None
    while True:
        page = ask(corpus, ledger, limit, after, who, **given)
        yield page
        after = page.after
        if after is None:
            return


def entity_keys() -> dict[Any, str]:
    return dict(Entity.objects.values_list("pk", "key"))


def event_keys() -> dict[Any, str]:
    return dict(Event.objects.values_list("pk", "key"))


def mark_keys() -> dict[Any, str]:
    return dict(Span.objects.values_list("pk", "key"))


def fill(event: Event, **roles: Any) -> None:
    """Fillers of roles by the codes of these: an entity, an event or a citation each."""
    for code, filler in roles.items():
        role = Role.objects.get(Q(label=event.label) | Q(layer=event.label.layer), code=code)
        name = {"Event": "filler_event"}.get(type(filler).__name__, type(filler).__name__.lower())
        position = event.arguments.count()
        Argument.objects.create(event=event, assignment=event.assignment, role=role, position=position, **{name: filler})
