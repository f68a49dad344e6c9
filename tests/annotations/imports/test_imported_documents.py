"""A document that a file brings is one row of the change log. Whoever reads the log meets each of its changes, and is told when one was altered."""

import copy
import io
import json
import threading
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.documents.build import document as exported
from annotations.formats.files import strict_json
from annotations.imports.load import ImportTarget, load_file
from annotations.models import Assignment, Change, LoggedChange, Span
from annotations.write.apply import apply_changes
from annotations.write.errors import Reused
from annotations.write.inverse import inverse
from benchmarks import workload
from corpus.models import EvidenceLog
from tests import factories
from tests.annotations.conftest import change
from tests.api.world import session

pytestmark = pytest.mark.django_db
OBJECTS = 59  # 40 marks, 10 events, 9 links


@pytest.fixture
def bodies():
    return list(workload.articles(2, writer=workload.EventWriter))


@pytest.fixture
def load(scheme, corpus, annotator):
    factories.membership(corpus, annotator, "annotator")

    def run(*some):
        lines = b"".join(json.dumps(each).encode() + b"\n" for each in some)
        report = load_file(
            ImportTarget(corpus, annotator, lambda body: annotator), strict_json.values(io.BytesIO(lines), "marks")
        )
        assert report.errors == []
        return report

    return run


@pytest.fixture
def loaded(load, bodies):
    load(*bodies)
    return list(Assignment.objects.order_by("created", "pk"))


def faults(capsys):
    capsys.readouterr()
    try:
        call_command("check_integrity")
    except CommandError:
        return capsys.readouterr().err
    return ""


def plant(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE annotations_change DISABLE TRIGGER USER")
        cursor.execute(sql, values)


# Stored


def test_a_document_is_one_row_behind_those_of_the_entities_that_it_brings(loaded):
    rows = Change.objects.filter(assignment=loaded[0])
    assert [row.op for row in rows][-2:] == ["create", "import"]
    assert set(rows.filter(op="create").values_list("kind", flat=True)) == {"entity"}
    row = rows.get(op="import")
    assert (row.kind, row.after, row.object_id) == ("document", {"event": 10, "span": 40, "link": 9}, loaded[0].pk)


def test_each_of_its_changes_is_in_the_log_with_the_object_as_it_is_stored(loaded):
    whole = exported(loaded[0])
    log = LoggedChange.objects.filter(assignment=loaded[0])
    for kind, array in (("span", "mentions"), ("event", "events"), ("link", "relations")):
        stored = {item["id"]: item for item in whole[array]}
        logged = {str(row.object_id): row.after for row in log.filter(kind=kind)}
        assert logged.keys() == stored.keys()
        assert all(stored[pk].items() >= {"id": pk, "revision": 1}.items() for pk in logged)
    assert [row.position for row in log] == list(range(log.count()))


def test_its_changes_have_numbers_of_their_own_without_a_gap(loaded):
    for assignment in loaded:
        row = Change.objects.get(assignment=assignment, op="import")
        numbers = list(LoggedChange.objects.filter(stored_at=row.number).order_by("position").values_list("number", flat=True))
        assert numbers == list(range(row.number, row.number + OBJECTS))
    numbers = list(LoggedChange.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers))


def test_nobody_elses_number_lies_among_those_of_a_document(db):
    """Somebody draws numbers all the while."""
    others, is_over = set(), threading.Event()

    def draw():
        with connection.cursor() as cursor:
            while not is_over.is_set():
                cursor.execute("SELECT nextval('annotations_change_number')")
                others.add(cursor.fetchone()[0])
        connection.close()

    thread = threading.Thread(target=draw)
    thread.start()
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE drawn (number bigint, after jsonb)")
            cursor.execute("CREATE TRIGGER drawn BEFORE INSERT ON drawn FOR EACH ROW EXECUTE FUNCTION attest_number_import()")
            firsts: list[int] = []
            while len(others) <= 10 and thread.is_alive():
                cursor.execute(
                    """INSERT INTO drawn (after) SELECT '{"span": 150, "link": 50}' FROM generate_series(1, 300) RETURNING number"""
                )
                firsts += [number for (number,) in cursor.fetchall()]
    finally:
        is_over.set()
        thread.join()
    own = {number for first in firsts for number in range(first, first + 200)}
    assert len(others) > 10
    assert len(own) == len(firsts) * 200
    assert not own & others


# Read


def test_the_history_of_a_mark_begins_with_the_document_that_brought_it(loaded, annotator):
    mark = Span.objects.filter(assignment=loaded[0], kind="actor").last()
    apply_changes(
        loaded[0], annotator, 1, [change("update", "span", {"id": str(mark.pk), "attributes": {"mention_type": "NOM"}})]
    )
    history = LoggedChange.objects.filter(assignment=loaded[0], object_id=mark.pk)
    assert [(row.op, row.revision) for row in history] == [("create", 1), ("update", 2)]
    assert history[0].after == history[1].before


def test_who_follows_the_log_meets_each_change_once(loaded, annotator):
    client, seen, since = session(annotator), [], 0
    while results := (body := client.get("/api/v1/changes/", {"since": since, "limit": 25}).json())["results"]:
        assert len(results) <= 25
        seen += results
        since = body["upto"]
    expected = list(LoggedChange.objects.order_by("number").values_list("pk", flat=True))
    assert [row["id"] for row in seen] == [str(pk) for pk in expected]
    assert {row["op"] for row in seen} == {"create"}
    assert [row["number"] for row in seen] == sorted(row["number"] for row in seen)


def test_who_follows_the_links_to_the_next_page_meets_the_same(loaded, annotator):
    client, seen, address = session(annotator), [], "/api/v1/changes/?limit=40&kind=link"
    while address:
        body = client.get(address).json()
        seen += [row["id"] for row in body["results"]]
        address = body["next"]
    links = LoggedChange.objects.filter(kind="link").order_by("number").values_list("pk", flat=True)
    assert seen == [str(pk) for pk in links]
    assert len(seen) == 18


def test_a_page_of_the_log_looks_only_into_the_documents_that_it_shows(load, annotator, corpus):
    load(*workload.articles(30))
    client = session(annotator)
    with CaptureQueriesContext(connection) as queries:
        client.get("/api/v1/changes/", {"limit": 50})
    (looked,) = [each["sql"] for each in queries if "annotations_loggedchange" in each["sql"]]
    assert looked.split("stored_at")[-1].count(",") < 30
    with CaptureQueriesContext(connection) as all_of_it:
        client.get("/api/v1/changes/", {"limit": 500})
    assert len(all_of_it) <= len(queries) + 2


def test_nobody_else_meets_them(loaded):
    stranger = session(factories.user("stranger"))
    assert stranger.get("/api/v1/changes/").json()["results"] == []


def test_the_log_of_an_assignment_has_them_in_pages(loaded, annotator):
    client, address = session(annotator), f"/api/v1/assignments/{loaded[0].pk}/changes/?limit=30"
    seen = []
    while address:
        body = client.get(address).json()
        seen += [(row["id"], row["object"]["id"], row["op"], row["user"]) for row in body["results"]]
        address = body["next"]
    log = LoggedChange.objects.filter(assignment=loaded[0])
    assert seen == [(str(row.pk), str(row.object_id), "create", "annotator") for row in log]


# Sent again, and undone


def test_the_same_file_again_changes_nothing(load, loaded, bodies):
    before = set(Change.objects.values_list("pk", flat=True))
    assert load(*bodies).line() == "nothing to do: everything was already imported"
    assert set(Change.objects.values_list("pk", flat=True)) == before


def test_what_a_file_has_more_is_written_and_the_rest_is_present(load, loaded, bodies):
    more = copy.deepcopy(bodies[0])
    more["mentions"].append(more["mentions"][-1] | {"id": "X1"})
    report = load(more)
    assert (dict(report.written), report.present) == ({"span": 1}, OBJECTS)
    assert Change.objects.filter(assignment=loaded[0], revision=2).get().op == "create"


def test_an_id_of_an_imported_change_is_not_taken_for_another_one(loaded, annotator):
    used = LoggedChange.objects.filter(assignment=loaded[0], kind="span").first()
    other = change("create", "note", {"id": str(uuid.uuid4()), "text": "Something else."}) | {"id": str(used.pk)}
    for assignment in loaded:
        with pytest.raises(Reused):
            apply_changes(assignment, annotator, 1, [other])


def test_a_save_looks_into_documents_only_for_ids_that_a_file_can_have_brought(loaded, annotator):
    note = change("create", "note", {"id": str(uuid.uuid4()), "text": "The year is inferred."})
    with CaptureQueriesContext(connection) as queries:
        apply_changes(loaded[0], annotator, 1, [note])
    assert not [each for each in queries if "importedchange" in each["sql"]]


def test_an_import_is_undone_by_its_inverse_and_brought_back(loaded, annotator):
    before = exported(loaded[0])
    assignment = loaded[0]
    apply_changes(assignment, annotator, 1, inverse(Change.objects.filter(assignment=assignment, op="import")))
    assert not Span.objects.filter(assignment=assignment).exists()
    assert Span.objects.filter(assignment=loaded[1]).exists()
    apply_changes(assignment, annotator, 2, inverse(Change.objects.filter(assignment=assignment, revision=2)))
    again = exported(assignment)
    assert {item["id"] for item in again["mentions"]} == {item["id"] for item in before["mentions"]}
    assert len(again["relations"]) == len(before["relations"]) == 9


# Checked


def test_documents_that_nobody_touched_have_no_fault(loaded, capsys):
    assert faults(capsys) == ""


TAMPERED = {
    "words of a mark in the log": "UPDATE annotations_change SET imported = replace(imported, 'Kim Chol 0', 'Kim Chol 9') WHERE op = 'import'",
    "a change taken out of the document": "UPDATE annotations_change SET imported = (imported::jsonb - 3)::text WHERE op = 'import'",
    "how many objects there are": "UPDATE annotations_change SET after = '{\"span\": 59}' WHERE op = 'import'",
    "who imported it": "UPDATE annotations_change SET digest = repeat('0', 64) WHERE op = 'import'",
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_document_that_was_altered_in_the_log_is_found(loaded, capsys, name):
    plant(TAMPERED[name])
    assert "does not match the hash chain" in faults(capsys)


def test_a_mark_that_says_something_else_than_the_document_is_found(loaded, capsys):
    mark = Span.objects.filter(assignment=loaded[0], kind="actor").last()
    Span.objects.filter(pk=mark.pk).update(mention_type="PRO")
    message = faults(capsys)
    assert str(mark.pk) in message
    assert "mention_type" in message


def test_a_mark_that_is_gone_without_a_change_is_found(loaded, capsys):
    event = Span.objects.filter(assignment=loaded[0], kind="event").last()
    plant("DELETE FROM annotations_span WHERE id = %s", event.pk)
    assert "it does not exist, but was not deleted according to the log" in faults(capsys)


def test_a_mark_that_came_past_the_log_is_found(loaded, capsys):
    row = Span.objects.filter(assignment=loaded[0], kind="event").last()
    row.pk, row.key = uuid.uuid4(), "copy"
    row.save(force_insert=True)
    assert "it exists, but is not in the log" in faults(capsys)


def test_the_evidence_log_has_an_entry_for_the_import(loaded):
    entry = EvidenceLog.objects.get(chain=f"assignment/{loaded[1].pk}", kind="changes")
    assert entry.state["changes"] == Change.objects.filter(assignment=loaded[1]).count()


# In the admin


@pytest.fixture
def administrator(client):
    client.force_login(factories.user("root", is_staff=True, is_superuser=True))
    return client


def listed(client, **query):
    return client.get(reverse("admin:annotations_change_changelist"), query).content.decode()


def test_the_admin_lists_the_document_and_what_it_created(loaded, administrator):
    page = listed(administrator, op="import")
    assert page.count("40 marks, 10 events, 9 links") == 2


def test_the_admin_finds_the_document_by_the_id_of_a_mark(loaded, administrator):
    mark = Span.objects.filter(assignment=loaded[1]).first()
    row = Change.objects.get(assignment=loaded[1], op="import")
    page = listed(administrator, q=str(mark.pk))
    assert str(row.pk) in page
    assert str(Change.objects.get(assignment=loaded[0], op="import").pk) not in page
    history = administrator.get(reverse("admin:annotations_span_history", args=[mark.pk]), follow=True)
    assert str(row.pk) in history.content.decode()


def test_the_page_of_the_document_shows_its_objects(loaded, administrator):
    mark = Span.objects.filter(assignment=loaded[1]).first()
    row = Change.objects.get(assignment=loaded[1], op="import")
    page = administrator.get(reverse("admin:annotations_change_change", args=[row.pk])).content.decode()
    assert str(mark.pk) in page


def test_the_list_does_not_read_the_documents(loaded, administrator):
    with CaptureQueriesContext(connection) as queries:
        listed(administrator)
    assert not [each for each in queries if '"imported"' in each["sql"]]
