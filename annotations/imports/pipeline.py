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
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone

from annotations.assign import reopen
from annotations.formats import native
from annotations.imports.annotators import is_placeholder
from annotations.imports.incoming import Arrival, ImportTarget, Object, admit, attempt, check_version, facts_of, identified
from annotations.imports.loaded_gold import submit_complete
from annotations.imports.messages import refused, unstorable
from annotations.models import Assignment
from annotations.native.check import NotNative
from annotations.schemes.of_corpus import scheme_for
from annotations.write.apply import Answer, apply_changes
from annotations.write.bulk import Bulk, registered
from annotations.write.errors import Closed, Refusal
from corpus.db.row_writer import Copies, sent_meanwhile
from corpus.db.unhurried import unhurried
from corpus.ids import timely
from corpus.intake import ingest
from corpus.intake.metadata import describe
from corpus.intake.verbatim import ExistingTexts
from registry.models import Entity


def relay(target: ImportTarget, batches: Iterator[list[Arrival]]) -> Iterator[list[Arrival]]:
    """The batches as they are stored; each arrival has its answer or its problem then. No transaction is open meanwhile."""
    read: deque[list[Arrival]] = deque(islice(batches, 1))
    ready = None
    while read:
        read.extend(islice(batches, 2 - len(read)))
        for arrival in chain(*read):
            if arrival.text and not arrival.is_known and not arrival.problem:
                attempt(arrival, partial(admit, arrival, target))
        ready = stored(target, read, batches, ready)
        yield read.popleft()


def stored(
    target: ImportTarget, read: deque[list[Arrival]], batches: Iterator[list[Arrival]], ready: ImportBatch | None
) -> ImportBatch | None:
    """Store the first batch that was read: `ready`, if it was checked. The one after it, checked."""
    following, intake = None, target.intake
    first, *others = ([arrival for arrival in some if arrival.is_known] for some in read)
    try:
        with unhurried():
            batch = ImportBatch.in_turn(target, first, ready)
            following = ImportBatch(target, others[0], after=batch) if others else None
            with sent_meanwhile(batch.out):
                read.extend(islice(batches, 3 - len(read)))
                if following:
                    following.check()
            batch.finish()
    except (IntegrityError, DataError):
        target.intake, following = intake, None
        for arrival in first:
            alone(target, arrival)
    return following


def alone(target: ImportTarget, arrival: Arrival) -> None:
    intake = target.intake
    try:
        with unhurried():
            batch = ImportBatch.in_turn(target, [arrival])
            batch.out.send()
            batch.finish()
    except (IntegrityError, DataError) as error:
        target.intake = intake
        arrival.begin()
        arrival.problem = unstorable(error)


class ImportBatch:
    """Some arrivals in one transaction: some are new, `later` add to what somebody has marked before.

    `after`: the batch whose rows will be there when this one's turn comes.
    """

    def __init__(self, target: ImportTarget, arrivals: list[Arrival], after: ImportBatch | None = None) -> None:
        self.target, self.arrivals = target, arrivals
        self.out = Copies()
        self.scheme = scheme_for(target.corpus)
        self.shelf: ExistingTexts = ExistingTexts(
            target.corpus,
            [identified(arrival) for arrival in arrivals],
            target.reader,
            target.user,
            after.shelf if after else None,
        )
        register = registered(target.corpus, [arrival.shared for arrival in arrivals])
        texts = self.shelf.present()
        self.known = self.assignments(texts)
        if after:
            shared_names = {(kind, pk) for arrival in arrivals for kind, ids in arrival.shared.items() for pk in ids}
            register |= {name: record for name, record in after.bulk.registered.items() if name in shared_names}
            self.known |= {name: pk for name, pk in after.known.items() if name[0] in texts}
        self.bulk: Bulk = Bulk(target.user, timezone.now(), self.out, register)
        self.assumed = self.facts()
        self.later: list[tuple[Arrival, uuid.UUID]] = []
        self.narrators: dict[str, str] = {}

    @classmethod
    def in_turn(cls, target: ImportTarget, arrivals: list[Arrival], ready: ImportBatch | None = None) -> ImportBatch:
        """Checked, with nobody else writing to the corpus until the transaction ends."""
        ingest.lock(target.corpus)
        batch = cls(target, arrivals)
        if ready and ready.assumed == batch.assumed:
            return ready
        batch.check()
        return batch

    def assignments(self, texts: set[uuid.UUID]) -> dict[tuple[Any, Any], uuid.UUID]:
        """Those that are there already, by text and annotator."""
        rows = Assignment.objects.outside_bin().filter(document__in=texts, role=self.target.role).order_by()
        return {(document, annotator): pk for document, annotator, pk in rows.values_list("document", "annotator", "pk")}

    def facts(self) -> tuple[Any, ...]:
        """All that a check relies on."""
        register = {name: record and record["revision"] for name, record in self.bulk.registered.items()}
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
        if self.target.role == Assignment.Role.ADJUDICATION:
            self.submit_gold()

    def take(self, arrival: Arrival) -> None:
        document = arrival.document = self.shelf.find(identified(arrival))
        annotator = arrival.annotator
        if assigned := self.known.get((document.pk, annotator.pk)):
            self.later.append((arrival, assigned))
            return
        assignment = Assignment(
            timely(), document=document, annotator=annotator, role=self.target.role, scheme=self.scheme, suggesting=False
        )
        check_version(arrival.body, assignment)
        changes = self.changes(arrival, assignment)
        arrival.answer = refused_as_not_native(lambda: self.bulk.take(assignment, document.text, changes), changes)
        self.known[document.pk, annotator.pk] = assignment.pk
        if document.sha256 not in self.shelf.documents:
            arrival.is_new_text = True
            self.shelf.put(document, identified(arrival), self.out, self.target.open_intake())

    def add(self, arrival: Arrival, known: uuid.UUID) -> None:
        """To what is there: what was loaded before is passed over by the one write."""
        assignment = Assignment.objects.select_related("scheme", "annotator").get(pk=known)
        check_version(arrival.body, assignment)
        changes = self.changes(arrival, assignment)
        arrival.before = assignment.revision
        if changes:
            arrival.answer = refused_as_not_native(lambda: self.added(assignment, changes), changes)

    def added(self, assignment: Assignment, changes: list[Object]) -> Answer:
        """To a gold that was submitted when it was loaded, too."""
        write = partial(apply_changes, assignment, self.target.user, assignment.revision, changes, loading=True)
        try:
            return write()
        except Closed:
            if assignment.role != Assignment.Role.ADJUDICATION or not is_placeholder(assignment.annotator):
                raise
        reopen(assignment)
        return write()

    def changes(self, arrival: Arrival, assignment: Assignment) -> list[Object]:
        """Without entities and relations that the register has: other files brought them."""
        changes = native.changes_of(arrival.body, assignment.pk, self.target.namespace)
        return [each for each in changes if (each["kind"], each["object"]["id"]) not in self.bulk.registered]

    def submit_gold(self) -> None:
        for arrival in self.arrivals:
            if arrival.document and not arrival.problem:
                arrival.is_open = bool(submit_complete([self.known[arrival.document.pk, arrival.annotator.pk]], self.target.user))

    # What the file knows of the article

    def describe(self, arrival: Arrival) -> None:
        """It fills what is blank; its outlet becomes the narrator."""
        body, outlet = arrival.body, None
        entities = {entity.get("id"): entity for entity in body.get("entities") or []}
        if narrator := entities.get(body["document"].get("outlet")):
            outlet = self.shelf.outlet(narrator["name"])
            pk = native.identity("entity", narrator, uuid.UUID(int=0), self.target.namespace)
            self.narrators[pk] = narrator["name"]
        if not arrival.is_new_text and arrival.document:
            who: dict[str, Any] = {"claimant": identified(arrival).claimant, "person": self.target.user}
            describe(arrival.document.article, facts_of(body), outlet, **who)

    def name_narrators(self) -> None:
        for pk, name in self.narrators.items():
            outlet = self.shelf.outlet(name)
            remove_unused(Entity.objects.filter(outlet=outlet, key="", revision=1, same_as=None).exclude(pk=pk))
            if not Entity.objects.filter(outlet=outlet).exists():
                Entity.objects.filter(pk=pk, outlet__isnull=True).update(outlet=outlet)


def remove_unused(stand_ins: QuerySet[Entity]) -> None:
    """Entities that were made with their outlets, where a file brings its own; those that marks point at stay."""
    with suppress(ProtectedError), transaction.atomic():
        stand_ins.delete()


def refused_as_not_native(act: Callable[[], Answer], changes: list[Object]) -> Answer:
    """Raises NotNative with the reasons and the ids of the file."""
    try:
        return act()
    except Refusal as error:
        raise NotNative(refused(error, changes)) from error
