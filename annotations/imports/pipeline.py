"""Arrivals into the database, a batch at a time: while PostgreSQL takes one, the next one is checked.

What is new goes in by COPY, what somebody marked before through the one write. Each document is all or
nothing, its article too; where the database itself refuses a batch, its documents are tried one by one.

The next batch is checked against what was there, and what the batch before will have added. When its turn
comes, under the lock of the corpus, that is asked once more: if anything else came, it is checked again.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from annotations.formats import native
from annotations.imports.incoming import Arrival, Door, Object, admit, attempt, check_version, given
from annotations.imports.messages import refused, unstorable
from annotations.models import Assignment
from annotations.native.check import NotNative
from annotations.schemes.of_corpus import scheme_for
from annotations.write.apply import Answer, apply_changes
from annotations.write.bulk import Bulk, registered
from annotations.write.errors import Refusal
from corpus.db.row_writer import Copies, sent_meanwhile
from corpus.ids import timely
from corpus.intake import ingest
from corpus.intake.metadata import describe
from corpus.intake.verbatim import Shelf
from registry.models import Entity


def relay(door: Door, batches: Iterator[list[Arrival]]) -> Iterator[list[Arrival]]:
    """The batches as they are stored; each arrival has its answer or its problem then. No transaction is open meanwhile."""
    read: deque[list[Arrival]] = deque(islice(batches, 1))
    ready = None
    while read:
        read.extend(islice(batches, 2 - len(read)))
        for arrival in chain(*read):
            if arrival.given and not arrival.is_known and not arrival.problem:
                attempt(arrival, partial(admit, arrival, door))
        ready = stored(door, read, batches, ready)
        yield read.popleft()


def stored(door: Door, read: deque[list[Arrival]], batches: Iterator[list[Arrival]], ready: Batch | None) -> Batch | None:
    """Store the first batch that was read: `ready`, if it was checked. The one after it, checked."""
    following, intake = None, door.intake
    first, *others = ([arrival for arrival in some if arrival.is_known] for some in read)
    try:
        with transaction.atomic():
            batch = Batch.in_turn(door, first, ready)
            following = Batch(door, others[0], after=batch) if others else None
            with sent_meanwhile(batch.out):
                read.extend(islice(batches, 3 - len(read)))
                if following:
                    following.check()
            batch.finish()
    except (IntegrityError, DataError):
        door.intake, following = intake, None
        for arrival in first:
            alone(door, arrival)
    return following


def alone(door: Door, arrival: Arrival) -> None:
    intake = door.intake
    try:
        with transaction.atomic():
            batch = Batch.in_turn(door, [arrival])
            batch.out.send()
            batch.finish()
    except (IntegrityError, DataError) as error:
        door.intake = intake
        arrival.begin()
        arrival.problem = unstorable(error)


class Batch:
    """Some arrivals in one transaction: some are new, `later` add to what somebody has marked before.

    `after`: the batch whose rows will be there when this one's turn comes.
    """

    def __init__(self, door: Door, arrivals: list[Arrival], after: Batch | None = None) -> None:
        self.door, self.arrivals = door, arrivals
        self.out = Copies()
        self.scheme = scheme_for(door.corpus)
        self.shelf: Shelf = Shelf(
            door.corpus, [given(arrival) for arrival in arrivals], door.reader, door.user, after.shelf if after else None
        )
        register = registered(door.corpus, [arrival.shared for arrival in arrivals])
        texts = self.shelf.present()
        self.known = self.assignments(texts)
        if after:
            named = {(kind, pk) for arrival in arrivals for kind, ids in arrival.shared.items() for pk in ids}
            register |= {name: item for name, item in after.bulk.registered.items() if name in named}
            self.known |= {name: pk for name, pk in after.known.items() if name[0] in texts}
        self.bulk: Bulk = Bulk(door.user, timezone.now(), self.out, register)
        self.assumed = self.facts()
        self.later: list[tuple[Arrival, uuid.UUID]] = []
        self.narrators: dict[str, str] = {}

    @classmethod
    def in_turn(cls, door: Door, arrivals: list[Arrival], ready: Batch | None = None) -> Batch:
        """Checked, with nobody else writing to the corpus until the transaction ends."""
        ingest.lock(door.corpus)
        batch = cls(door, arrivals)
        if ready and ready.assumed == batch.assumed:
            return ready
        batch.check()
        return batch

    def assignments(self, texts: set[uuid.UUID]) -> dict[tuple[Any, Any], uuid.UUID]:
        """Those that are there already, by text and annotator."""
        rows = Assignment.objects.filter(document__in=texts, role=self.door.role).order_by()
        return {(document, annotator): pk for document, annotator, pk in rows.values_list("document", "annotator", "pk")}

    def facts(self) -> tuple[Any, ...]:
        """All that a check relies on."""
        register = {name: item and item["revision"] for name, item in self.bulk.registered.items()}
        return self.scheme.pk, self.scheme.loaded, self.shelf.facts(), dict(self.known), register

    def check(self) -> None:
        """Then each arrival has its problem, or its rows among those to be sent, or is for later."""
        for arrival in self.arrivals:
            arrival.begin()
            attempt(arrival, partial(self.take, arrival))

    def finish(self) -> None:
        """When the rows are there."""
        for arrival, assignment in self.later:
            attempt(arrival, partial(self.add, arrival, assignment))
        for arrival in self.arrivals:
            if not arrival.problem:
                self.describe(arrival)
        self.name_narrators()

    def take(self, arrival: Arrival) -> None:
        document = arrival.document = self.shelf.find(given(arrival))
        annotator = arrival.annotator
        if assigned := self.known.get((document.pk, annotator.pk)):
            self.later.append((arrival, assigned))
            return
        assignment = Assignment(timely(), document=document, annotator=annotator, role=self.door.role, scheme=self.scheme)
        check_version(arrival.body, assignment)
        changes = self.changes(arrival, assignment)
        arrival.answer = asked(lambda: self.bulk.take(assignment, document.text, changes), changes)
        self.known[document.pk, annotator.pk] = assignment.pk
        if document.sha256 not in self.shelf.documents:
            arrival.is_new_text = True
            self.shelf.put(document, given(arrival), self.out, self.door.open_intake())

    def add(self, arrival: Arrival, known: uuid.UUID) -> None:
        """To what is there: what was loaded before is passed over by the one write."""
        assignment = Assignment.objects.select_related("scheme").get(pk=known)
        check_version(arrival.body, assignment)
        changes = self.changes(arrival, assignment)
        arrival.before = assignment.revision
        if changes:
            arrival.answer = asked(
                lambda: apply_changes(assignment, self.door.user, assignment.revision, changes, loading=True), changes
            )

    def changes(self, arrival: Arrival, assignment: Assignment) -> list[Object]:
        """Without entities and relations that the register has: other files brought them."""
        changes = native.changes_of(arrival.body, assignment.pk, self.door.namespace)
        return [each for each in changes if (each["kind"], each["object"]["id"]) not in self.bulk.registered]

    # What the file knows of the article

    def describe(self, arrival: Arrival) -> None:
        """It fills what is blank; its outlet becomes the narrator."""
        body, outlet = arrival.body, None
        entities = {item.get("id"): item for item in body.get("entities") or []}
        if narrator := entities.get(body["document"].get("outlet")):
            outlet = self.shelf.outlet(narrator["name"])
            pk = native.identity("entity", narrator, uuid.UUID(int=0), self.door.namespace)
            self.narrators[pk] = narrator["name"]
        if not arrival.is_new_text and arrival.document:
            who = {"claimant": given(arrival).claimant, "person": self.door.user}
            describe(arrival.document.article, body["document"], outlet, **who)

    def name_narrators(self) -> None:
        for pk, name in self.narrators.items():
            Entity.objects.filter(pk=pk, outlet__isnull=True).update(outlet=self.shelf.outlet(name))


def asked(act: Callable[[], Answer], changes: list[Object]) -> Answer:
    """Raises NotNative with the reasons and the ids of the file."""
    try:
        return act()
    except Refusal as error:
        raise NotNative(refused(error, changes)) from error
