"""A corpus as a stream: who may have it, of what it consists, and that it is one moment."""

import gzip
import hashlib
import io
import json
import time
import uuid
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from backports import zstd
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.api import downloads
from annotations.documents import export, stream
from annotations.documents.export import writers
from annotations.formats.files.end_record import Cut, checked
from annotations.models import Assignment, FormatMapping
from annotations.write.apply import apply_changes
from tests import factories
from tests.api.world import World, bearer, change, fragment, new, session

URL = "/api/v1/corpora/own/export/"


def lines(response):
    """The documents, without the end record."""
    assert response.status_code == 200
    *documents, end = [json.loads(line) for line in response.getvalue().decode().splitlines()]
    assert end["end"]["documents"] == len(documents)
    return documents


@pytest.fixture
def manager(own, world):
    return session(world.cast["manager"])


def test_a_line_is_one_assignment(own, manager):
    response = manager.get(URL, {"drafts": "1", "format": "native"})
    assert response["Content-Type"] == "application/x-ndjson"
    assert response["Content-Disposition"] == 'attachment; filename="own-with-drafts.jsonl"'
    assert response.streaming
    found = lines(response)
    assert {(line["annotator"], line["role"]) for line in found} >= {("annotator", "annotation"), ("reviewer", "adjudication")}
    assert all(line["format"].startswith("sanctions-gold/") for line in found)


def test_the_gold_alone(manager):
    assert [line["role"] for line in lines(manager.get(URL, {"drafts": "1", "format": "native", "gold": "1"}))] == [
        "adjudication"
    ]


def test_the_marks_of_one_person(manager):
    found = lines(manager.get(URL, {"drafts": "1", "format": "native", "annotator": "annotator"}))
    assert [line["annotator"] for line in found] == ["annotator"]
    assert lines(manager.get(URL, {"drafts": "1", "format": "native", "annotator": "nobody"})) == []


def test_an_export_holds_what_one_may_see_and_no_more(own, world):
    viewer, annotator = world.clients["viewer"], world.clients["annotator"]
    assert {line["role"] for line in lines(viewer.get(URL, {"drafts": "1", "format": "native"}))} == {"adjudication"}
    assert [line["annotator"] for line in lines(annotator.get(URL, {"drafts": "1", "format": "native"}))] == ["annotator"]


@pytest.mark.parametrize(
    "query",
    [{}, {"format": "xml"}, {"format": "native", "gold": "yes"}, {"format": "native", "annotator": "a\x00"},
     {"format": "native", "annotator": "x" * 151}, {"format": "native", "corpus": "foreign"}, {"format": ""},
     {"format": "native", "status": "done"}, {"format": "native", "after": "the last"}, {"format": "native", "derived": "yes"},
     {"format": "native", "end": "2"}, {"format": "native", "report": "all"}],
    ids=str,
)  # fmt: skip
def test_a_wrong_parameter_is_400(query, manager):
    response = manager.get(URL, query)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ({"format": "conll2003", "scheme": "io"}, "scheme should be one of iob1, iob2, ioe1, ioe2, iobes, bilou, not 'io'"),
        ({"format": "brat", "scheme": "iobes"}, "'scheme' is not an option of this format (options: none)"),
        ({"format": "spacy", "language": "e\0n"}, "language should have at most 10,000 characters"),
    ],
)
def test_what_a_format_does_not_offer_is_400(query, detail, manager):
    for address in (URL, f"{URL}losses/"):
        response = manager.get(address, query)
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
        assert response.json()["errors"] == [{"field": list(query)[1], "detail": detail}]


def test_a_format_is_asked_for_what_it_offers(manager):
    assert b"\tB-" in manager.get(URL, {"drafts": "1", "format": "conll2003", "separator": "tab"}).getvalue()
    assert b"\t" not in manager.get(URL, {"drafts": "1", "format": "conll2003", "separator": ""}).getvalue()
    whole, fewer = (
        manager.get(f"{URL}losses/", {"drafts": "1", "format": "doccano", "project": name}).json()
        for name in ("relations", "spans")
    )
    assert fewer["losses"].keys() - whole["losses"].keys(), "without relations, their loss is told"


def test_what_is_asked_for_as_lines_fails_as_a_problem(manager):
    response = manager.get(URL, {"drafts": "1", "format": "xml"}, HTTP_ACCEPT="application/x-ndjson")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert lines(manager.get(URL, {"drafts": "1", "format": "native"}, HTTP_ACCEPT="application/x-ndjson"))


def test_the_words_of_every_fragment_are_those_of_the_text(own, manager):
    for line in lines(manager.get(URL, {"drafts": "1", "format": "native"})):
        for mention in line["mentions"]:
            for part in mention["fragments"]:
                assert own.document.text[part["start"] : part["end"]] == part["quote"]


def test_what_is_submitted_alone(own, manager):
    Assignment.objects.filter(pk=own.gold.pk).update(status="submitted", submitted=timezone.now())
    assert [line["role"] for line in lines(manager.get(URL, {"drafts": "1", "format": "native", "status": "submitted"}))] == [
        "adjudication"
    ]


def test_what_follows_from_the_marks_comes_when_it_is_asked_for(manager):
    assert all("counts" not in line for line in lines(manager.get(URL, {"drafts": "1", "format": "native"})))
    assert all(
        line["counts"]["mentions"] == len(line["mentions"])
        for line in lines(manager.get(URL, {"drafts": "1", "format": "native", "derived": "1"}))
    )


@pytest.mark.parametrize("name", sorted(writers()))
def test_every_format_is_sent_and_says_what_it_came_to(name, manager):
    response = manager.get(URL, {"drafts": "1", "format": name, "report": "1"})
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    record = checked(io.BytesIO(response.getvalue()))
    assert record["documents"] == 3
    plain = manager.get(URL, {"drafts": "1", "format": name})
    assert plain.getvalue()
    assert plain["Content-Type"] == writers()[name].MEDIA_TYPE


# The end


def test_the_end_counts_what_came_before_it(manager):
    whole = manager.get(URL, {"drafts": "1", "format": "native"}).getvalue()
    record = checked(io.BytesIO(whole))
    body, _, _ = whole.rstrip(b"\n").rpartition(b"\n")
    assert record["sha256"] == hashlib.sha256(body + b"\n").hexdigest()
    assert record["bytes"] == len(body) + 1
    assert record["last"] == json.loads(body.splitlines()[-1])["id"]


def test_a_file_that_is_empty_because_all_is_drafts_says_so(own, manager):
    Assignment.objects.update(status="open", submitted=None)
    told = "3 drafts left out: drafts=1 includes drafts"
    for query in ({"format": "docx"}, {"format": "native"}, {"format": "xlsx", "report": "1"}):
        assert manager.get(URL, query)["Attest-Empty"] == told, query
    [end] = manager.get(URL, {"format": "native"}).getvalue().splitlines()
    assert json.loads(end)["end"]["empty"] == told
    for query in ({"drafts": "1"}, {"status": "submitted"}, {"after": own.gold.pk}):
        response = manager.get(URL, query | {"format": "native"})
        assert "Attest-Empty" not in response.headers, query
        assert "empty" not in json.loads(response.getvalue().splitlines()[-1])["end"], query
    Assignment.objects.filter(pk=own.gold.pk).update(status="submitted", submitted=timezone.now())
    assert "Attest-Empty" not in manager.get(URL, {"format": "native"}).headers


def test_a_file_without_an_end_on_request(manager):
    whole = manager.get(URL, {"drafts": "1", "format": "native", "end": "0"}).getvalue()
    assert b'{"end":' not in whole


def test_an_error_on_the_way_leaves_no_end(manager, monkeypatch):
    """Whatever breaks after the first document: the answer breaks off, and what was sent is not taken for whole."""
    honest = export.streamed

    def broken(rows, **options):
        yield next(honest(rows, **options))
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(export, "streamed", broken)
    for asked in ({}, {"report": "1"}, {"format": "csv"}):
        response = manager.get(URL, {"drafts": "1", "format": "native"} | asked)
        sent = []
        with pytest.raises(RuntimeError, match="the disk is gone"):
            sent.extend(response.streaming_content)
        assert sent
        assert "report" in asked or sent[-1] == export.BROKEN, "web servers end a broken answer as a whole one"
        with pytest.raises(Cut):
            checked(io.BytesIO(b"".join(sent)))


def test_a_further_export_goes_on_where_one_broke_off(manager):
    whole = lines(manager.get(URL, {"drafts": "1", "format": "native"}))
    assert len(whole) == 3
    for place, line in enumerate(whole):
        rest = lines(manager.get(URL, {"drafts": "1", "format": "native", "after": line["id"]}))
        assert [each["id"] for each in rest] == [each["id"] for each in whole[place + 1 :]]


def test_it_goes_on_after_no_assignment_that_one_may_not_see(world, own, manager):
    for stranger in (world.foreign.assignment.pk, uuid.uuid4()):
        assert manager.get(URL, {"drafts": "1", "format": "native", "after": str(stranger)}).status_code == 404
    annotator = world.clients["annotator"]
    assert annotator.get(URL, {"drafts": "1", "format": "native", "after": str(own.gold.pk)}).status_code == 404


# Before it


def test_what_a_format_loses_is_told_before(own, manager):
    found = manager.get(f"{URL}losses/", {"drafts": "1", "format": "webannotation"}).json()
    assert (found["documents"], found["of"], found["next"]) == (3, 3, None)
    assert found["losses"]
    for loss in found["losses"].values():
        assert 0 < len(loss["things"]) <= loss["count"]
    with zipfile.ZipFile(
        io.BytesIO(manager.get(URL, {"drafts": "1", "format": "webannotation", "report": "1"}).getvalue())
    ) as archive:
        report = json.loads(archive.read("report.json"))
    assert report["losses"] == found["losses"]
    assert report["end"]["losses"] == {kind: loss["count"] for kind, loss in found["losses"].items()}


def test_no_event_is_lost_where_the_format_holds_events(manager):
    found = manager.get(f"{URL}losses/", {"drafts": "1", "format": "brat"}).json()["losses"]
    assert not [kind for kind in found if "event" in kind]


def test_our_own_format_loses_nothing(manager):
    assert manager.get(f"{URL}losses/", {"drafts": "1", "format": "native"}).json()["losses"] == {}


def test_so_many_are_looked_at_at_a_time(manager, monkeypatch):
    whole = manager.get(f"{URL}losses/", {"drafts": "1", "format": "webannotation"}).json()["losses"]
    monkeypatch.setattr(downloads, "LOOKED_AT", 1)
    counts, after, left = Counter(), {}, []
    while True:
        found = manager.get(f"{URL}losses/", {"drafts": "1", "format": "webannotation"} | after).json()
        counts.update({kind: loss["count"] for kind, loss in found["losses"].items()})
        left.append(found["of"])
        if not found["next"]:
            break
        after = {"after": found["next"]}
    assert left == [3, 2, 1]
    assert counts == {kind: loss["count"] for kind, loss in whole.items()}


def test_looking_asks_as_often_for_one_as_for_many(own, world, manager):
    counts = []
    for _ in range(2):
        manager.get(f"{URL}losses/", {"drafts": "1", "format": "webannotation"})
        with CaptureQueriesContext(connection) as queries:
            manager.get(f"{URL}losses/", {"drafts": "1", "format": "webannotation"})
        counts.append(len(queries))
        for _ in range(5):
            factories.assignment(factories.document("More of it.", corpus=own.corpus), world.cast["annotator"])
    assert counts[0] == counts[1]


def test_labels_are_called_as_the_corpus_says(own, manager):
    FormatMapping.objects.create(corpus=own.corpus, format="webannotation", words={"marks": [["Head count", "FIGURE.PEOPLE"]]})
    assert b"Head count" in manager.get(URL, {"drafts": "1", "format": "webannotation"}).getvalue()


# On the way


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("gzip, zstd", "zstd"),
        ("zstd;q=0.1, gzip", "gzip"),
        ("br", None),
        ("gzip;q=0", None),
        ("gzip;q=x", None),
    ],
)
def test_it_is_squeezed_as_the_client_likes_it(accepted, coding, manager):
    plain = manager.get(URL, {"drafts": "1", "format": "native"}).getvalue()
    response = manager.get(URL, {"drafts": "1", "format": "native"}, headers={"accept-encoding": accepted})
    assert response.get("Content-Encoding") == coding
    assert "Accept-Encoding" in response["Vary"]
    opened = {"gzip": gzip.decompress, "zstd": zstd.decompress, None: bytes}[coding](response.getvalue())
    assert opened.splitlines()[:-1] == plain.splitlines()[:-1]


@pytest.mark.parametrize("connections_of_it", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_an_export_is_one_moment_while_others_write(connections_of_it, monkeypatch):
    """A writer moves one mark from the first assignment to the second and back, always one in all.

    Each line is read on its own; were it not one snapshot, some export would see none or two.
    """
    monkeypatch.setattr(stream, "FEW", 0 if connections_of_it == 2 else 1_000)
    world = World()
    own = world.own
    Assignment.objects.filter(pk=own.gold.pk).update(status="open", submitted=None)
    words = [fragment(own.document.text, "45,000 RMB")]
    exporter = bearer(world.cast["manager"], "export")
    stop = []

    def write():
        here, there, at = own.assignment, own.gold, None
        try:
            while not stop:
                with transaction.atomic():
                    if at:
                        apply_changes(here, here.annotator, revision(here), [change("delete", "span", {"id": at})])
                    at = new()
                    item = {"id": at, "layer": "FIGURE", "label": "MONEY", "fragments": words}
                    apply_changes(there, there.annotator, revision(there), [change("create", "span", item)])
                here, there = there, here
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        moving = pool.submit(write)
        counts = []
        try:
            while revision(own.gold) == 1 and not moving.done():
                time.sleep(0.01)
            while len(counts) < 15:
                found = lines(exporter.get(URL, {"drafts": "1", "format": "native"}))
                counts.append(sum(m["quote"] == "45,000 RMB" for line in found for m in line["mentions"]))
        finally:
            stop.append(True)
        moving.result()
    assert set(counts) == {1}
    assert revision(own.assignment) > 3, "the writer wrote"


def revision(assignment):
    return Assignment.objects.values_list("revision", flat=True).get(pk=assignment.pk)
