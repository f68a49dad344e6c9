"""Every table of the admin has a list, a page for a row, a download and a group, and no list asks for each row."""

import csv
import io
from itertools import product

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.admin import GROUPS
from corpus.accounts import sessions
from questions.models import Judgement, SavedQuestion, SeenState
from registry.models import ListedNameKey
from tests import everything, factories
from tests.staff import signed_in

TABLES = sorted(admin.site._registry, key=lambda model: model._meta.label)
MOST_QUERIES = 12


@pytest.fixture
def superuser(db):
    return factories.user("administrator", is_staff=True, is_superuser=True)


@pytest.fixture
def administration(client, superuser):
    client.force_login(superuser)
    return client


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def queries(client, url):
    connection.queries_log.clear()  # it forgets from its front when it is full, and would miscount
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, url
    return [query["sql"] for query in captured.captured_queries]


def test_every_table_of_ours_is_in_the_admin():
    from django.apps import apps

    ours = {
        model
        for app in ("corpus", "registry", "annotations")
        for model in apps.get_app_config(app).get_models()
        if model._meta.managed and model is not ListedNameKey  # Django's admin takes no key of two columns, and it has no words
    }
    ours |= {SavedQuestion, SeenState, Judgement}  # the rest of the questions is an index
    assert ours - set(TABLES) == set()


def test_every_table_stands_in_one_group():
    grouped = " ".join(f"{group.tables} {group.parts}" for group in GROUPS).split()
    assert sorted(grouped) == sorted(f"{model._meta.app_label}.{model.__name__}" for model in TABLES)


def test_no_list_asks_the_database_for_each_row(db, monkeypatch):
    """Counted with one row and with six, for an administrator and for a manager: equal, and few."""
    monkeypatch.setattr(sessions, "NOTED_EVERY_SECONDS", 3600)  # a session is written now and then, whatever is asked for
    people = [factories.user(name, is_staff=True, is_superuser=name == "administrator") for name in ("administrator", "manager")]
    clients = {person: signed_in(person) for person in people}
    counts = {}
    for size in (1, 5):
        for corpus, person in product(everything.fill(size), people):
            factories.membership(corpus, person, "manager")
        analyse()
        for person, model in product(people, TABLES):
            if admin.site._registry[model].has_view_permission(request_of(person)):
                page = address(model, "changelist")
                if size == 1:
                    clients[person].get(page)  # warm what is kept in memory: content types, templates
                counts.setdefault(f"{model._meta.label} for {person}", []).append(queries(clients[person], page))
    assert {label.rpartition(" ")[2] for label in counts} == {"administrator", "manager"}
    grown = {label: extra(one, six) for label, (one, six) in counts.items() if len(one) != len(without_keys(six))}
    many = {label: len(six) for label, (_, six) in counts.items() if len(six) > MOST_QUERIES}
    assert (grown, many) == ({}, {})


def without_keys(statements):
    """A list of several pages is asked for the keys of one of them first; a list of one page is read as it is."""
    keys = [sql for sql in statements if ' AS "pk" FROM' in sql.partition(" WHERE ")[0]]
    assert len(keys) <= 1
    return [sql for sql in statements if sql not in keys]


def analyse():
    """What the server does by itself after a while: without it, PostgreSQL plans for tables that it takes to be empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def request_of(person):
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.user = person
    return request


def extra(one, six):
    seen = {sql[:120] for sql in one}
    return [sql for sql in six if sql[:120] not in seen][:3] or six[-3:]


def test_every_row_has_a_page_and_a_history(administration, db):
    everything.fill(1)
    for model in TABLES:
        row = model._base_manager.first()
        assert row is not None, model
        for page in ("change", "history"):
            response = administration.get(address(model, page, row.pk), follow=True)
            assert response.status_code == 200, (model, page)
        assert administration.get(address(model, "changelist") + "?q=x").status_code == 200, model


def test_every_list_downloads_its_selection_with_the_columns_shown_and_more(administration, db):
    everything.fill(2)
    for model in TABLES:
        rows = list(model._base_manager.all())
        data = {"action": "download_csv", "_selected_action": [row.pk for row in rows[:1000]]}
        response = administration.post(address(model, "changelist"), data)
        assert response.status_code == 200, model
        assert response["Content-Type"].startswith("text/csv"), model
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        header, *lines = csv.reader(io.StringIO(text))
        assert len(lines) == len(rows[:1000]), model
        assert len(header) >= len(admin.site._registry[model].list_display) - 1, model
