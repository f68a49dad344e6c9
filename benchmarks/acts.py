"""The acts that `benchmarks.growth` measures, each one line of `ACTS`.

An act is prepared once for a corpus (`World`): what it needs is looked up or made then, and the function that comes back is what is
measured. To add one, write a line; `page` and `api` are all that most need.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.test import Client

Do = Callable[[], Any]


@dataclass
class World:
    """A corpus of `benchmarks.filling`, somebody who may do everything in it, and the scheme."""

    corpus: Any
    user: Any
    scheme: Any

    @cached_property
    def client(self) -> Client:
        """A browser in which the user is logged in."""
        client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=True)
        client.force_login(self.user)
        return client

    @cached_property
    def token(self) -> str:
        from corpus.models import Token

        return Token.issue(self.user, "growth", ["read", "annotate"])[1]

    @cached_property
    def title(self) -> str:
        """Words in the titles of eleven articles, whether there are 100, 1,000 or 10,000."""
        articles = self.corpus.articles.count()
        return f"article+{'5' * (len(str(articles)) - 2)}"

    @cached_property
    def entities(self) -> tuple[Any, Any]:
        """The two that are meant most often, by some 38,000 and 34,000 marks with 10,000 articles."""
        from django.db.models import Count

        from registry.models import Entity

        rows = Entity.objects.filter(corpus=self.corpus).select_related("corpus")
        first, second = rows.annotate(n=Count("spans")).order_by("-n", "pk")[:2]
        return first, second


@dataclass(frozen=True)
class Act:
    """`growth`: how many times the processor time of the small corpus it may take in the large one, None where it does more there;
    `most`: milliseconds of it; `rounds`: how often it is done at most. One that writes leaves everything as it found it."""

    name: str
    prepare: Callable[[World], Do]
    growth: float | None = 1.5
    most: float | None = None
    rounds: int = 30

    def limit(self, small: float, growth: float | None = None) -> float | None:
        return None if self.growth is None else small * (growth or self.growth)


def page(address: str) -> Callable[[World], Do]:
    """A page in the browser. In the address {corpus} is a slug, {corpus_id} its number, {entity} and {other} are the entities that are meant
    most often, {title} words of titles."""
    return lambda world: lambda: answered(world.client.get(filled(address, world)))


def api(address: str) -> Callable[[World], Do]:
    """An address of the API, by token."""

    def prepare(world: World) -> Do:
        headers = {"Authorization": f"Bearer {world.token}"}
        return lambda: answered(Client(SERVER_NAME="127.0.0.1").get(filled(address, world), headers=headers))

    return prepare


def filled(address: str, world: World) -> str:
    entity, other = world.entities if "{entity}" in address else ("", "")
    names = {"entity": getattr(entity, "pk", ""), "other": getattr(other, "pk", ""), "title": world.title}
    return address.format(corpus=world.corpus.slug, corpus_id=world.corpus.pk, **names)


def answered(response: Any) -> Any:
    """The whole answer. Raises SystemExit for one that is none."""
    content = response.getvalue()
    if response.status_code != HTTPStatus.OK:
        raise SystemExit(f"{response.request['PATH_INFO']}: {response.status_code} {content[:300]!r}")
    return response


def merged_and_undone(world: World) -> Do:
    """A merge as the page begins it and the job goes on with it, and its undoing: in transactions of their own, as they are."""
    from annotations.write.merge_entities import merge, undo
    from annotations.write.merge_slices import carry_out

    kept, gone = world.entities

    def do() -> Any:
        done = merge(gone, kept, world.user)
        carry_out(done.pk)
        return carry_out(undo(done, world.user).pk)

    return do


ACTS = (
    Act("articles by words of the title (page)", page("/corpora/{corpus}/?q={title}")),
    Act("articles by words of the title (API)", api("/api/v1/corpora/{corpus}/articles/?search={title}")),
    Act("entities of a type (page)", page("/corpora/{corpus}/entities/?type=GROUP")),
    Act("entities of a type (API)", api("/api/v1/entities/?corpus={corpus}&type=GROUP")),
    Act("entity with most mentions, first page", page("/entities/{entity}/"), most=60),
    Act("entity with most mentions, last page", page("/entities/{entity}/?page=100000"), growth=None, most=60),
    Act("preview of a merge", page("/entities/{other}/merge/?into={entity}"), growth=None, most=60),
    Act("merge of the two with most mentions, and its undoing", merged_and_undone, growth=None, most=16_000, rounds=1),
    Act("admin: log of changes", page("/admin/annotations/change/"), most=60),
    Act("admin: log of changes, last page", page("/admin/annotations/change/?p=80"), most=60),
    Act("admin: log of changes, one kind", page("/admin/annotations/change/?kind=span"), most=60),
    Act(
        "admin: log of changes, one corpus",
        page("/admin/annotations/change/?assignment__document__corpus__id__exact={corpus_id}"),
        most=60,
    ),
    Act("admin: log of changes, search", page("/admin/annotations/change/?q={title}"), growth=None, most=60),
    Act("admin: search in marks", page("/admin/annotations/span/?q=seamen"), growth=None, most=80),
    Act("admin: search in figures", page("/admin/annotations/figure/?q=seamen"), growth=None, most=80),
    Act("admin: search in events", page("/admin/annotations/event/?q=nothing+such"), growth=None, most=80),
)
