"""Scheme changes are made, begun, undone and deleted by managers; the job that carries them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from procrastinate.contrib.django import app

from annotations.guidelines.carried import followers
from annotations.mapping.rows import CodeMapping, CodeRow, problems
from annotations.models import Assignment, Move, MoveItem, PairScore, Scheme, Transition
from annotations.moves import reading
from annotations.moves.adoption import choose_scheme, chosen_scheme
from annotations.moves.in_use import Uses, in_scope
from annotations.moves.targets import carry_targets, put_targets_back, target_rows
from annotations.moves.writing import NeedsSavepoints, Rewriting, Stays, VersionChange
from annotations.schemes.stored import compiled, problems_of
from corpus.db.unhurried import unhurried
from corpus.edits.history import EditError, lock_corpus
from corpus.jobs.heartbeat import got_on
from corpus.models import Corpus, Document

AT_ONCE = 40  # readings that move in one transaction, in which their annotators wait
TRIED = 200  # readings in which the preview looks for broken rules; the rest are checked as they move
# A statement that is under way lasts until Python has taken what it says, once it has checked a reading.
PATIENT = "SET LOCAL statement_timeout = '10min'"
State, Outcome = Move.State, MoveItem.MoveOutcome


class MovePreview(NamedTuple):
    """`rows`: of the mapping, each with how much it changes. `missing`: codes in use that it does not settle. `staying`: by id of the
    reading, what would prevent its move, looked for in `tried` of the `readings`. `uses`: of all codes. `guidance`: guidelines and rulings
    of labels that are mapped or missing. `targets`: targets of agreement that get another code, or none."""

    readings: int
    rows: list[dict[str, Any]]
    missing: list[dict[str, Any]]
    tried: int
    staying: dict[Any, list[dict[str, Any]]]
    uses: Uses
    guidance: list[dict[str, Any]]
    targets: list[dict[str, Any]]

    def counts(self) -> dict[str, Any]:
        """For the record."""
        return {"readings": self.readings, "rows": self.rows}


def affected(move: Move) -> Any:
    """Readings that the change applies to."""
    return in_scope(Assignment.objects.outside_bin().filter(document__corpus=move.corpus_id, scheme=move.source_id), move.scope)


def preview(move: Move, *, tries: bool = True) -> MovePreview:
    mapping, rows = CodeMapping.of(move.mapping), affected(move)
    uses = Uses(rows, move.source)
    missing = uses.missing(mapping, compiled(move.target).view)
    sample = list(rows.whole().order_by("created", "pk")[: TRIED if tries else 0])
    return MovePreview(
        readings=uses.readings,
        rows=[row | uses.of_row(each.key).as_dict() for each, row in zip(mapping.rows, move.mapping, strict=True)],
        missing=[code.as_dict() | use.as_dict() for code, use in missing.items()],
        tried=len(sample),
        staying=reading.stays(move, mapping, sample),
        uses=uses,
        guidance=followers(move),
        targets=target_rows(move),
    )


@transaction.atomic
def create_move(corpus: Corpus, source: Scheme, target: Scheme, scope: str, by: User, rows: Iterable[CodeRow] = ()) -> Move:
    """A draft. Raises EditError."""
    locked = lock_corpus(corpus, by)
    check_versions(source, target)
    move = Move(corpus=locked, source=source, target=target, scope=scope, user=by)
    mapping = CodeMapping(rows)
    check(mapping, move)
    move.mapping = mapping.stored()
    move.save()
    return move


def check_versions(source: Scheme, target: Scheme) -> None:
    if source == target:
        raise EditError("Choose two different versions.")
    if incomplete := problems_of(target):
        raise EditError(f"{target} is incomplete: {incomplete[0]}")


@transaction.atomic
def change_mapping(move: Move, rows: Iterable[CodeRow], scope: str, by: User) -> Move:
    """Raises EditError for a change that has begun, and for a row that cannot hold."""
    locked = locked_move(move, by)
    if locked.state != State.DRAFT:
        raise EditError("The scheme change has begun. Undo it and make a new one.")
    mapping = CodeMapping(rows)
    check(mapping, locked)
    locked.mapping, locked.scope = mapping.stored(), scope
    locked.save(update_fields=["mapping", "scope"])
    return locked


def check(mapping: CodeMapping, move: Move) -> None:
    if wrong := list(problems(mapping, compiled(move.source).view, compiled(move.target).view)):
        raise EditError(" ".join(wrong[:5]))


@transaction.atomic
def delete_draft(move: Move, by: User) -> None:
    """Raises EditError for a change that has begun."""
    locked = locked_move(move, by)
    if locked.state != State.DRAFT:
        raise EditError("The scheme change has begun. Undo it instead.")
    locked.delete()


@unhurried()
def begin(move: Move, by: User) -> Move:
    """The corpus annotates under the new version from now on, and a job moves the readings. Safe to repeat. Raises EditError."""
    locked = locked_move(move, by)
    if locked.state in (State.RUNNING, State.DONE):
        return locked
    if locked.state != State.DRAFT:
        raise EditError("The scheme change was undone. Make a new one.")
    if Move.objects.unfinished().filter(corpus=locked.corpus).exists():
        raise EditError("Another scheme change of this corpus is in progress. Wait until it is done.")
    check_versions(locked.source, locked.target)
    check(CodeMapping.of(locked.mapping), locked)
    counted = preview(locked, tries=False)
    if counted.missing:
        codes = ", ".join(row["code"] for row in counted.missing[:10])
        raise EditError(f"{locked.target} has no {codes}, which readings use: map each, or leave it out.")
    chosen = chosen_scheme(locked.corpus)
    locked.chosen_before = chosen.scheme if chosen else None
    locked.counts, locked.state, locked.started, locked.user = counted.counts(), State.RUNNING, timezone.now(), by
    locked.save(update_fields=["chosen_before", "counts", "state", "started", "user"])
    choose_scheme(locked.corpus, locked.target, by, move=locked)
    carry_targets(locked, by)
    defer(locked)
    return locked


@transaction.atomic
def undo(move: Move, by: User) -> Move:
    """The corpus annotates under the version of before, and a job moves the readings back. Safe to repeat. Raises EditError."""
    locked = locked_move(move, by)
    if locked.state in (State.UNDOING, State.UNDONE):
        return locked
    if locked.state == State.DRAFT:
        raise EditError("The scheme change has not begun.")
    if Move.objects.unfinished().filter(corpus=locked.corpus).exclude(pk=locked.pk).exists():
        raise EditError("Another scheme change of this corpus is in progress. Wait until it is done.")
    locked.state, locked.undone_by, locked.undone_at = State.UNDOING, by, timezone.now()
    locked.save(update_fields=["state", "undone_by", "undone_at"])
    chosen = chosen_scheme(locked.corpus)
    if chosen and chosen.scheme == locked.target:
        choose_scheme(locked.corpus, locked.chosen_before or locked.source, by, move=locked)
        put_targets_back(locked, by)
    defer(locked)
    return locked


def locked_move(move: Move, by: User) -> Move:
    corpus = lock_corpus(move.corpus, by)
    locked = Move.objects.select_for_update(of=("self",)).select_related("source", "target", "chosen_before").get(pk=move.pk)
    locked.corpus = corpus
    return locked


# The job


def defer(move: Move) -> None:
    """By its name: the job's own module knows this one. The job begins after this transaction."""
    app.configure_task("move_readings", queue="intake", lock=f"move {move.pk}").defer(move=str(move.pk))


def carry_out(pk: Any) -> None:
    """Until it is finished: some readings in a transaction, so that who is killed goes on and does nothing twice."""
    while carry_on(pk):
        got_on()


@unhurried()
def carry_on(pk: Any) -> bool:
    """The next readings, or the end; whether there is more."""
    with connection.cursor() as cursor:
        cursor.execute(PATIENT)
    rows = Move.objects.select_for_update(of=("self",)).select_related("source", "target", "user", "undone_by", "corpus")
    move = rows.filter(pk=pk).first()
    if move is None or move.state not in (State.RUNNING, State.UNDOING):
        return False
    if move_next_back(move) if move.state == State.UNDOING else move_next(move):
        return True
    move.state = State.UNDONE if move.state == State.UNDOING else State.DONE
    move.save(update_fields=["state"])
    PairScore.objects.filter(left__document__corpus=move.corpus).delete()  # they are counted under the new codes
    return False


def move_next(move: Move) -> bool:
    reached = MoveItem.objects.filter(move=move, assignment=OuterRef("pk"))
    keys = list(affected(move).exclude(Exists(reached)).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if keys:
        MoveItem.objects.bulk_create(together(lambda savepoints: moved_forth(move, keys, savepoints=savepoints)))
    return bool(keys)


def moved_forth(move: Move, keys: Sequence[UUID], *, savepoints: bool) -> list[MoveItem]:
    locked = locked_readings(keys)
    # What was submitted just now is none of them any more.
    still = set(affected(move).filter(pk__in=keys).values_list("pk", flat=True))
    before = {assignment.pk: assignment.revision for assignment in locked}
    items, moved = [], []
    own = [one for one in locked if one.pk in still]
    outcomes = reading.Outcomes(move, CodeMapping.of(move.mapping), own)
    with VersionChange(move.source, move.target, move.user, savepoints=savepoints) as change:
        for assignment, findings in reading.forth(change, outcomes, own):
            outcome = Outcome.STAYED if findings else Outcome.MOVED
            revisions = {"before": before[assignment.pk], "after": assignment.revision}
            items.append(MoveItem(move=move, assignment=assignment, outcome=outcome, findings=findings, **revisions))
            moved += [] if findings else [assignment]
    add_steps(moved, Transition.Kind.MOVED, move.user, str(move))
    return items


def move_next_back(move: Move) -> bool:
    # In the order in which they moved: an entity has its type back when the first reading that means it has moved back.
    rows = MoveItem.objects.filter(move=move, outcome=Outcome.MOVED).order_by("pk")[:AT_ONCE]
    items = together(lambda savepoints: moved_back(move, list(rows), savepoints=savepoints))
    MoveItem.objects.bulk_update(items, ["outcome", "findings"])
    return bool(items)


def moved_back(move: Move, items: list[MoveItem], *, savepoints: bool) -> list[MoveItem]:
    locked = {own.pk: own for own in locked_readings([item.assignment_id for item in items])}
    changes, returned, is_known = reading.undoing_of(items), [], True
    with VersionChange(move.target, move.source, cast("User", move.undone_by), savepoints=savepoints) as change:
        known = change.documents([locked[item.assignment_id] for item in items])
        for item, (own, native, text) in zip(items, known, strict=True):
            rewriting = Rewriting(own, changes[own.pk], item.after, text, native if is_known else None)
            try:
                reading.back(change, rewriting)
            except Stays as error:
                item.outcome, item.findings = Outcome.STUCK, error.findings
            else:
                item.outcome = Outcome.BACK
                returned.append(own)
                is_known &= not rewriting.is_shared  # those behind it may know what it has changed
    add_steps(returned, Transition.Kind.MOVED_BACK, move.undone_by, str(move))
    return items


def together(act: Callable[..., list[MoveItem]]) -> list[MoveItem]:
    """What `act` makes of some readings without a savepoint for each, which most do not need; else with them, from the beginning."""
    try:
        with transaction.atomic():
            return act(False)
    except (NeedsSavepoints, IntegrityError, DataError):
        return act(True)


def locked_readings(keys: Sequence[UUID]) -> list[Assignment]:
    """As they are, in the order of their ids. Their texts are locked first, as where one is submitted."""
    rows = Assignment.objects.filter(pk__in=keys)
    list(
        Document.objects.select_for_update(no_key=True)
        .filter(pk__in=rows.order_by().values("document"))
        .order_by("pk")
        .values("pk")
    )
    list(rows.select_for_update().order_by("pk").values("pk"))
    return list(rows.whole().order_by("pk"))


def add_steps(assignments: Iterable[Assignment], kind: str, user: User | None, note: str) -> None:
    now = timezone.now()
    Transition.objects.bulk_create(
        Transition(assignment=each, revision=each.revision, kind=kind, user=user, note=note, at=now) for each in assignments
    )


def defer_unfinished() -> None:
    """A job for each change that has none."""
    with connection.cursor() as cursor:
        cursor.execute(WITH_JOB)
        with_job = {pk for (pk,) in cursor.fetchall()}
    for move in Move.objects.unfinished():
        if str(move.pk) not in with_job:
            defer(move)


WITH_JOB = "SELECT args ->> 'move' FROM procrastinate_jobs WHERE task_name = 'move_readings' AND status IN ('todo', 'doing')"
