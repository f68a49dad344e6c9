"""Sanctions lists in the admin: read by those who see them, changed by those who manage them, found by any spelling."""

import pytest

from registry.list_versions.load import load
from registry.list_versions.submit import submit
from registry.models import ListedName, ListEntry, ListVersion, SanctionsList
from tests.registry.list_versions.conftest import FIXTURES
from tests.staff import address, form_of, texts_of


@pytest.fixture
def public(db):
    sanctions_list = SanctionsList.objects.create(code="TEST", name="Public list")
    load(submit(sanctions_list, FIXTURES["v1"].encode()))
    return sanctions_list


def test_staff_read_public_lists_and_own_ones(public, ours, theirs, as_viewer):
    SanctionsList.objects.create(code="OURS", name="Own list", corpus=ours)
    text = texts_of(as_viewer.get(address(SanctionsList, "changelist")))
    assert ("Public list" in text, "Own list" in text, "List of Hidden name" in text) == (True, True, False)
    row = as_viewer.get(address(SanctionsList, "change", public.pk))
    assert 'name="_save"' not in texts_of(row)


@pytest.mark.parametrize("spelling", ["Lee Ye-je", "李例题", "TEST-002"])
def test_an_entry_is_found_by_its_reference_and_by_any_spelling(public, as_viewer, spelling):
    text = texts_of(as_viewer.get(address(ListEntry, "changelist", q=spelling)))
    assert "TEST-002" in text
    assert "TEST-003" not in text


@pytest.mark.parametrize(
    ("spelling", "names"), [("Lee Ye-je", {"Ri Ye Je"}), ("TEST-003", {"TEST-003"}), ("nobody at all", set())]
)
def test_a_name_is_found_by_its_reference_and_by_any_spelling(public, theirs, as_viewer, spelling, names):
    rows = as_viewer.get(address(ListedName, "changelist", q=spelling)).context["cl"].queryset
    assert names <= {row.text for row in rows} | {row.entry.ref for row in rows}
    assert bool(rows) == bool(names)


def test_versions_and_entries_are_only_shown(public, as_administrator):
    for model in (ListVersion, ListEntry):
        row = model.objects.first()
        assert as_administrator.get(address(model, "add")).status_code == 403
        assert as_administrator.post(address(model, "change", row.pk), {}).status_code == 403
        assert as_administrator.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def test_a_manager_adds_a_list_of_the_corpus_and_no_public_one(ours, as_manager, as_administrator):
    form = form_of(as_manager.get(address(SanctionsList, "add"))) | {"code": "MINE", "name": "Mine"}
    assert "This field is required" in texts_of(as_manager.post(address(SanctionsList, "add"), form | {"corpus": ""}))
    assert as_manager.post(address(SanctionsList, "add"), form | {"corpus": ours.pk}).status_code == 302
    as_administrator.post(address(SanctionsList, "add"), form | {"code": "ALL", "corpus": ""})
    assert dict(SanctionsList.objects.values_list("code", "corpus__slug")) == {"MINE": "ours", "ALL": None}


def test_a_list_with_an_address_and_a_period_is_due(public, as_administrator):
    page = address(SanctionsList, "change", public.pk)
    form = form_of(as_administrator.get(page)) | {"address": "https://example.org/list.xml", "minutes": "1440"}
    assert as_administrator.post(page, form).status_code == 302
    public.refresh_from_db()
    assert public.due is not None
