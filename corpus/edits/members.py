"""Members of a corpus: added, given another role, removed. A corpus keeps one active manager."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from corpus.edits.history import EditError, lock_corpus, record
from corpus.models import Corpus, Edit, Membership

Role = Membership.Role


@transaction.atomic
def add_member(corpus: Corpus, account: Any, role: str, by: Any, **fields: Any) -> Edit:
    """Raises EditError if the account is a member already."""
    locked = lock_corpus(corpus, by)
    return enter(locked, account, role, by, **fields)


def enter(locked: Corpus, account: Any, role: str, by: Any, **fields: Any) -> Edit:
    """The same on a locked corpus; `by` may be the account itself, which accepts an invitation."""
    _, is_new = Membership.objects.get_or_create(corpus=locked, user=account, defaults={"role": role})
    if not is_new:
        raise EditError(f"“{account}” is already a member of this corpus. Change the role in the list of members.")
    return record(locked, Edit.Kind.MEMBER, account, None, {"role": role}, by, **fields)


@transaction.atomic
def change_role(corpus: Corpus, membership: Membership, role: str, by: Any, **fields: Any) -> Edit | None:
    """None if that is the role already. Raises EditError for the last manager."""
    locked = lock_corpus(corpus, by)
    current = current_row(locked, membership)
    if current.role == role:
        return None
    keep_a_manager(locked, current)
    before = current.role
    current.role = role
    current.save(update_fields=["role"])
    return record(locked, Edit.Kind.MEMBER, current.user, {"role": before}, {"role": role}, by, **fields)


@transaction.atomic
def remove_member(corpus: Corpus, membership: Membership, by: Any, **fields: Any) -> Edit:
    """The account and its annotations stay. Raises EditError for the last manager."""
    locked = lock_corpus(corpus, by)
    current = current_row(locked, membership)
    keep_a_manager(locked, current)
    current.delete()
    return record(locked, Edit.Kind.MEMBER, current.user, {"role": current.role}, None, by, **fields)


def current_row(locked: Corpus, membership: Membership) -> Membership:
    row = locked.memberships.select_related("user").filter(pk=membership.pk).first()
    if row is None:
        raise EditError("This membership no longer exists. Reload the page.")
    return row


def keep_a_manager(locked: Corpus, membership: Membership) -> None:
    """Raises EditError if no active manager would be left without this one."""
    if is_last_manager(locked, membership):
        raise EditError(f"“{membership.user}” is the last active manager. Make another member a manager first.")


def is_last_manager(corpus: Corpus, membership: Membership) -> bool:
    """As the database has it, whatever a form says of the membership."""
    managers = corpus.memberships.filter(role=Role.MANAGER)
    others = managers.filter(user__is_active=True).exclude(pk=membership.pk)
    return managers.filter(pk=membership.pk).exists() and not others.exists()


def refuse_to_leave(account: Any) -> None:
    """Before an account ends, in the transaction that ends it. Raises EditError where a corpus would be left without an active manager."""
    managed = Membership.objects.filter(user=account.pk, role=Role.MANAGER).order_by().values("corpus")
    rows = Corpus.objects.filter(pk__in=managed, deletion=None).order_by("pk")
    # Whoever changes members holds the corpus, so that two managers do not leave at one moment.
    locked = list(rows.select_for_update(no_key=True))
    others = Membership.objects.filter(role=Role.MANAGER, user__is_active=True).exclude(user=account.pk)
    kept = set(others.filter(corpus__in=locked).values_list("corpus", flat=True))
    if alone := ", ".join(f"“{corpus}”" for corpus in locked if corpus.pk not in kept):
        raise EditError(f"“{account}” is the last active manager of {alone}. Make another member a manager first.")


@transaction.atomic
def change_work(corpus: Corpus, membership: Membership, values: dict[str, Any], by: Any, **fields: Any) -> Edit | None:
    """What a member can annotate: `languages` (none: any), `capacity` in characters a week, `paused`. None where nothing changes."""
    locked = lock_corpus(corpus, by)
    current = current_row(locked, membership)
    before = work_of(current, values)
    if before == values:
        return None
    for name, value in values.items():
        setattr(current, name, value)
    current.save(update_fields=list(values))
    return record(locked, Edit.Kind.MEMBER, current.user, before, values, by, **fields)


def work_of(membership: Membership, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(membership, name) for name in names}


@transaction.atomic
def undo_member(edit: Edit, by: Any) -> Edit | None:
    """Restore what was before. Raises EditError if the membership has changed since."""
    account = get_user_model().objects.get(pk=edit.object)
    row = Membership.objects.filter(corpus=edit.corpus_id, user=account).first()
    if row and edit.before and edit.after and "role" not in edit.after and work_of(row, edit.after) == edit.after:
        return change_work(edit.corpus, row, edit.before, by, undoes=edit)
    if (row and {"role": row.role}) != edit.after:
        raise EditError(f"The membership of “{account}” has changed since. Change it in the list of members.")
    before = edit.before or {}
    if row is None:
        return add_member(edit.corpus, account, before["role"], by, undoes=edit)
    if edit.before is None:
        return remove_member(edit.corpus, row, by, undoes=edit)
    return change_role(edit.corpus, row, before["role"], by, undoes=edit)
