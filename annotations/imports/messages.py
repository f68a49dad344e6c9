"""Why a document of a file is not taken, in the words and with the ids of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import DataError, IntegrityError

from annotations.write.errors import Refusal, Reused

Object = dict[str, Any]
SHOWN = 20  # reasons, of a file in which everything is wrong
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def refused(error: Refusal, changes: list[Object]) -> str:
    """The reasons, with the ids that the file uses."""
    keys = {c["object"]["id"]: c["object"]["key"] for c in changes if "key" in c["object"]}
    changes_by_id = {c["id"]: keys.get(c["object"]["id"]) or joined(c, keys) for c in changes}
    lines = [reason(each, error.code, keys, changes_by_id) for each in error.errors[:SHOWN]]
    more = len(error.errors) - SHOWN
    return "; ".join(lines + [f"and {more} more"] * (more > 0)) or error.detail


def unstorable(error: IntegrityError | DataError) -> str:
    """Of the article's description: an address, key or outlet that another article or entity has."""
    cause = error.__cause__
    name = (cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None) or "a value is too long"
    return f"its metadata of the article differs from the article in the corpus ({name.replace('_', ' ')})"


def joined(change: Object, keys: Mapping[str, str]) -> str:
    """A link or relation has no id in a file: by what it joins. A note by its words."""
    record = change["object"]
    if change["kind"] == "note":
        return f"the note “{record['text'][:40]}”"
    return f"{keys.get(record['source'])}-{record['type']}-{keys.get(record['target'])}"


def reason(error: Object, code: str, keys: Mapping[str, str], changes_by_id: Mapping[str, str]) -> str:
    detail = error["detail"]
    if code == Reused.code:
        detail = "was imported before with other content"
    known = UUID.sub(lambda match: keys.get(match[0], match[0]), detail)
    return " ".join(filter(None, [error.get("code"), changes_by_id.get(error.get("change") or ""), known]))
