"""The core scheme in a test's database: loaded and compiled once in a process, later written as the rows that the loading made.

Loading takes half a second and some 400 statements, and a thousand tests want a scheme. The rows come with the keys that they had:
a sequence never gives one twice, so no other row has them. A test that edits rows saves the scheme after it, as the admin does: from
then on it is another one, and compiled anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

import pytest
from django.db import connection

from annotations.models import Attribute, Choice, Label, Layer, Role, Rule, Scheme
from annotations.schemes import stored
from annotations.schemes.stored import Compiled, load_scheme
from config.environment import ROOT
from registry.models import Measure, Paragraph

FILE = ROOT / "domain" / "scheme.json"
TABLES = [model._meta.db_table for model in (Measure, Paragraph, Scheme, Layer, Label, Attribute, Choice, Role, Rule)]
READ = "SELECT {}".format(", ".join(f"(SELECT json_agg(one) FROM {table} AS one)::text" for table in TABLES))
INSERT = "{0} AS (INSERT INTO {0} SELECT one.* FROM json_populate_recordset(NULL::{0}, %s) AS one)"
WRITE = "WITH {} SELECT".format(", ".join(INSERT.format(table) for table in TABLES))
ROWS: list[str] = []  # of each table, as JSON, when they were loaded once


class Written:
    """What the rows are compiled to, and which scheme has them as they were."""

    compiled: ClassVar[Compiled]
    scheme: ClassVar[tuple[int, datetime] | None] = None


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    compile_rows = stored._compiled
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stored, "_compiled", lambda *key: Written.compiled if key == Written.scheme else compile_rows(*key))
        yield


def core() -> Scheme:
    if Measure.objects.exists():
        return load_scheme(json.loads(FILE.read_text("utf-8"))).scheme  # which leaves these as they are
    with connection.cursor() as cursor:
        if ROWS:
            cursor.execute(WRITE, ROWS)
        else:
            load_scheme(json.loads(FILE.read_text("utf-8")))
            cursor.execute(READ)
            ROWS.extend(cursor.fetchone())
            Written.compiled = stored.compiled(Scheme.objects.defer("body").get())
    scheme = Scheme.objects.defer("body").get()
    scheme.save(update_fields=["loaded"])  # so that nothing that was kept of the last one is taken for this one's
    Written.scheme = scheme.pk, scheme.loaded
    return scheme
