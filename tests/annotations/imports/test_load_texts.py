"""Files that carry their texts: articles are made of them, many at once, and each document is all or nothing."""

import copy
import hashlib
import io
import json

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.assign import open_for
from annotations.formats.files import strict_json
from annotations.imports.annotators import Annotators, username
from annotations.imports.load import ImportTarget, Report, arriving
from annotations.models import Assignment, Change, LoggedChange, Span
from benchmarks import workload
from corpus.models import Article, Document, Intake, IntakeItem, Sketch
from corpus.near_duplicates.duplicates import set_all_apart
from tests import factories
from tests.native_by_hand import native
from tests.native_diff import compare

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]
GOLD = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))
TEXT = (factories.DOMAIN / "gold_seed.txt").read_bytes().decode()


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def body(text, *quotes, **facts):
    """A native document with its text, in which some words are actors."""
    marks = []
    for number, quote in enumerate(quotes, 1):
        start = text.index(quote)
        place = {"start": start, "end": start + len(quote), "quote": quote}
        marks.append({"id": f"A{number}", "layer": "ACTOR", "label": "PERSON", "fragments": [place]})
    head = {"format": GOLD["format"], "scheme": GOLD["scheme"], "text": text}
    return head | {"document": facts, "mentions": marks}


@pytest.fixture
def load(scheme, corpus, annotator):
    """Load documents, one a line; the report."""

    def run(*bodies, into=None, whose=None, role="annotation"):
        lines = b"".join(json.dumps(each).encode() + b"\n" for each in bodies)
        door = ImportTarget(into or corpus, annotator, whose or (lambda document: annotator), role)
        report = Report()
        for arrival in arriving(door, strict_json.values(io.BytesIO(lines), "marks")):
            report.tell(arrival)
        return report

    return run


# Texts


def test_a_text_that_is_not_here_makes_an_article_and_not_a_character_of_it_changes(load):
    text = "\ufeffKim left.\r\n\r\n  Pak 💩 stayed\u00a0on.\x0c"
    facts = {"title": "Two men", "url": "https://a.example/1", "language": "en", "key": "a-1", "outlet": "Example Wire"}
    published = {"edtf": "2017-09", "earliest": "2017-09-01", "latest": "2017-09-30", "basis": "stated"}
    report = load(body(text, "Kim", "Pak", **facts, published=published))
    assert report.line() == "1 article, 2 marks"
    stored = Document.objects.get()
    assert (stored.text, bytes(stored.raw.content)) == (text, text.encode())
    assert [(row.start, row.end) for row in stored.segments.all()] == [(0, 10), (14, len(text))]
    article = stored.article
    assert (article.title, article.key, article.language, article.url) == ("Two men", "a-1", "en", "")
    assert (article.claimed_url, article.claimed_by) == ("https://a.example/1", "the file of marks marks, line 1")
    assert (article.outlet_basis, stored.retrieved_from) == ("stated by annotator", "marks, line 1")
    assert (article.outlet.name, article.published_edtf, str(article.published_latest)) == (
        "Example Wire",
        "2017-09",
        "2017-09-30",
    )
    assert [span.quote for span in Span.objects.order_by("start")] == ["Kim", "Pak"]


DAYS = {
    "an EDTF alone": ({"edtf": "2017-09"}, ("2017-09-01", "2017-09-30")),
    "an open end": ({"edtf": "2017-09-04/.."}, ("2017-09-04", None)),
    "days against it": ({"edtf": "2017-09", "earliest": "1999-01-01", "latest": "1999-01-02"}, ("2017-09-01", "2017-09-30")),
    "an end that it leaves open": ({"edtf": "2017/..", "latest": "2018-01-01"}, ("2017-01-01", None)),
    "days alone": ({"earliest": "2017-09-04", "latest": "2017-09-05"}, ("2017-09-04", "2017-09-05")),
    "words": ({"edtf": "autumn", "earliest": "2017-09-04", "latest": "2017-11-30"}, ("2017-09-04", "2017-11-30")),
    "words alone": ({"edtf": "autumn"}, (None, None)),
    "nothing": (None, (None, None)),
}


@pytest.mark.parametrize("what", DAYS)
def test_the_days_of_publication_are_those_that_the_edtf_gives(load, what):
    published, days = DAYS[what]
    load(body("Kim left.", "Kim", published=published))
    article = Article.objects.get()
    assert article.published_edtf == ((published or {}).get("edtf") or "")
    assert tuple(day and str(day) for day in (article.published_earliest, article.published_latest)) == days


@pytest.mark.parametrize(
    ("known", "days"),
    [
        ({}, ("2017-09", "2017-09-01", "2017-09-30")),
        # As a file of an earlier version left it.
        ({"published_edtf": "2017-09"}, ("2017-09", "2017-09-01", "2017-09-30")),
        ({"published_edtf": "2018"}, ("2018", "None", "None")),
    ],
)
def test_days_of_two_dates_are_not_mixed_in_an_article_that_is_here(load, document, known, days):
    Article.objects.update(**known)
    load(body(document.text, "North Korean", published={"edtf": "2017-09"}))
    article = Article.objects.get()
    assert (article.published_edtf, str(article.published_earliest), str(article.published_latest)) == days


def test_loading_again_changes_nothing_and_says_so(load):
    bodies = [body("Kim left.", "Kim"), body("Pak stayed.", "Pak"), body("Nobody is marked here.")]
    assert load(*bodies).line() == "3 articles, 2 marks"
    before = [set(model.objects.values_list("pk", flat=True)) for model in (Article, Document, Assignment, Change, IntakeItem)]
    again = load(*bodies)
    assert again.line() == "nothing to do: everything was already imported"
    assert again.unchanged == 3
    assert before == [
        set(model.objects.values_list("pk", flat=True)) for model in (Article, Document, Assignment, Change, IntakeItem)
    ]


def test_a_text_that_is_here_is_marked_where_it_is(load, document):
    report = load(body(document.text, "North Korean", title="Another title"))
    assert report.line() == "1 mark"
    assert Assignment.objects.get().document == document
    assert Article.objects.get().title != "Another title"


def test_a_file_of_marks_gives_no_text_to_the_article_whose_address_it_claims(load, corpus):
    url = "https://a.example/1"
    known = factories.article(corpus, url=url)
    load(body("Kim has left.", "Kim", url=url), body("Kim has left us.", "Kim", url=url))
    assert not known.documents.exists()
    assert list(Document.objects.values_list("version", "article__url", "article__claimed_url")) == [(1, "", url)] * 2


def test_a_text_twice_in_a_file_is_one_document(load):
    assert load(body("Kim left.", "Kim"), body("Kim left.", "Kim")).line() == "1 article, 1 mark; 1 was already present"


def test_a_key_that_another_article_has_is_left_to_it(load):
    load(body("Kim left.", "Kim", key="1"), body("Pak left.", "Pak", key="1"))
    assert sorted(Article.objects.values_list("key", flat=True)) == ["", "1"]


def test_a_text_that_is_not_what_its_digest_says_is_refused(load):
    report = load(body("Kim left.", "Kim", clean_sha256="0" * 64))
    assert report.errors == [
        f"marks, line 1: the SHA-256 of its text is {sha256('Kim left.')[:12]}…, but clean_sha256 is 000000000000…"
    ]


def test_a_text_that_cannot_be_stored_is_refused(load):
    texts = ["Kim\x00left", "Kim \ud800 left", "  \n ", "🙂🙂"]
    report = load(*(body(text) for text in texts))
    assert [error.split(": ", 1)[1] for error in report.errors] == [
        "U+0000 cannot be stored",
        "U+D800 cannot be stored",
        "it contains no text",
        "it contains no text",
    ]


def test_the_intake_tells_what_came(load, corpus):
    load(body("Kim left.", "Kim", title="One"), body("Pak left.", "Pak", title="Two"))
    intake = Intake.objects.get()
    assert intake.finished
    assert list(intake.items.order_by("id").values_list("name", "outcome")) == [("One", "stored"), ("Two", "stored")]


def test_near_copies_among_them_are_looked_for_afterwards(load, corpus):
    words = " ".join(f"word{number}" for number in range(60))
    load(body(f"Kim {words}", "Kim"), body(f"Pak {words}", "Pak"))
    assert not Sketch.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'set_copies_apart'")
        assert [json.loads(args) for (args,) in cursor.fetchall()] == [{"corpus": corpus.pk}]
    assert set_all_apart(corpus.pk) == 2
    assert Article.objects.filter(copy_of__isnull=False).count() == 1
    assert set_all_apart(corpus.pk) == 0


# All or nothing


def test_a_wrong_document_stops_only_itself_and_is_named_by_line_and_id(load):
    wrong = body("Pak left.", "Pak")
    wrong["mentions"][0]["label"] = "NATION"
    report = load(body("Kim left.", "Kim"), wrong, body("Ri left.", "Ri"))
    assert report.errors == ["marks, line 2: SCHEME A1 layer ACTOR has no label 'NATION'"]
    assert set(Document.objects.values_list("text", flat=True)) == {"Kim left.", "Ri left."}
    assert Assignment.objects.count() == 2


def test_a_line_that_is_no_json_stops_only_itself(scheme, corpus, annotator, tmp_path, capsys):
    path = tmp_path / "marks.jsonl"
    path.write_bytes(json.dumps(body("Kim left.", "Kim")).encode() + b"\n\n{bad\n")
    with pytest.raises(CommandError, match="1 of 1 files were not imported"):
        call_command("load", str(path), corpus="reports", format="native", annotator="annotator")
    told = capsys.readouterr()
    assert told.out == f"{path}: 1 article, 1 mark\n"
    assert told.err.startswith(f"{path}, line 3: not JSON")


def test_what_the_database_refuses_stops_only_its_document(load, document):
    factories.article(document.corpus, "taken", key="a-1")
    refused = body(document.text, "North Korean", key="a-1")
    report = load(body("Kim left.", "Kim"), refused, body("Ri left.", "Ri"))
    assert report.errors == [
        "marks, line 2: its metadata of the article differs from the article in the corpus (article key once)",
    ]
    assert Assignment.objects.count() == 2


# The same as through the one write


def with_its_text():
    return copy.deepcopy(GOLD) | {"text": TEXT}


def test_copied_rows_are_those_that_the_one_write_makes(load, annotator):
    copied, written = factories.corpus("copied"), factories.corpus("written")
    own = factories.document(TEXT, corpus=written)
    open_for(annotator, own)
    report, other = load(with_its_text(), into=copied), load(with_its_text(), into=written)
    assert (report.written, report.errors) == (other.written, [])
    one, two = (Assignment.objects.get(document__corpus=corpus) for corpus in (copied, written))
    assert (one.revision, two.revision) == (1, 1)
    differences = compare(native(one, by_key=True), native(two, by_key=True))
    assert {difference.kind for difference in differences} <= {"segment", "document"}, differences
    columns = ("op", "kind", "position", "revision")
    logs = [list(LoggedChange.objects.filter(assignment=each).values_list(*columns)) for each in (one, two)]
    assert logs[0] == logs[1]


def test_two_new_documents_share_the_entities_that_the_first_one_brings(load):
    first, second = with_its_text(), with_its_text()
    second["text"] += "More.\n"
    second["document"] = dict(second["document"], clean_sha256=sha256(second["text"]), key="seed-001", id=None, url=None)
    report = load(first, second)
    assert report.errors == []
    assert report.written["entity"] == 37
    assert report.written["span"] == 258


def test_the_number_of_queries_does_not_grow_with_the_documents(load, corpus):
    counts = []
    load(*workload.articles(2, seed=3))
    for count, first in ((5, 100), (50, 200)):
        with CaptureQueriesContext(connection) as queries:
            assert load(*workload.articles(count, first=first)).errors == []
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Whose they are


def test_whom_the_file_names_marks_under_an_account_that_cannot_log_in(load, corpus):
    who = Annotators(corpus)
    load(body("Kim left.", "Kim") | {"annotator": "alice"}, body("Kim left.", "Kim") | {"annotator": "bob"}, whose=who)
    names = set(Assignment.objects.values_list("annotator__username", "annotator__is_active"))
    assert names == {("import.alice", False), ("import.bob", False)}
    assert not get_user_model().objects.get(username="import.alice").has_usable_password()
    assert load(body("Kim left.", "Kim") | {"annotator": "alice"}, whose=Annotators(corpus)).unchanged == 1


def test_a_member_who_is_named_marks_under_the_own_account(load, corpus):
    alice = factories.user("alice")
    factories.membership(corpus, alice, "annotator")
    load(body("Kim left.", "Kim") | {"annotator": "alice"}, whose=Annotators(corpus))
    assert Assignment.objects.get().annotator == alice


def test_who_is_no_member_here_is_a_stranger_whatever_the_name(load, corpus):
    factories.user("alice", is_superuser=True)
    load(body("Kim left.", "Kim") | {"annotator": "alice"}, whose=Annotators(corpus))
    assert Assignment.objects.get().annotator.username == "import.alice"


def test_names_that_read_alike_are_told_apart():
    assert username("") == "import"
    assert username("alice") == username("import.alice") == "import.alice"
    assert len({username(name) for name in ("a b", "a_b", "a/b", "a" * 200, "a" * 201)}) == 5
    assert all(len(username(name)) <= 150 for name in ("a" * 500, "💩" * 300, "\ud800"))
