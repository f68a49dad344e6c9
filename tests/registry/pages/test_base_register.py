"""The pages of the shared register, and what the page of an entity shows of its link to it and of its names."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.schemes.base_register import load_base_register
from config.environment import ROOT
from registry.models import EntityName
from tests import factories, marks

BODY = json.loads((ROOT / "domain" / "base_register.json").read_text("utf-8"))


@pytest.fixture
def reviewer(db, client):
    person = factories.user("reviewer")
    client.force_login(person)
    return person


@pytest.fixture
def corpus(reviewer):
    made = factories.corpus("reports")
    factories.membership(made, reviewer, "reviewer")
    return made


@pytest.fixture
def register(db):
    wanted = {"iso-cn", "iso-kp", "iso-us", "eu", "kcna"}
    load_base_register(BODY | {"entities": [entry for entry in BODY["entities"] if entry["code"] in wanted]})


@pytest.fixture
def read(client, reviewer):
    def page(address):
        response = client.get(address)
        assert response.status_code == 200, address
        return " ".join(response.content.decode().split())

    return page


def test_the_register_is_listed_and_found_by_any_name(register, read):
    assert "5 entries" in read("/shared-register/")
    assert "1 matching entry" in read("/shared-register/?q=chinese")
    assert "KCNA" in read("/shared-register/?q=조선중앙통신")
    assert "Korean Central News Agency" in read("/shared-register/?type=MEDIA")
    assert "No matching entries" in read("/shared-register/?q=%00nowhere")


def test_an_empty_installation_says_how_to_load_it(read):
    assert "manage.py load_base_register" in read("/shared-register/")


def test_an_entry_shows_its_names_with_kind_script_and_language_and_where_they_are_from(register, read):
    page = read("/shared-register/iso-kp/")
    assert (
        '<th scope="row" dir="auto">조선</th><td data-name="Kind">name in its own language</td><td data-name="Script">Hangul</td>'
        in page
    )
    assert "ISO 3166-1 alpha-2 codes" in page
    assert "CC0 1.0" in page
    assert "None in your corpora" in page


def test_only_entities_of_ones_own_corpora_are_shown_as_linked(register, corpus, read):
    marks.entity(corpus, "China in mine", same_as_id="iso-cn")
    marks.entity(factories.corpus("foreign"), "China in theirs", same_as_id="iso-cn")
    page = read("/shared-register/iso-cn/")
    assert "Linked entities (1)" in page
    assert "China in mine" in page
    assert "theirs" not in page


def test_nobody_reads_it_without_signing_in(client, register):
    assert client.get("/shared-register/").status_code == 302
    assert client.get("/shared-register/iso-cn/").status_code == 302


def test_an_unknown_entry_is_not_found(register, client, reviewer):
    assert client.get("/shared-register/iso-zz/").status_code == 404


def test_the_page_of_an_entity_shows_the_entry_with_source_and_licence_and_its_names_with_kind_and_script(register, corpus, read):
    entity = marks.entity(corpus, "China", same_as_id="iso-cn")
    EntityName.objects.create(entity=entity, position=0, name="중국", kind="transliteration")
    EntityName.objects.create(entity=entity, position=1, name="中華")
    page = read(f"/entities/{entity.pk}/")
    assert '<a href="/shared-register/iso-cn/" dir="auto">China</a>' in page
    assert "Licence: ISO 3166-1 alpha-2 codes: codes may be used free of charge" in page
    assert '<bdi>중국</bdi> <span class="muted">transliteration · Hangul</span>' in page
    assert '<bdi>中華</bdi> <span class="muted">kind not stated · Han characters</span>' in page


def test_entities_are_found_by_names_of_the_register_and_by_their_sound(register, corpus, read):
    marks.entity(corpus, "PRC", type="TERRITORY", same_as_id="iso-cn")
    marks.entity(corpus, "Kim Jong Un", type="PERSON")
    assert "1 matching" in (page := read("/corpora/reports/entities/?q=chinese"))
    assert ">PRC<" in page
    assert ">Kim Jong Un<" in read("/corpora/reports/entities/?q=김정은")


def test_as_many_queries_however_many_rows(read):
    def queries(entities):
        load_base_register(BODY | {"entities": entities})
        read("/shared-register/")
        with CaptureQueriesContext(connection) as captured:
            read("/shared-register/")
        return len(captured)

    assert queries(BODY["entities"][:2]) == queries(BODY["entities"][:60])
