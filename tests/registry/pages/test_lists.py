"""Pages of sanctions lists: what each shows, who does what, and that hostile words stay words."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.schemes.measures import load_measures
from registry.list_versions.load import load
from registry.list_versions.submit import submit
from registry.lists.record import EntryRecord, NameRecord
from registry.models import ListLink, ListVersion, Measure, SanctionsList
from registry.tasks import load_list_version
from tests import factories, listed, marks
from tests.registry.list_versions.conftest import FIXTURES
from tests.staff import signed_in

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>\"'&"


@pytest.fixture
def corpus():
    return factories.corpus("ours", name="Our corpus")


@pytest.fixture
def people(corpus):
    cast = {role: factories.user(role) for role in ("viewer", "manager", "outsider")}
    for role in ("viewer", "manager"):
        factories.membership(corpus, cast[role], role)
    cast["superuser"] = factories.user("superuser", is_superuser=True)
    return {role: signed_in(person) for role, person in cast.items()}


@pytest.fixture
def public():
    return loaded(
        SanctionsList.objects.create(code="TEST", name="Test list", issuer="Test Authority"), FIXTURES["v1"], FIXTURES["v2"]
    )


@pytest.fixture
def own(corpus):
    return loaded(SanctionsList.objects.create(code="OURS", name="Own list", corpus=corpus), "A-1; One\n")


def loaded(sanctions_list, *texts):
    for text in texts:
        load(submit(sanctions_list, text.encode(), name="list.csv"))
    return sanctions_list


def page(client, path, status=200):
    response = client.get(path, follow=True)
    assert response.status_code == status, path
    return response.content.decode()


def test_each_list_shows_its_state(people, public, own):
    text = page(people["viewer"], "/lists/")
    assert all(words in text for words in ("Test Authority", "Own list", "own list of Our corpus", "public", "not stated", "off"))
    assert "Own list" not in page(people["outsider"], "/lists/")
    assert "Add a list" not in page(people["outsider"], "/lists/")


def test_an_own_list_is_not_there_for_others(people, own):
    for path in ("", "versions/1/", "versions/1/file/", "entries/A-1/"):
        page(people["viewer"], f"/lists/OURS/{path}")
        page(people["outsider"], f"/lists/OURS/{path}", 404)
    for path in ("upload/", "change/", "versions/1/decide/"):
        assert people["outsider"].post(f"/lists/OURS/{path}").status_code == 404
        assert people["viewer"].post(f"/lists/OURS/{path}").status_code == 403


def test_only_superusers_change_public_lists(people, public):
    assert people["manager"].post("/lists/TEST/upload/").status_code == 403
    assert "Upload a file" not in page(people["manager"], "/lists/TEST/")
    assert "Upload a file" in page(people["superuser"], "/lists/TEST/")


def test_a_list_is_added_by_a_manager_for_the_corpus_and_by_nobody_else(people, corpus):
    fields = {"code": "MINE", "name": "Mine", "issuer": "", "corpus": corpus.pk}
    assert people["manager"].post("/lists/", fields | {"corpus": ""}).status_code == 200  # only a superuser adds a public one
    assert people["outsider"].post("/lists/", fields).status_code == 403
    assert not SanctionsList.objects.exists()
    taken = people["manager"].post("/lists/", fields | {"code": "UN"})
    assert "UN is the code of a public list. Choose another code." in taken.content.decode()
    assert people["manager"].post("/lists/", fields)["Location"] == "/lists/MINE/"
    assert people["superuser"].post("/lists/", fields | {"code": "ALL", "corpus": ""})["Location"] == "/lists/ALL/"
    assert dict(SanctionsList.objects.values_list("code", "corpus__slug")) == {"MINE": "ours", "ALL": None}


def test_an_upload_waits_for_the_worker(people, own):
    file = SimpleUploadedFile("new.csv", b"A-1; One\nA-2; Two\n")
    response = people["manager"].post("/lists/OURS/upload/", {"file": file, "format": "own"})
    assert response["Location"] == "/lists/OURS/versions/2/"
    assert "loading" in page(people["manager"], "/lists/OURS/versions/2/")
    job = ProcrastinateJob.objects.get(task_name="load_list_version")
    load_list_version(**job.args)
    assert "A-2" in page(people["viewer"], "/lists/OURS/versions/2/?kind=added")
    again = people["manager"].post(
        "/lists/OURS/upload/", {"file": SimpleUploadedFile("x.csv", b"A-1; One\nA-2; Two\n")}, follow=True
    )
    assert "Already there: version 2 (current)." in again.content.decode()


def test_a_version_shows_old_and_new_names_side_by_side(people, public):
    text = page(people["viewer"], "/lists/TEST/versions/2/")
    assert "<ins>Beispiel Handel</ins>" in text
    assert "Muster Bank AG" in text
    assert "MUSTER BANK AG" in text
    assert "respelled only" in text
    assert "TEST-003" in page(people["viewer"], "/lists/TEST/versions/2/?kind=removed")
    page(people["viewer"], "/lists/TEST/versions/2/?kind=other", 404)


def test_a_held_version_names_the_reason_and_who_is_concerned(people, public, corpus):
    loaded(public, FIXTURES["v3_is_held"])
    link(corpus, "TEST-005")
    text = page(people["superuser"], "/lists/TEST/versions/3/")
    assert "3 of 4 entries of the current version are gone (75.0 %)." in text
    assert "Our corpus</a>: 1 removed or changed" in text
    assert "Our corpus" not in page(people["outsider"], "/lists/TEST/versions/3/")
    assert "Version 3 is held" in page(people["viewer"], "/lists/TEST/")
    assert people["manager"].post("/lists/TEST/versions/3/decide/", {"confirm": ""}).status_code == 403
    people["superuser"].post("/lists/TEST/versions/3/decide/", {"refuse": ""})
    assert ListVersion.objects.get(list=public, number=3).state == "refused"
    again = people["superuser"].post("/lists/TEST/versions/3/decide/", {"confirm": ""}, follow=True)
    assert "is not held" in again.content.decode()


def test_a_corpus_with_rejected_entities_alone_is_not_concerned_by_a_version(people, public, corpus):
    loaded(public, FIXTURES["v3_is_held"])
    link(corpus, "TEST-005", match="rejected")
    assert "Corpora with links" not in page(people["superuser"], "/lists/TEST/versions/3/")
    link(corpus, "TEST-005", match="possible")
    assert "Our corpus</a>: 1 removed or changed" in page(people["superuser"], "/lists/TEST/versions/3/")


def test_a_manager_confirms_an_own_version(people, own):
    loaded(own, "A-1; One\nA-2; Two\nA-3; Three\n", "A-3; Three\n")
    people["manager"].post("/lists/OURS/versions/3/decide/", {"confirm": ""})
    assert own.current().number == 3


def test_an_entry_shows_its_names_its_versions_and_the_entities_that_one_may_see(people, public, corpus):
    link(corpus, "TEST-001")
    text = page(people["viewer"], "/lists/TEST/entries/TEST-001/")
    assert all(words in text for words in ("Beispiel Handel", "2016-03-02", "KP", "not stated", "Linked here"))
    assert "Linked here" not in page(people["outsider"], "/lists/TEST/entries/TEST-001/")
    assert "not in the current version" in page(people["viewer"], "/lists/TEST/entries/TEST-003/")
    page(people["viewer"], "/lists/TEST/entries/TEST-009/", 404)


def test_rejected_entities_are_no_links_of_an_entry(people, public, corpus, monkeypatch):
    monkeypatch.setattr("registry.views.list_versions.PAGE", 1)
    address = "/lists/TEST/entries/TEST-001/"
    assert "Rejected" not in page(people["viewer"], address)
    for name in ("Another one", "Other one"):
        link(corpus, "TEST-001", match="rejected", name=name)
    linked, _, rejected = page(people["viewer"], address).partition('<h2 id="rejected">Rejected</h2>')
    assert "No linked entities in your corpora." in linked
    assert "Another one" in rejected
    link(corpus, "TEST-001", match="possible")
    linked, _, rejected = page(people["viewer"], f"{address}?rejected=2").partition('<h2 id="rejected">Rejected</h2>')
    assert ("Linked here" in linked, "ther one" in linked) == (True, False)
    assert ("Other one" in rejected, "Another one" in rejected, "Linked here" in rejected) == (True, False, False)
    assert 'href="?rejected=1"' in rejected
    outside = page(people["outsider"], address)
    assert ("Rejected" in outside, "ther one" in outside) == (False, False)


def test_names_stand_by_kind_and_script(people, own):
    loaded(own, "A-1; 김정은; alias: Ким Чен Ын; alias: Kim Jong Un; alias: 金正恩; former: Kim Jong Woon\n")
    text = page(people["manager"], "/lists/OURS/entries/A-1/")
    rows = re.findall(
        r'<tr><th scope="row"[^>]*>([^<]+)</th><td data-name="Kind">([^<]+)</td><td data-name="Script">([^<]+)<', text
    )
    assert rows == [
        ("김정은", "primary name", "Hangul"),
        ("Kim Jong Un", "alias", "Latin script"),
        ("金正恩", "alias", "Han characters"),
        ("Ким Чен Ын", "alias", "Cyrillic"),
        ("Kim Jong Woon", "former name", "Latin script"),
    ]


@pytest.mark.parametrize(
    ("code", "programmes", "expected"),
    [
        ("un", ["DPRK"], {"UN 1718 (DPRK)"}), ("eu", ["PRK"], {"EU (DPRK)"}), ("eu", ["DPRK"], set()), ("un", ["Taliban"], set()),
        ("ofac", ["DPRK3", "NPWMD"], {"US (DPRK)"}), ("ofac_csv", ["DPRK2"], {"US (DPRK)"}), ("un", [], set()),
    ],
)  # fmt: skip
def test_an_entry_shows_the_measures_of_its_programmes(people, code, programmes, expected):
    load_measures(json.loads((factories.DOMAIN / "measures.json").read_text("utf-8")))
    entry = EntryRecord("A-1", "body", (NameRecord("Example Trading Corp", "primary"),), programmes=tuple(programmes))
    listed.load("THEIRS", [entry], of_format=code)
    text = page(people["viewer"], "/lists/THEIRS/entries/A-1/")
    shown = {row.regime for row in Measure.objects.all() if f'<a href="{row.get_absolute_url()}">' in text}
    assert shown == expected


def test_a_name_in_any_spelling_finds_its_entry(people, public):
    for spelling in ("Lee Ye-je", "李例题", "exampel trading"):
        assert "/lists/TEST/entries/TEST-00" in page(people["viewer"], f"/lists/TEST/?q={spelling}"), spelling
    assert "No similar name" in page(people["viewer"], "/lists/TEST/?q=Nobody%20Whatsoever")


def test_a_refresh_needs_an_address_of_the_web(people, own):
    def posted(**fields):
        return people["manager"].post("/lists/OURS/change/", fields, follow=True).content.decode()

    assert "only URLs that start with http" in posted(address="file:///etc/passwd", minutes="1440")
    assert "Enter the address" in posted(address="", minutes="1440")
    assert "Refresh saved." in posted(address="https://example.org/list.csv", minutes="1440")
    own.refresh_from_db()
    assert (own.minutes, own.due is None) == (1440, False)
    assert "Refresh of OURS queued." in posted(look="")
    assert ProcrastinateJob.objects.filter(task_name="ask_list").count() == 1
    assert "paused" in posted(pause="")


def test_words_of_others_stay_words(people, corpus):
    own = SanctionsList.objects.create(code="BAD", name=HOSTILE, issuer=HOSTILE, licence=HOSTILE, corpus=corpus)
    first, second = (f"a/b?c#d; {HOSTILE}; alias: {HOSTILE}{number}; remarks: {HOSTILE}\n" for number in (1, 2))
    loaded(own, first.replace(";a", "; a"), second)
    assert own.current().number == 2
    for path in ("", "?q=alert", "versions/2/", "versions/2/?kind=added", "versions/1/?kind=added", "entries/a%2Fb%3Fc%23d/"):
        text = page(people["viewer"], f"/lists/BAD/{path}")
        assert "<script>alert" not in text, path
        assert "&lt;script&gt;" in text, path
    assert 'href="/lists/BAD/entries/a%2Fb%3Fc%23d/"' in page(people["viewer"], "/lists/BAD/")


def test_the_file_of_a_version_is_handed_out_and_never_shown(people, own):
    response = people["viewer"].get("/lists/OURS/versions/1/file/")
    assert (response.content, response["Content-Type"]) == (b"A-1; One\n", "application/octet-stream")
    assert response["Content-Disposition"] == 'attachment; filename="list.csv"'


def test_the_number_of_queries_does_not_grow(people, corpus):
    counts = []
    for size in (3, 40):
        own = SanctionsList.objects.create(code=f"LIST-{size}", name="List", corpus=corpus)
        loaded(
            own,
            *("".join(f"A-{line}; Name {line}; alias: {word} {line}\n" for line in range(size)) for word in ("Other", "Third")),
        )
        for match in ("confirmed", "rejected"):
            link(corpus, "A-1", own.code, match)
        paths = ("", "?q=Name", "versions/2/", "versions/1/?kind=added", "entries/A-1/")
        counts.append([queries(people["manager"], f"/lists/{own.code}/{path}") for path in paths])
    few = queries(people["manager"], "/lists/")
    for number in range(10):
        loaded(SanctionsList.objects.create(code=f"N-{number}", name="List", corpus=corpus))
    assert counts[0] == counts[1]
    assert queries(people["manager"], "/lists/") == few


def queries(client, path):
    page(client, path)  # warm what is kept in memory
    with CaptureQueriesContext(connection) as captured:
        page(client, path)
    return len(captured)


def link(corpus, ref, code="TEST", match="confirmed", name="Linked here"):
    entity = marks.described_entity(corpus, name=name)
    return ListLink.objects.create(entity=entity, list=code, entry=ref, match=match)
