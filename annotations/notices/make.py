"""A notice is made in the transaction of what happened, for each of its people, as they have chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import connection

from annotations.models.notice import COUNTING
from corpus.models import Corpus

COLUMNS = {"assignment": "uuid", "thread": "uuid", "guideline": "bigint", "article": "uuid", "plan": "bigint", "target": "bigint"}
# In the order of the accounts, so that two that notify the same people do not wait for each other. What is counted adds up, or is
# counted anew, until it is read; it is in the next mail then, as anything new.
INSERTED = f"""
INSERT INTO annotations_notice (user_id, corpus_id, kind, number, in_app, {", ".join(f"{name}_id" for name in COLUMNS)})
SELECT u.id, %(corpus)s, %(kind)s, %(number)s::int, coalesce(c.in_app, true), {", ".join(f"%({name})s::{kind}" for name, kind in COLUMNS.items())}
FROM auth_user u LEFT JOIN annotations_noticechoice c ON c.user_id = u.id AND c.kind = %(kind)s
WHERE u.id = ANY(%(users)s::bigint[]) AND u.is_active AND (c.id IS NULL OR c.in_app OR c.mail <> 'off')
ORDER BY u.id
ON CONFLICT (user_id, kind, corpus_id, {", ".join(f"{name}_id" for name in COLUMNS)}) WHERE read IS NULL
DO UPDATE SET number = CASE WHEN EXCLUDED.kind = ANY(%(counting)s) THEN annotations_notice.number + EXCLUDED.number ELSE EXCLUDED.number END,
    at = statement_timestamp(), digest_id = NULL
WHERE EXCLUDED.number IS NOT NULL
"""  # noqa: S608 - of our own words


def notify(
    kind: str, corpus: Corpus | int, users: Iterable[int], by: User | None = None, number: int | None = None, **subject: Any
) -> None:
    """A notice for each of these accounts, but not for `by`, whose act it was. `subject`: one of COLUMNS, as its key."""
    people = sorted(set(users) - {getattr(by, "pk", None)})
    if not people:
        return
    key = corpus.pk if isinstance(corpus, Corpus) else corpus
    values = dict.fromkeys(COLUMNS) | subject | {"kind": str(kind), "corpus": key, "users": people, "number": number}
    values["counting"] = list(COUNTING)
    with connection.cursor() as cursor:
        cursor.execute(INSERTED, values)
