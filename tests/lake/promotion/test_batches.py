"""Pages stored many at a time are, row by row, what the same pages give that are read again one by one."""

from dataclasses import replace
from threading import Event

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.test.utils import CaptureQueriesContext

from benchmarks.crawls import write_crawl
from corpus.db.round_trip import round_trip
from corpus.db.row_writer import Copies, table
from corpus.intake import many
from corpus.intake.ingest import digest_of
from corpus.intake.many import BYTES, TAKEN, TEXTS
from corpus.models import Article, Document, EvidenceLog, Intake, IntakeItem, Raw, Repair, Segment, Sketch, UnindexedArticle, Zone
from corpus.near_duplicates.duplicates import sketch_row
from corpus.near_duplicates.shingles import signature
from lake.files.folder import LakeFolder
from lake.promotion import promote as promotion
from lake.promotion.promote import FAILED, HAVING, WAITING, promote
from tests import factories

pytestmark = pytest.mark.django_db
ALL = "SELECT page FROM pages"
# Of a page with a caption, which makes a zone, and with broken letters, which make a repair.
ODD = (
    "<html><head><title>Workers remain</title></head><body><article><h1>Workers remain</h1><p>[{n}] The ministry\u00c3\u00a9 said that"
    " three hundred workers had been sent home, and that others remained abroad for another year.</p><figure><img src=a.png>"
    "<figcaption>Workers at the site. (Photo: Reuters)</figcaption></figure><p>Photo: Yonhap</p><p>Officials named no reason, and a"
    " spokesman of the embassy declined to answer questions on the matter for the whole of the week.</p></article></body></html>"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("batches")
    write_crawl(folder / "crawls", 40)
    for n in range(3):
        (folder / "crawls" / f"odd{n}.html").write_text(ODD.format(n=n), "utf-8")
    (folder / "crawls" / "rows.jsonl").write_text(
        '{"text": "First of the rows that are there."}\n{"text": "Officials named it in the second row.", "outlet": "A paper"}\n'
    )
    call_command("lake", "read", str(folder / "crawls"), "--lake", str(folder / "lake"), "--processes", "1")
    return folder


@pytest.fixture
def promoted(folder):
    def act(slug, sql=ALL):
        corpus = factories.corpus(slug)
        return corpus, promote(LakeFolder(folder / "lake"), corpus, sql, [folder / "crawls"])

    return act


def one_by_one(monkeypatch):
    monkeypatch.setattr(promotion, "read_texts", lambda pages, files: ())


def none_by_itself(monkeypatch):
    """But lines of a file, whose bytes are not those of their texts."""
    again = promotion.promote_page

    def refuse(intake, page, file):
        assert page.crawl.endswith(".jsonl")
        return again(intake, page, file)

    monkeypatch.setattr(promotion, "promote_page", refuse)


# What differs between two corpora, whatever is stored: keys, times, and hashes that have the corpus in them.
OWN = {
    "id",
    "corpus_id",
    "created",
    "retrieved",
    "bands",
    "raw_id",
    "article_id",
    "document_id",
    "segment_id",
    "intake_id",
    "copy_of_id",
}
LINKS = {"copy_of": "source_file", "raw": "sha256", "segment": "code"}


def rows(model, **of):
    def values(row):
        own = {each.attname: getattr(row, each.attname) for each in model._meta.concrete_fields if each.attname not in OWN}
        own = {name: bytes(value) if isinstance(value, memoryview) else value for name, value in own.items()}
        linked = {
            name: getattr(getattr(row, name), column)
            for name, column in LINKS.items()
            if isinstance(getattr(model, name, None), ForwardManyToOneDescriptor) and getattr(row, f"{name}_id")
        }
        return sorted((own | linked).items(), key=str)

    return sorted((values(row) for row in model.objects.filter(**of)), key=str)


def everything(corpus):
    of_text = {"document__corpus": corpus}
    return {
        Article: rows(Article, corpus=corpus),
        Document: rows(Document, corpus=corpus),
        Raw: rows(Raw, corpus=corpus),
        IntakeItem: rows(IntakeItem, intake__corpus=corpus),
        Segment: rows(Segment, **of_text),
        Zone: rows(Zone, **of_text),
        Repair: rows(Repair, **of_text),
        Sketch: rows(Sketch, **of_text),
    }


def log(corpus):
    chains = [f"article/{key}" for key in corpus.articles.values_list("pk", flat=True)]
    chains += [f"document/{key}" for key in corpus.documents.values_list("pk", flat=True)]
    return sorted(EvidenceLog.objects.filter(chain__in=chains).values_list("kind", "op", "position"))


def test_many_at_once_are_what_they_are_one_by_one(promoted, monkeypatch, settings):
    settings.OBJECTS_FROM = 5_000  # bytes, which about half of the pages have
    with monkeypatch.context() as patch:
        one_by_one(patch)
        slow, outcomes = promoted("slow")
    none_by_itself(monkeypatch)
    fast, same = promoted("fast")
    assert outcomes == same
    assert outcomes["copy"] > 1
    assert everything(fast) == everything(slow)
    assert all(len(some) > 1 for some in everything(fast).values())
    assert set(Raw.objects.filter(corpus=fast).values_list("storage", flat=True)) == {"row", "object"}
    assert log(fast) == log(slow)
    assert [UnindexedArticle.objects.filter(corpus=each).count() for each in (fast, slow)] == [2 * fast.articles.count()] * 2


def test_bands_are_those_of_the_corpus(promoted):
    corpus, _ = promoted("fast", f"{ALL} LIMIT 3")
    for sketch in Sketch.objects.filter(document__corpus=corpus).select_related("document"):
        assert sketch.bands == sketch_row(sketch.document, signature(sketch.document.text))["bands"]


def test_a_text_of_the_lake_that_cannot_be_stored_is_read_again(promoted, monkeypatch):
    read = promotion.read_texts

    def damaged(pages, files):
        for page, text in read(pages, files):
            yield page, replace(text, text_sha256=digest_of(b"other"))

    monkeypatch.setattr(promotion, "read_texts", damaged)
    corpus, outcomes = promoted("fast", f"{ALL} LIMIT 3")
    assert outcomes.total() == corpus.articles.count() == 3
    assert Intake.objects.filter(corpus=corpus).count() == 1


def test_texts_are_sent_while_they_are_compared(promoted, monkeypatch):
    none_by_itself(monkeypatch)
    send, compare, are_coming = Copies.send_through, many.make_copies, Event()

    def sending(rows, server, **how):
        if table(Document, key=False) in rows.rows:
            are_coming.set()
        send(rows, server, **how)

    def comparing(*texts):
        assert are_coming.wait(60)
        compare(*texts)

    monkeypatch.setattr(Copies, "send_through", sending)
    monkeypatch.setattr(many, "make_copies", comparing)
    _, outcomes = promoted("fast")
    assert outcomes["copy"] > 1


def test_a_batch_does_not_wait_for_the_disk(promoted, monkeypatch):
    """If the power fails, the promotion is carried on; its end waits, in a transaction of its own."""
    meet, settings = many.meet, []

    def noting(*texts):
        settings.extend(round_trip([("SELECT current_setting('synchronous_commit')", ())])[0])
        meet(*texts)

    monkeypatch.setattr(many, "meet", noting)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")  # as each connection has it, but for those of tests
    promoted("fast")
    assert settings == [("off",)]


def test_promotion_asks_as_much_of_ten_pages_as_of_thirty(promoted):
    counts = []
    promoted("first", f"{ALL} LIMIT 1")  # after it a job waits that indexes words
    for slug, most in (("few", 10), ("many", 30)):
        with CaptureQueriesContext(connection) as queries:
            promoted(slug, f"{ALL} WHERE crawl LIKE '%warc%' LIMIT {most}")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_batch_of_which_one_page_does_not_read_as_the_lake_has_it_is_read_again(promoted, monkeypatch):
    read = promotion.read_texts

    def forged(pages, crawls):
        for page, text in read(pages, crawls):
            words = text.cleaned.text.replace("e", "a", 1)
            digest = digest_of(words.encode())
            yield page, replace(text, cleaned=replace(text.cleaned, text=words), text_sha256=digest)

    monkeypatch.setattr(promotion, "read_texts", forged)
    corpus, outcomes = promoted("fast", f"{ALL} WHERE crawl LIKE '%warc%' ORDER BY page LIMIT 3")
    assert outcomes["stored"] == 3
    with monkeypatch.context() as patch:
        one_by_one(patch)
        slow, _ = promoted("slow", f"{ALL} WHERE crawl LIKE '%warc%' ORDER BY page LIMIT 3")
    assert everything(corpus)[Document] == everything(slow)[Document]


@pytest.mark.parametrize("statement", [TEXTS, TAKEN, BYTES, HAVING, WAITING, FAILED])
def test_a_kept_plan_looks_up_a_thousand_values(statement):
    """In place of looking through all of them at each row, which it does with an array whose values it does not know."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (GENERIC_PLAN, COSTS OFF) " + statement)
        plan = "\n".join(line for (line,) in cursor)
    assert "Function Scan on unnest" in plan
    assert "ANY" not in plan


def test_a_text_of_many_pages_is_asked_for_once(tmp_path, monkeypatch):
    """Else each of its rows would come for each of the pages."""
    crawls = tmp_path / "crawls"
    crawls.mkdir()
    for n in range(4):  # other bytes, the same words
        (crawls / f"page{n}.html").write_text(ODD.format(n=0).replace("<body>", f"<body><!-- {n} -->"), "utf-8")
    call_command("lake", "read", str(crawls), "--lake", str(tmp_path / "lake"))
    asked = []

    def ask(statements):
        asked.extend(values[1] for sql, values in statements if sql in (TEXTS, BYTES, HAVING))
        return round_trip(statements)

    monkeypatch.setattr(many, "round_trip", ask)
    monkeypatch.setattr(promotion, "round_trip", ask)
    outcomes = promote(LakeFolder(tmp_path / "lake"), factories.corpus("same"), ALL, [crawls])
    assert outcomes.total() == 4
    assert sorted(filter(None, map(len, asked))) == [1, 4, 4]
