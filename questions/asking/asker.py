"""Who asks what of which corpus: everything that conditions are made of, looked up once for a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone

from annotations.models import Assignment
from annotations.queries.entity_graph import PlaceTies, doubtful_under, inside, place_ties, scheme_of
from annotations.scheme.view import Json, SchemeView
from corpus.db.round_trip import Rows, round_trip
from corpus.models import Corpus
from questions.address.question import AddressError, Question, entities_of_marks
from questions.asking.access import Access, access_of, access_statements
from questions.asking.merged import names_of
from questions.past.cut import Past
from questions.wording.code_names import CodeNames
from questions.wording.sentence import ENTITIES, AskedPiece, pieces


class NotThere(LookupError):
    """An entity that the corpus does not have."""


@dataclass(frozen=True)
class Asker:
    """A question with its corpus and the person who asks. `counts`: whether the rows of each part are counted.

    `known_scheme`, `known_access`, `state`, `of_lines`: the scheme of the corpus, what the person may see, of what the index is behind with,
    and what lines need of the corpus, where that has been looked up already; `past`: the cut as of which is asked, inside `as_it_was`;
    `bases`: what lines of evidence rest on, by assignment, where that has been worked out.
    """

    question: Question
    corpus: Corpus
    user: Any
    counts: bool = True
    known_scheme: SchemeView | None = None
    past: Past | None = None
    known_access: Access | None = None
    state: Rows | None = None
    of_lines: Sequence[Rows] = ()
    bases: dict[UUID, dict[str, Any] | None] = field(default_factory=dict)

    @cached_property
    def today(self) -> date:
        today: date = timezone.now().date()
        return today

    @cached_property
    def scheme(self) -> SchemeView:
        """Raises AddressError where the corpus has none: nothing can be asked by codes."""
        scheme = self.known_scheme or scheme_of(self.corpus)
        if scheme is None:
            raise AddressError("corpus", "has no scheme yet: a manager chooses one")
        return scheme

    @cached_property
    def access(self) -> Access:
        if self.known_access:
            return self.known_access
        return access_of(self.corpus, self.user, round_trip(access_statements(self.corpus, self.user)))

    @property
    def role(self) -> str | None:
        """What the person may do in the corpus."""
        return self.access.role

    @property
    def readings(self) -> Any:
        """Assignments of the corpus that the person may see; of an earlier state what they might have seen then, and may see today."""
        rows = Assignment.objects.for_user(self.user).filter(document__corpus=self.corpus).order_by()
        return rows.filter(pk__in=self.past.seen) if self.past else rows

    @property
    def sees_all(self) -> bool:
        """Whether what the index knows of its assignments is enough to say what the person may see of them."""
        return self.role in ("reviewer", "manager") and not self.past

    @property
    def withheld(self) -> list[UUID]:
        return self.access.withheld

    def entity(self, name: str) -> UUID:
        """The entity that a parameter names, or the one into which it was merged. Raises NotThere."""
        known = self.known_entities.get(name)
        if known is None:
            raise NotThere(name)
        return known[0]

    @cached_property
    def known_entities(self) -> dict[str, tuple[UUID, str]]:
        """By parameter, the ids and names of the entities that are asked for, of marks by `on:entity`, without those that the corpus does not have."""
        asked_for = {name: self.question[name] for name in ENTITIES if self.question[name]} | entities_of_marks(self.question)
        known = names_of(self.corpus, map(UUID, asked_for.values()), self.user)
        return {name: known[UUID(pk)] for name, pk in asked_for.items() if UUID(pk) in known}

    @property
    def entity_names(self) -> dict[str, str]:
        return {name: called for name, (_, called) in self.known_entities.items()}

    @cached_property
    def pieces(self) -> list[AskedPiece]:
        """The question in words."""
        return pieces(self.question, CodeNames(self.scheme), self.entity_names, self.today)

    def with_parts(self, name: str) -> list[UUID]:
        """The entity that a parameter names, with those that are part of it, as far as they are asked for."""
        entity = self.entity(name)
        return inside(entity, ["part_of"]) if self.question.is_on("parts") else [entity]

    def meant(self, name: str) -> list[UUID]:
        """The entity that a parameter names, with those that may be the same and those that are part of it, as far as they are asked for."""
        entities = self.with_parts(name)
        if self.question.is_on("maybe"):
            others = {other for each in doubtful_under(self.scheme, entities).values() for other in each}
            entities += sorted(others.difference(entities))
        return entities

    # Places

    @property
    def places(self) -> Json:
        return self.scheme.places

    @cached_property
    def place_ties(self) -> PlaceTies:
        """To be part of something is not to lie there: only what is transitive says so."""
        transitive = {relation["code"] for relation in self.scheme.entity_relations if relation.get("transitive")}
        within = self.places["within"]
        lying = [code for code in within if code in transitive]
        return place_ties(self.corpus, self.entity("place"), within, lying, self.places["people"])

    @property
    def inside(self) -> list[UUID]:
        """The place that is asked for and all that lies in it."""
        return self.place_ties.inside

    @property
    def workers(self) -> list[UUID]:
        """Who works there."""
        return self.place_ties.workers

    @property
    def employed(self) -> list[UUID]:
        """Who works at a place of which is known where it lies."""
        return self.place_ties.employed

    @cached_property
    def place_and_workers(self) -> tuple[frozenset[UUID], frozenset[UUID]]:
        """The same, to look for one of them."""
        return frozenset(self.inside), frozenset(self.workers)
