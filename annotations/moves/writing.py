"""The one write that puts readings under another version of their scheme: of several of them together, or of one in a savepoint of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import NamedTuple, Self

from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from annotations.documents.build import PLANNED_ONCE, documents_of, documents_statement, rows
from annotations.documents.sql import KNOWN
from annotations.kinds import SHARED
from annotations.kinds.write_context import Object, WriteContext
from annotations.models import Assignment, Scheme
from annotations.moves.in_use import reached_of
from annotations.schemes.stored import compiled
from annotations.write.apply import gather, read_own
from annotations.write.errors import Invalid, Refusal, constraint_error
from annotations.write.known_reading import KnownReading
from corpus.db.evidence_triggers import OFF, ON
from corpus.db.round_trip import Rows, Statement, UnderWay, round_trip, under_way
from corpus.db.row_writer import Gathered
from registry.models import Relation

SHOWN = 20  # findings of a reading that are kept
TOGETHER = 10  # readings that are sent together
AT_ONCE = 5_000  # changes that are, at most


class Stays(Exception):
    """The reading cannot move; `findings` say why."""

    def __init__(self, findings: Iterable[Object]) -> None:
        self.findings = list(findings)[:SHOWN]
        super().__init__("; ".join(each["detail"] for each in self.findings))


def problem(code: str, detail: str, *objects: str) -> Object:
    return {"code": code, "detail": detail, "objects": list(objects)}


class NeedsSavepoints(Exception):
    """The database has refused a reading in a transaction with others: each of them needs a savepoint of its own."""


class Rewriting(NamedTuple):
    """What is to be written of a locked reading, of which text. `base`: the revision that the changes are based on. `known`: its document."""

    assignment: Assignment
    changes: list[Object]
    base: int
    text: str
    known: Object | None = None

    @property
    def is_shared(self) -> bool:
        """Whether other readings may know what it changes."""
        return any(change["kind"] in SHARED for change in self.changes)


class VersionChange:
    """From one version to another, by whom, as a block. What is written of some readings goes to the database together, which carries it out
    while the next ones are checked; behind the block all of it is there."""

    def __init__(self, old: Scheme, new: Scheme, user: User, *, savepoints: bool) -> None:
        """`savepoints`: each reading goes by itself."""
        self.old, self.new, self.user, self.savepoints = old, new, user, savepoints
        self.repointing = list(repointing(old, new))
        self.waiting: list[Assignment] = []
        self.out, self.size = Gathered(), 0
        self.sent: list[Assignment] = []
        self.meanwhile: UnderWay | None = None
        self.block = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Raises NeedsSavepoints."""
        if error:
            self.block.__exit__(kind, error, trace)
        else:
            self.send()
            self.arrive()

    def documents(self, locked: Sequence[Assignment]) -> Iterator[tuple[Assignment, Object, str]]:
        """Readings, each with its document and text. Most are read while the first ones are checked."""
        whole, rest = list(rows(KNOWN, locked[:TOGETHER])), locked[TOGETHER:]
        coming = self.start(PLANNED_ONCE, documents_statement(rest, KNOWN)) if rest else None
        for number, assignment in enumerate(locked):
            if coming and number == TOGETHER:
                coming.finish()
                whole += coming.rows[1]
            [(native, text)] = documents_of([whole[number]])
            yield assignment, native, text

    def start(self, *statements: Statement) -> UnderWay:
        self.meanwhile = self.block.enter_context(under_way(*statements))
        return self.meanwhile

    def add(self, rewriting: Rewriting) -> None:
        """Raises NeedsSavepoints; with savepoints Stays, and then nothing of the reading is written."""
        if self.savepoints:
            self.write_alone(rewriting)
            return
        if rewriting.is_shared:
            self.send()  # it reads what those before it have written, and those behind it read what it writes
        try:
            self.put(rewriting)
        except (Refusal, IntegrityError, DataError) as error:
            raise NeedsSavepoints from error
        if self.meanwhile:
            self.meanwhile.push()
        self.size += len(rewriting.changes)
        if rewriting.is_shared or self.size > AT_ONCE or len(self.waiting) == TOGETHER:
            self.send()

    def send(self) -> None:
        """Those that wait, once those that were sent before are there. Raises NeedsSavepoints."""
        self.arrive()
        if self.waiting:
            self.start(*self.statements())

    def arrive(self) -> None:
        """Wait for those that were sent. Raises NeedsSavepoints."""
        try:
            self.block.close()
            if self.sent and self.meanwhile:
                self.check(self.meanwhile.rows[-1])
        except (Refusal, IntegrityError, DataError) as error:
            raise NeedsSavepoints from error

    def write_alone(self, rewriting: Rewriting) -> None:
        assignment, before = rewriting.assignment, rewriting.assignment.revision
        try:
            with transaction.atomic():
                self.put(rewriting)
                self.check(round_trip(self.statements())[-1])
        except (Refusal, IntegrityError, DataError) as error:
            self.waiting, self.sent, self.out = [], [], Gathered()
            assignment.revision, assignment.scheme = before, self.old
            if not isinstance(error, Refusal):
                reason = constraint_error(error)
                raise Stays([problem(reason["code"], reason["detail"])]) from error
            reasons = [problem(each["code"], each["detail"], *filter(None, [each.get("object")])) for each in error.errors]
            raise Stays(reasons or [problem(error.code, error.detail)]) from error

    def put(self, rewriting: Rewriting) -> None:
        """Through the one write, whatever the state of the reading: it says no more than before. Its events are not read anew."""
        assignment, changes = rewriting.assignment, rewriting.changes
        is_independent = assignment.independent == assignment.revision
        assignment.scheme = self.new
        context = WriteContext(assignment, self.user, assignment.revision + 1, timezone.now(), out=self.out, loading=True)
        context.text = rewriting.text
        if changes:
            # What others may have changed since is read once more.
            lookup = KnownReading(context, rewriting.known) if rewriting.known and not rewriting.is_shared else None
            gather(read_own(changes), rewriting.base, context, lookup)
            assignment.revision = context.revision
        if is_independent:
            assignment.independent = assignment.revision
        self.waiting.append(assignment)

    def statements(self) -> list[Statement]:
        """Of those that wait, which are sent by that. The last one gives the codes of the other version that would be kept."""
        statements, self.sent = self.out.statements(), self.waiting
        self.waiting, self.out, self.size = [], Gathered(), 0
        ids = [str(each.pk) for each in self.sent]
        links = [entry["code"] for entry in compiled(self.new).view.links]
        columns = [[each.independent for each in self.sent], [each.revision for each in self.sent]]
        first: list[Statement] = [(statement, [ids, *values]) for statement, values in self.repointing]
        last: list[Statement] = [(STORE, [ids, *columns, self.new.pk]), (OFF, ()), *CHECKED, (LEFT, [ids, self.new.pk, links])]
        return [*first, (ON, ()), *statements, *last]

    def check(self, kept: Rows) -> None:
        """Raises Invalid where those that were sent keep something of the other version."""
        if codes := [code for (code,) in kept]:
            raise Invalid(f"{self.new} has no {', '.join(codes)}: annotated since. Change these annotations first.")
        sent, self.sent = self.sent, []
        for each in sent:
            check_relations(each, self.old, self.new)


def labels_of(table: str) -> str:
    return f"""UPDATE {table} m SET label_id = n.new FROM unnest($2::bigint[], $3::bigint[]) n(old, new)
WHERE m.assignment_id = ANY($1::uuid[]) AND m.label_id = n.old"""  # noqa: S608 - of our own words


LABELS = [labels_of(table) for table in ("annotations_span", "annotations_event")]
ROLES = """UPDATE annotations_argument m SET role_id = n.new FROM annotations_event e,
    unnest($2::bigint[], $3::bigint[], $4::bigint[]) n(label, old, new)
WHERE m.assignment_id = ANY($1::uuid[]) AND e.id = m.event_id AND e.label_id = n.label AND m.role_id = n.old"""


def repointing(old: Scheme, new: Scheme) -> Iterator[Statement]:
    """What keeps its code gets the rows of the new version, without an entry in the log: nothing of it changes. The ids of the readings come
    before these values."""
    was, now = compiled(old), compiled(new)
    roles = [(was.labels[was.view.layer_of("event"), label], key, now.roles[label, role])
             for (label, role), key in was.roles.items() if (label, role) in now.roles and (was.view.layer_of("event"), label) in was.labels]  # fmt: skip
    labels = [(key, now.labels[code]) for code, key in was.labels.items() if code in now.labels]
    yield ROLES, columns_of(roles, 3)
    yield from ((statement, columns_of(labels, 2)) for statement in LABELS)


def columns_of(rows: Sequence[tuple[int, ...]], width: int) -> list[list[int]]:
    return [[row[number] for row in rows] for number in range(width)]


STORE = """UPDATE annotations_assignment a SET scheme_id = $4, independent = n.independent, revision = n.revision
FROM unnest($1::uuid[], $2::int[], $3::int[]) n(id, independent, revision) WHERE a.id = n.id"""
LEFT = """SELECT l.code FROM (SELECT label_id FROM annotations_span WHERE assignment_id = ANY($1::uuid[])
    UNION SELECT label_id FROM annotations_event WHERE assignment_id = ANY($1::uuid[])) m
JOIN annotations_label l ON l.id = m.label_id JOIN annotations_layer y ON y.id = l.layer_id WHERE y.scheme_id <> $2
UNION SELECT r.code FROM annotations_argument m JOIN annotations_role r ON r.id = m.role_id
LEFT JOIN annotations_label l ON l.id = r.label_id JOIN annotations_layer y ON y.id = coalesce(r.layer_id, l.layer_id)
WHERE m.assignment_id = ANY($1::uuid[]) AND y.scheme_id <> $2
UNION SELECT m.type FROM annotations_link m WHERE m.assignment_id = ANY($1::uuid[]) AND m.type <> ALL($3::text[]) ORDER BY 1"""
CHECKED: list[Statement] = [("SET CONSTRAINTS ALL IMMEDIATE", ()), ("SET CONSTRAINTS ALL DEFERRED", ())]


def check_relations(assignment: Assignment, old: Scheme, new: Scheme) -> None:
    """Raises Invalid where the reading reaches a relation of a type that its new version lacks: somebody has used it since."""
    before, now = ({entry["code"] for entry in compiled(each).view.entity_relations} for each in (old, new))
    if gone := before - now:
        rows = Relation.objects.filter(corpus=assignment.document.corpus_id, type__in=gone)
        known = dict(rows.order_by().values_list("pk", "type"))
        if known and (reached := reached_of(known, [assignment.pk], new)):
            codes = ", ".join(sorted({known[pk] for pk in reached}))
            raise Invalid(f"{new} has no {codes}: related since. Change these relations first.")
