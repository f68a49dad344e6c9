"""Native documents on their way in: which text, whose marks, under which scheme; a batch of them at a time.

What is new goes in by COPY, what somebody marked before through the one write. Each document is all or
nothing, its article too; where the database itself refuses a batch, its documents are tried one by one.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from annotations.annotate import Answer, apply_changes
from annotations.assign import scheme_for
from annotations.bulk import Bulk, registered
from annotations.formats import native
from annotations.models import Assignment, Scheme
from annotations.reasons import refused, unstorable
from annotations.refusals import Refusal
from corpus import ingest
from corpus.copying import Copies
from corpus.ingest import digest_of
from corpus.models import Corpus, Document, Intake
from corpus.text import storable
from corpus.verbatim import Given, Shelf
from registry.models import Entity

Object = dict[str, Any]


@dataclass
class Arrival:
    """One document of a file. `problem` says why it is not taken; `answer` what the write made of it."""

    place: str
    body: Object
    given: Given | None = None
    shared: dict[str, set[str]] = field(default_factory=dict)
    document: Document | None = None
    problem: str = ""
    answer: Answer | None = None
    before: int = 0
    is_new_text: bool = False

    @property
    def name(self) -> str:
        """How a person finds it in the file."""
        facts = self.body.get("document") if isinstance(self.body, dict) else None
        title = facts.get("key") or facts.get("id") or facts.get("title") if isinstance(facts, dict) else ""
        return " ".join(filter(None, [self.place, str(title or "")[:80]]))


@dataclass
class Door:
    """Into which corpus, by whom, and for whom: `whose` gives the annotator of a native document."""

    corpus: Corpus
    user: Any
    whose: Callable[[Object], Any]
    role: str = Assignment.Role.ANNOTATION
    kind: str = Intake.Door.COMMAND
    reader: str = "native"
    intake: Intake | None = None
    schemes: dict[tuple[str, str], bool] = field(default_factory=dict)

    @property
    def namespace(self) -> uuid.UUID:
        return uuid.uuid5(uuid.NAMESPACE_URL, f"attest/corpus/{self.corpus.pk}")

    def open_intake(self) -> Intake:
        """Made with the first text that is new."""
        if self.intake is None:
            self.intake = Intake.objects.create(corpus=self.corpus, user=self.user, door=self.kind)
        return self.intake


def take(door: Door, arrivals: list[Arrival]) -> None:
    """Store a batch; each arrival has its answer or its problem then."""
    for arrival in arrivals:
        attempt(arrival, lambda arrival=arrival: recognise(arrival, door))
    whole = [arrival for arrival in arrivals if not arrival.problem]
    try:
        together(door, whole)
    except (IntegrityError, DataError):
        for arrival in whole:
            arrival.problem, arrival.answer = "", None
            alone(door, arrival)


def alone(door: Door, arrival: Arrival) -> None:
    try:
        together(door, [arrival])
    except (IntegrityError, DataError) as error:
        arrival.problem, arrival.answer = unstorable(error), None


def together(door: Door, arrivals: list[Arrival]) -> None:
    """Raises IntegrityError or DataError; then nothing of any of them is stored."""
    if not arrivals:
        return
    before = door.intake
    try:
        with transaction.atomic():
            Batch(door, arrivals).store()
    except (IntegrityError, DataError):
        door.intake = before
        raise


def attempt(arrival: Arrival, act: Callable[[], None]) -> None:
    """What is wrong with one document stops only this one."""
    try:
        act()
    except RecursionError:
        arrival.problem = "nested too deep"
    except ValueError as error:
        arrival.problem = str(error)


# What a document says of its text


def recognise(arrival: Arrival, door: Door) -> None:
    """Raises NotNative and UnstorableText."""
    body = arrival.body
    native.check(body)
    arrival.shared = native.shared(body, door.namespace)
    facts, text = dict(body["document"]), body.get("text")
    digest = facts.get("clean_sha256")
    if text is None and digest is None:
        raise native.NotNative("it has neither a text nor the clean_sha256 of one")
    if text is not None:
        found = digest_of(storable(text))
        if digest not in (None, found):
            raise native.NotNative(f"its text has the SHA-256 {found[:12]}…, not {digest[:12]}… as clean_sha256 says")
        digest = found
    key = facts.get("key") or facts.get("id") or ""
    arrival.given = Given(digest, text, facts | {"key": "" if is_uuid(key) else key}, outlet_of(body))


def outlet_of(body: Object) -> str:
    """The name of the outlet: a document says it itself, or names one of its entities."""
    outlet = body["document"].get("outlet") or ""
    named = {item.get("id"): item for item in body.get("entities") or []}
    found = str(named[outlet].get("name") or "") if outlet in named else outlet
    return "" if is_uuid(found) else found


def is_uuid(name: str) -> bool:
    try:
        uuid.UUID(name)
    except ValueError:
        return False
    return True


class Batch:
    """Some arrivals in one transaction: `taken` are new, `later` add to what somebody has marked before."""

    def __init__(self, door: Door, arrivals: list[Arrival]) -> None:
        self.door, self.arrivals = door, arrivals
        self.out, now = Copies(), timezone.now()
        self.shelf = Shelf(door.corpus, [given(arrival) for arrival in arrivals], door.reader)
        self.scheme = scheme_for(door.corpus)
        self.bulk = Bulk(door.user, now, self.out, registered(door.corpus, [arrival.shared for arrival in arrivals]))
        self.known = self.assignments()
        self.later: list[tuple[Arrival, Assignment]] = []
        self.narrators: dict[str, str] = {}

    def assignments(self) -> dict[tuple[Any, Any], Assignment]:
        """Those that are there already, by text and annotator."""
        texts = [row.pk for row in self.shelf.documents.values()]
        rows = Assignment.objects.filter(document__in=texts, role=self.door.role).select_related("scheme").defer("scheme__body")
        return {(row.document_id, row.annotator_id): row for row in rows}

    def store(self) -> None:
        for arrival in self.arrivals:
            attempt(arrival, lambda arrival=arrival: self.take(arrival))
        self.out.send()
        for arrival, assignment in self.later:
            attempt(arrival, lambda arrival=arrival, assignment=assignment: self.add(arrival, assignment))
        for arrival in self.arrivals:
            if not arrival.problem:
                self.describe(arrival)
        self.name_narrators()

    def take(self, arrival: Arrival) -> None:
        check_scheme(arrival.body, self.door.schemes)
        document = arrival.document = self.shelf.find(given(arrival))
        annotator = self.door.whose(arrival.body)
        if assignment := self.known.get((document.pk, annotator.pk)):
            self.later.append((arrival, assignment))
            return
        assignment = Assignment(document=document, annotator=annotator, role=self.door.role, scheme=self.scheme)
        check_version(arrival.body, assignment)
        changes = self.changes(arrival, assignment)
        arrival.answer = asked(lambda: self.bulk.take(assignment, document.text, changes), changes)
        self.known[document.pk, annotator.pk] = assignment
        if document.sha256 not in self.shelf.documents:
            arrival.is_new_text = True
            self.shelf.put(document, given(arrival), self.out, self.door.open_intake())

    def add(self, arrival: Arrival, known: Assignment) -> None:
        """To what is there: what was loaded before is passed over by the one write."""
        assignment = Assignment.objects.select_related("scheme").get(pk=known.pk)
        check_version(arrival.body, assignment)
        changes = self.changes(arrival, assignment)
        arrival.before = assignment.revision
        if changes:
            arrival.answer = asked(lambda: apply_changes(assignment, self.door.user, assignment.revision, changes), changes)

    def changes(self, arrival: Arrival, assignment: Assignment) -> list[Object]:
        """Without entities and relations that the register has: other files brought them."""
        found = native.changes_of(arrival.body, assignment.pk, self.door.namespace)
        return [each for each in found if (each["kind"], each["object"]["id"]) not in self.bulk.registered]

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
            ingest.describe(arrival.document.article, body["document"], outlet=outlet)

    def name_narrators(self) -> None:
        for pk, name in self.narrators.items():
            Entity.objects.filter(pk=pk, outlet__isnull=True).update(outlet=self.shelf.outlet(name))


def given(arrival: Arrival) -> Given:
    if arrival.given is None:
        raise ValueError("the document was not recognised")
    return arrival.given


def asked(act: Callable[[], Answer], changes: list[Object]) -> Answer:
    """Raises NotNative with the reasons and the ids of the file."""
    try:
        return act()
    except Refusal as error:
        raise native.NotNative(refused(error, changes)) from error


def check_version(body: Object, assignment: Assignment) -> None:
    named = words_of(body)
    if not assignment.scheme.takes(**named):
        raise native.NotNative(
            f"marked under scheme version {named['version']}, but the corpus marks under {assignment.scheme.version}"
        )


def check_scheme(body: Object, known: dict[tuple[str, str], bool]) -> None:
    named = words_of(body)
    asked_for = (named["code"], named["version"])
    if asked_for not in known:
        rows = Scheme.objects.filter(code=named["code"]).defer("body")
        known[asked_for] = any(scheme.takes(**named) for scheme in rows)
    if not known[asked_for]:
        raise native.NotNative(f"scheme {named['code']} {named['version']} is not loaded: run load_scheme")


def words_of(body: Object) -> dict[str, str]:
    """Code and version of the scheme that a file names."""
    return {field: str(body["scheme"].get(field)) for field in ("code", "version")}
