"""Who meets whom in tests of the admin: an administrator, staff with a role in one corpus, and a corpus of others."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import everything, factories
from tests.fixtures.standing import Standing


def address(model: Any, page: str, *args: Any, **query: Any) -> str:
    """Of the admin's page for a table: "changelist", "add", "change", "delete", "history"."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
    return reverse(name, args=args, query=query or None)


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def form_of(response: Any) -> dict[str, Any]:
    """What a browser would send back for the form of a page that nobody touched."""
    admin_form = response.context["adminform"].form
    sent = field_values(admin_form)
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        sent |= field_values(formset.management_form)
        for form in formset.initial_forms:
            sent |= field_values(form)
    return sent


def field_values(form: Any) -> dict[str, Any]:
    found = {}
    for field in form:
        value = field.value()
        if callable(value):
            value = value()
        if value is None or value is False:
            continue
        if hasattr(field.field.widget, "decompress") and field.field.widget.__class__.__name__.startswith("AdminSplit"):
            day, time = field.field.widget.decompress(value)
            found |= {f"{field.html_name}_0": str(day), f"{field.html_name}_1": time.strftime("%H:%M:%S")}
            continue
        found[field.html_name] = value
    return found


def texts_of(response: Any) -> str:
    return response.content.decode()


def fill():
    return everything.one_of_each(factories.corpus("ours", name="Our corpus"))


def hide():
    corpus = factories.corpus("hidden-slug", name="Hidden name")
    everything.one_of_each(corpus)
    return corpus


HERE = Path(__file__).parent
BOTH = Standing("both", HERE / "annotations" / "admin", lambda: (fill(), hide()))
FILLED = Standing("filled", HERE, fill)
THEIRS = Standing("theirs", HERE, hide)


@pytest.fixture
def filled(db):
    """Ours with a row in every table: the assignment that has the marks. It stays from test to test."""
    if BOTH.stands:
        return deepcopy(BOTH.made[0])
    return deepcopy(FILLED.made) if FILLED.stands else fill()


@pytest.fixture
def ours(request, db):
    if "filled" in request.fixturenames:
        return request.getfixturevalue("filled").document.article.corpus
    return factories.corpus("ours", name="Our corpus")


@pytest.fixture
def theirs(db):
    """A corpus of other people, with a row in every table; its name and slug must be seen nowhere."""
    if BOTH.stands:
        return deepcopy(BOTH.made[1])
    return deepcopy(THEIRS.made) if THEIRS.stands else hide()


@pytest.fixture
def administrator(db):
    return factories.user("administrator", is_staff=True, is_superuser=True)


@pytest.fixture
def manager(ours):
    person = factories.user("manager", is_staff=True)
    factories.membership(ours, person, "manager")
    return person


@pytest.fixture
def viewer(ours):
    person = factories.user("viewer", is_staff=True)
    factories.membership(ours, person, "viewer")
    return person


@pytest.fixture
def as_administrator(administrator):
    return signed_in(administrator)


@pytest.fixture
def as_manager(manager):
    return signed_in(manager)


@pytest.fixture
def as_viewer(viewer):
    return signed_in(viewer)
