"""Taking back what was carried to a newer text: its reading goes into the bin, and what was there before is there again."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from annotations.bin.put import delete_locked, lock_texts
from annotations.models import Assignment, Carry, Change, Transition
from annotations.write.errors import Refusal
from corpus.models import Corpus, Deletion

REASON = "Carrying undone."


class CannotUndo(Refusal):
    """Somebody has worked on it since."""

    code = "cannot-undo"


class UndoneCarry(NamedTuple):
    """`reading`: the empty one that is there again, as before; None where there was none."""

    deletion: Deletion
    reading: Assignment | None


def require_undoer(made: Carry, user: User) -> None:
    """Raises PermissionDenied for who neither annotates the reading nor manages the corpus."""
    if Assignment.writable(user, made.assignment_id) is None:
        made.assignment.document.corpus.require(user, "manager")


def workers(made: Carry) -> list[str]:
    """User names of those who have annotated the reading since, decided on a line, or submitted or skipped it. A merge of entities and a
    scheme change are nobody's work on it: nobody sent their changes."""
    changes = Change.objects.filter(assignment=made.assignment_id, revision__gt=made.revision).exclude(digest="")
    kind = Transition.Kind
    steps = Transition.objects.filter(assignment=made.assignment_id, at__gte=made.at).exclude(
        kind__in=(kind.MOVED, kind.MOVED_BACK, kind.DELETED, kind.RESTORED)
    )
    people = get_user_model().objects.filter(
        Q(pk__in=changes.order_by().values("user"))
        | Q(pk__in=made.items.exclude(decision="").order_by().values("decided_by"))
        | Q(pk__in=steps.order_by().values("user"))
    )
    return list(people.order_by("username").values_list("username", flat=True))


@transaction.atomic
def undo_carry(made: Carry, user: User) -> UndoneCarry:
    """Raises PermissionDenied, and CannotUndo where somebody has worked on it since."""
    require_undoer(made, user)
    reading = Assignment.objects.select_related("document__article", "document__corpus").get(pk=made.assignment_id)
    corpus = Corpus.objects.select_for_update(no_key=True).get(pk=reading.document.corpus_id)
    lock_texts(reading)
    reading = Assignment.objects.select_for_update(of=("self",)).select_related("document__article").get(pk=reading.pk)
    if names := workers(made):
        raise CannotUndo(f"{' and '.join(names)} worked on the newer text since: nothing was undone.")
    if reading.status != Assignment.Status.OPEN:
        raise CannotUndo("The newer text is no longer being annotated: nothing was undone.")
    row = delete_locked(reading, corpus, user, REASON)
    return UndoneCarry(row, empty_again(reading) if made.existed else None)


def empty_again(reading: Assignment) -> Assignment:
    """As it was before something was carried into it: its place in a plan, its due date, and what its annotator could see."""
    names = ("document_id", "annotator_id", "role", "scheme_id", "plan_id", "due", "released", "created", "suggesting")
    return Assignment.objects.create(**{name: getattr(reading, name) for name in names})
