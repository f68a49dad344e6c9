"""What of an account goes, what stays under a pseudonym, and who may not be erased yet."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import CASCADE, F, Q, QuerySet, Value
from django.db.models.functions import Replace

from config.erasure.logs import redact_logs, unguarded
from corpus.accounts.pace import account_of
from corpus.edits.history import EditError
from corpus.edits.members import refuse_to_leave
from corpus.models import LoginFailure
from corpus.models.evidence import recorded
from corpus.provenance.addresses import STATED_BY
from questions.models import SavedQuestion

PREFIX = "former-"
# Of rows that would go with an account, what is not about the person alone.
STAYS = {"admin.LogEntry": Q(pk=None), "questions.SavedQuestion": Q(is_shared=False)}


class ErasureError(ValueError):
    """Why an account cannot be erased, and what to do first."""


@dataclass(frozen=True)
class Erasure:
    """What was done: the new name, rows deleted by table, and rows of the logs in which the name was replaced."""

    pseudonym: str
    deleted: dict[str, int]
    redacted: dict[str, int]


def check(account: Any, by: Any) -> None:
    """Raises ErasureError."""
    if not (by.is_active and by.is_superuser):
        raise ErasureError(f"“{by}” is no superuser.")
    if (
        account.is_superuser
        and not get_user_model().objects.filter(is_superuser=True, is_active=True).exclude(pk=account.pk).exists()
    ):
        raise ErasureError(f"“{account}” is the last superuser. Make another one first.")
    try:
        with transaction.atomic():
            refuse_to_leave(account)
    except EditError as error:
        raise ErasureError(str(error)) from error


def personal(account: Any) -> list[QuerySet[Any]]:
    """Rows that go: what hangs on the account alone, its sign-ins and its sessions."""
    rows: list[QuerySet[Any]] = []
    for model in apps.get_models():
        rows += [own_rows(model, column.name, account) for column in model._meta.concrete_fields if hangs_on_account(column)]
    rows.append(LoginFailure.objects.filter(account=account_of(account.get_username())))
    own = [row.pk for row in Session.objects.iterator() if row.get_decoded().get("_auth_user_id") == str(account.pk)]
    rows.append(Session.objects.filter(pk__in=own))
    return rows


def hangs_on_account(column: Any) -> bool:
    return column.related_model is get_user_model() and column.remote_field.on_delete is CASCADE


def own_rows(model: Any, column: str, account: Any) -> QuerySet[Any]:
    return QuerySet(model).filter(STAYS.get(model._meta.label, Q()), **{column: account})


@transaction.atomic
def erase(account: Any, by: Any) -> Erasure:
    """Raises ErasureError."""
    check(account, by)
    name, pseudonym = account.get_username(), f"{PREFIX}{secrets.token_hex(4)}"
    deleted: dict[str, int] = {}
    for rows in personal(account):
        if count := rows.count():
            deleted[str(rows.model._meta.verbose_name_plural)] = count
            with recorded():
                rows.delete()
    with unguarded():
        redacted = redact_logs(name, pseudonym)
        rename_mentions(account, name, pseudonym)
    end(account, pseudonym)
    about = {"content_type": ContentType.objects.get_for_model(account), "object_id": str(account.pk)}
    LogEntry.objects.filter(**about).update(object_repr=pseudonym)
    LogEntry.objects.create(user=by, object_repr=pseudonym, action_flag=CHANGE, change_message="Erased.", **about)
    return Erasure(pseudonym, deleted, redacted)


def end(account: Any, pseudonym: str) -> None:
    account.username, account.email, account.first_name, account.last_name = pseudonym, "", "", ""
    account.is_active = account.is_staff = account.is_superuser = False
    account.last_login = None
    account.set_unusable_password()
    account.save()


def rename_mentions(account: Any, name: str, pseudonym: str) -> None:
    """In columns beside the logs, whose rows have no foreign key to the account, or repeat its name."""
    for table, column in (("registry_listlink", "said_by"), ("registry_decision", "said_by")):
        execute(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", [pseudonym, name])  # noqa: S608 - of our own words
    for column in ("outlet_basis", "url_basis"):
        query = f"UPDATE corpus_article SET {column} = %s WHERE {column} = %s"  # noqa: S608 - likewise
        execute(query, [STATED_BY + pseudonym, STATED_BY + name])
    execute(
        "UPDATE corpus_edit SET label = %s WHERE kind IN ('member', 'password') AND object = %s", [pseudonym, str(account.pk)]
    )
    # People of a plan, as its history has them: with a weight or without one.
    for end in ('"', " (weight "):
        old, new = (json.dumps(each, ensure_ascii=False).removesuffix('"') + end for each in (name, pseudonym))
        execute(
            "UPDATE corpus_edit SET before = replace(before::text, %s, %s)::jsonb, after = replace(after::text, %s, %s)::jsonb "
            "WHERE kind = 'plan' AND strpos(concat(before::text, after::text), %s) > 0",
            [old, new, old, new, old],
        )
    asked = f"whose=by%3A{name}"
    for old in (asked, asked.replace("%3A", ":")):
        new = old.removesuffix(name) + pseudonym
        rows = SavedQuestion.objects.filter(
            Q(query=old) | Q(query__startswith=f"{old}&") | Q(query__endswith=f"&{old}") | Q(query__contains=f"&{old}&")
        )
        rows.update(query=Replace(F("query"), Value(old), Value(new)))


def execute(query: str, values: list[Any]) -> None:
    """Rows of evidence as well: the redacted log says of them what they say from now on."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
