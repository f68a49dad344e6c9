"""Promotions as jobs: killed, cancelled, refused; nothing is stored twice."""

import pytest
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from benchmarks.crawls import made_pages, packed, warc_record, write_crawl
from corpus.models import Intake, IntakeItem
from lake.files.folder import LakeFolder
from lake.models import Lake, Promotion
from lake.promotion import jobs, promote
from lake.queries import select
from tests import factories

pytestmark = pytest.mark.django_db
ALL = "SELECT page FROM pages"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("jobs")
    write_crawl(folder / "crawls", 8)
    call_command("lake", "read", str(folder / "crawls"), "--lake", str(folder / "lake"), "--processes", "1")
    return folder


@pytest.fixture
def corpus():
    return factories.corpus("taken")


@pytest.fixture
def lake(folder, corpus):
    arguments = ["--lake", str(folder / "lake"), "--from", str(folder / "crawls"), "--corpora", "taken"]
    call_command("lake", "open", "web", *arguments)
    return Lake.objects.get()


def begun():
    return ProcrastinateJob.objects.filter(task_name="promote_pages").count()


def test_a_job_promotes_and_its_intake_lists_what_became_of_each_page(lake, corpus):
    promotion = jobs.start(lake, corpus, ALL)
    assert begun() == 1
    jobs.carry_out(str(promotion.pk))
    promotion.refresh_from_db()
    assert (promotion.state, promotion.pages, promotion.total) == ("done", 8, 8)
    assert corpus.articles.count() == promotion.intake.items.count() == 8
    assert promotion.intake.finished is None or Intake.objects.get().finished


def test_who_goes_on_after_a_kill_stores_nothing_twice(lake, corpus, monkeypatch):
    monkeypatch.setattr(select, "AT_ONCE", 3)
    calls, batch = [], promote.promote_batch

    def killed(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return batch(*arguments)

    promotion = jobs.start(lake, corpus, ALL)
    monkeypatch.setattr(promote, "promote_batch", killed)
    with pytest.raises(KeyboardInterrupt):
        jobs.carry_out(str(promotion.pk))
    monkeypatch.setattr(promote, "promote_batch", batch)
    assert corpus.articles.count() == 3
    ProcrastinateJob.objects.all().delete()
    jobs.defer_unfinished()
    jobs.defer_unfinished()
    assert begun() == 1
    jobs.carry_out(str(promotion.pk))
    assert corpus.articles.count() == IntakeItem.objects.count() == 8
    assert Promotion.objects.get().state == "done"


def test_a_page_that_failed_is_not_tried_again_by_whoever_goes_on(lake, corpus, folder, tmp_path):
    write_crawl(tmp_path / "crawls", 8, seed=8)
    Lake.objects.update(crawls=[str(tmp_path / "crawls")])
    promotion = jobs.start(lake, corpus, f"{ALL} WHERE url LIKE '%/0'")
    jobs.carry_out(str(promotion.pk))
    Promotion.objects.update(state="running")
    jobs.carry_out(str(promotion.pk))
    assert IntakeItem.objects.get().outcome == "failed"


def test_a_page_that_is_on_its_way_is_no_new_one_in_the_next_batch(corpus, tmp_path, monkeypatch):
    page = packed(warc_record("https://site.example/1", next(made_pages(1)).html))
    (tmp_path / "crawls").mkdir()
    for name in "ab":  # the other record makes another file, whose pages are not skipped when it is read
        other = packed(
            warc_record(f"https://site.example/{name}", b"<p>A page with words enough of its own, of " + name.encode())
        )
        (tmp_path / "crawls" / f"{name}.warc.gz").write_bytes(page + other)
    call_command("lake", "read", str(tmp_path / "crawls"), "--lake", str(tmp_path / "lake"), "--processes", "1")
    monkeypatch.setattr(select, "AT_ONCE", 1)
    sql = f"{ALL} WHERE url LIKE '%/1' OR claimed LIKE '%/1'"
    outcomes = promote.promote(LakeFolder(tmp_path / "lake"), corpus, sql, [tmp_path / "crawls"])
    assert outcomes == {"stored": 1, promote.SKIPPED: 1}


def test_cancelling_keeps_what_is_stored(lake, corpus, monkeypatch):
    monkeypatch.setattr(select, "AT_ONCE", 3)
    promotion, batch = jobs.start(lake, corpus, ALL), promote.promote_batch

    def cancelling(*arguments):
        jobs.cancel(promotion)
        return batch(*arguments)

    monkeypatch.setattr(promote, "promote_batch", cancelling)
    jobs.carry_out(str(promotion.pk))
    jobs.carry_out(str(promotion.pk))
    assert Promotion.objects.get().state == "cancelled"
    assert corpus.articles.count() == 3
    assert Intake.objects.get().finished
    assert not jobs.cancel(promotion)


NOT_HERE = "The folder or the crawls of the lake web are not on the host of the worker: mount or restore them."


@pytest.mark.parametrize(
    ("change", "sql", "why"),
    [
        ({}, "SELECT 1 AS one", "Give the SELECT a column page"),
        ({"crawls": ["/nowhere/crawls"]}, ALL, NOT_HERE),
        ({"folder": "/nowhere/lake"}, ALL, NOT_HERE),
    ],
)
def test_what_cannot_be_done_is_told(lake, corpus, change, sql, why):
    if change:
        Lake.objects.update(**change)
    promotion = jobs.start(lake, corpus, sql)
    jobs.carry_out(str(promotion.pk))
    promotion.refresh_from_db()
    assert (promotion.state, corpus.articles.count()) == ("failed", 0)
    assert why in promotion.detail
    assert "/nowhere" not in promotion.detail, "members see it"
    assert Intake.objects.get().finished


def test_the_command_queues_a_job_for_a_lake_that_is_open(lake, folder, corpus, capsys):
    call_command("lake", "promote", ALL, "--lake", str(folder / "lake"), "--corpus", "taken", "--later")
    assert f"promotion {Promotion.objects.get().pk} queued" in capsys.readouterr().out
    Promotion.objects.all().delete()
    Lake.objects.all().delete()
    with pytest.raises(CommandError, match=r"name it with .manage.py lake open"):
        call_command("lake", "promote", ALL, "--lake", str(folder / "lake"), "--corpus", "taken", "--later")


def test_a_lake_is_seen_by_members_of_its_corpora(lake, corpus):
    viewer, manager, stranger = (factories.user(name) for name in ("viewer", "manager", "stranger"))
    factories.membership(corpus, viewer, "viewer")
    factories.membership(corpus, manager, "manager")
    factories.membership(factories.corpus("other"), stranger, "manager")
    assert [list(Lake.objects.for_user(each)) for each in (viewer, manager, stranger)] == [[lake], [lake], []]
    assert [list(Lake.objects.for_user(each, "manager")) for each in (viewer, manager, stranger)] == [[], [lake], []]
    promotion = jobs.start(lake, corpus, ALL)
    assert [list(Promotion.objects.for_user(each)) for each in (viewer, stranger)] == [[promotion], []]
