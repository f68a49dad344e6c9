"""Every page for everybody: nothing serious for axe, in light and dark, and no sideways scrolling on a phone."""

import json
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from annotations import assign
from annotations.assign import skip
from annotations.bin.put import delete
from annotations.discussion.threads import open_thread
from annotations.guidelines.rulings import RulingDraft, only_place, rule
from annotations.guidelines.versions import change, create
from annotations.models import Load, Move, MoveItem, PairScore, TeamSettings
from annotations.notices.choices import mail_key
from annotations.notices.make import notify
from annotations.plans.change import create_plan
from annotations.plans.draw import start
from annotations.plans.due import change_due
from annotations.practice.articles import choose
from annotations.schemes.base_register import load_base_register
from annotations.schemes.measures import load_measures
from annotations.schemes.stored import copy_version
from annotations.scoring.pairs import score
from annotations.views import articles, base_register, deletions, entities, measures, queue, register
from annotations.views.selection import assign_all
from annotations.write.apply import apply_changes
from annotations.write.carry import carry
from annotations.write.hand_over import hand_over
from corpus.edits.articles import edit_articles
from corpus.edits.links import confirming_secret
from corpus.intake.deliveries import bring_in
from corpus.intake.feeds import subscribe
from corpus.intake.review import hold
from corpus.models import Article, Document, Feed, IntakeItem, PasswordLink, Repair, Token
from corpus.near_duplicates.stories import join
from corpus.readers.extracted import Record
from lake.models import Lake
from lake.promotion import jobs
from questions.models import SeenState
from questions.saved import store
from registry.list_versions.load import load
from registry.list_versions.submit import submit
from registry.models import Entity, Measure, SanctionsList, ScreenedBy
from tests import factories, listed
from tests.browser.barriers import violations
from tests.lakes import small_lake
from tests.registry.list_versions.conftest import FIXTURES
from tests.registry.pages.marking import cite, mark

REPORT = {
    "line": "1 article, 1 mark",
    "documents": 1,
    "articles": 1,
    "unchanged": 0,
    "errors": ["came.jsonl, line 2: SPAN-02"],
    "further": 0,
    "losses": ["marks labelled “Smell”: 1"],
}
TEXT = "Workers sent home\n\nWorkers left for the North under Resolution 2371. " + "A long line without an end " * 20
BASE_REGISTER = Path(__file__).parents[2] / "domain" / "base_register.json"
MEASURES = Path(__file__).parents[2] / "domain" / "measures.json"
TABLET = 720  # pixels: tables have their columns still
LOOKS = [("dark", 1280), ("light", 390)]
# Of rows that are alike a tenth looks as the fiftieth: pages are short, and there is a second one.
ROWS, ARTICLES = 10, 15
PAGED = [articles, base_register, deletions, entities, queue, measures, register]


@pytest.fixture
def short_pages(monkeypatch):
    for module in PAGED:
        monkeypatch.setattr(module, "PAGE", ROWS)


@pytest.fixture
def pages(transactional_db, tmp_path, short_pages):
    """A manager with some of everything, and the addresses of all pages."""
    factories.scheme()
    manager = factories.user("manager", password="correct horse battery", is_staff=True)
    corpus, empty = factories.corpus("reports", description="Reports on workers."), factories.corpus("empty")
    for each in (corpus, empty):
        factories.adopt(each)
        factories.membership(each, manager, "manager")
    documents = [article(corpus, number) for number in range(ARTICLES)]
    for document in documents[::3]:
        factories.assignment(document, manager)
    done = documents[1::9]
    for document in done:
        factories.assignment(document, factories.user(), status="submitted", submitted=timezone.now())
    readings = [factories.assignment(documents[2], factories.user(), independent=0) for _ in "ab"]
    mark(readings[0], "North")
    score()
    gold = factories.assignment(documents[0], manager, role="adjudication")
    entity = Entity.objects.create(corpus=corpus, name="North Korea", type="TERRITORY")
    twin = Entity.objects.create(corpus=corpus, name="North Korea (DPRK)", type="TERRITORY")
    mark(gold, "North", entity=entity)
    cite(gold, "Resolution 2371", Measure.objects.get(code="UNSCR-2371"), "11")
    places = {"raw_start": 1, "raw_end": 3, "clean_start": 1}
    Repair.objects.create(
        document=documents[0], position=0, op="rejoin", raw="a\nb", clean="a b", why="the line was full", **places
    )
    second = factories.document(f"{TEXT} again", of=documents[0].article)
    copied = documents[2].article
    copied.copy_of, copied.similarity = documents[1].article, 0.9
    copied.save()
    join(documents[0].article, documents[3].article)
    intake = bring_in(corpus, [("folder/a.txt", b"Later"), ("folder/empty.txt", b"")], [], user=manager, door="page")
    IntakeItem.objects.create(intake=intake, name="folder/b.txt", outcome="copy", document=documents[2])
    held = hold(intake, Record.of_text(TEXT.replace(" ", "\n", 9), name="folder/a page.html"))
    feed = subscribe(corpus, "https://news.invalid/a/long/address/of/a/feed.xml", user=manager)
    Feed.objects.update(problem="the host responded with status 404", failures=3)
    words = b'{"text": "Kim left.", "label": [[0, 3, "PERSON"], [4, 8, "Smell_that_somebody_has_named_at_length_and_without_a_break"]]}\n{"text": "Kim left. ", "label": [[0, 4, "PERSON"]]}'
    given = Load.objects.create(corpus=corpus, user=manager, name="marks from elsewhere.jsonl", format="doccano", content=words)
    going = Load.objects.create(corpus=corpus, user=manager, name="many.jsonl", format="doccano", content=words, begun=True)
    came = Load.objects.create(corpus=corpus, user=manager, name="came.jsonl", format="doccano", begun=True, report=REPORT)
    token, _ = Token.issue(manager, "nightly mirror", ["read"])
    question = store.create(corpus, manager, {"name": "Who was sent home", "note": "For the report.", "ledger": "screening"})
    SeenState.objects.create(question=question, user=manager, at=timezone.now(), rows={str(entity.pk): "", "gone": ""})
    load_measures(json.loads(MEASURES.read_text("utf-8")))
    public = sanctions_list(manager)
    load_base_register(json.loads(BASE_REGISTER.read_text("utf-8")))
    first = documents[0].article
    version = listed.version("SCREENED", "TEST-001; Example Trading Corp; alias: Exampel Trading of a long name; KP; 2016-03-02")
    also = listed.version("ALSO", "A-1; Exampel Trading of a long name; on: SCREENED TEST-001")  # one card
    for each in (version, also):
        ScreenedBy.objects.create(corpus=corpus, list=each.list)
    firm = Entity.objects.create(corpus=corpus, name="Exampel Trading of a long name", type="COMPANY", countries=["DE"])
    call_command("screen", corpus="reports", verbosity=0)
    addresses = [
        "/lists/", *(f"{public.get_absolute_url()}{part}" for part in ("", "?q=Example", "versions/2/", "versions/3/?kind=removed", "entries/TEST-001/")),
        "/corpora/reports/progress/", "/corpora/empty/progress/", "/corpora/reports/agreement/", "/corpora/empty/agreement/", "/corpora/reports/agreement/own/", "/corpora/empty/agreement/own/", "/corpora/reports/differences/", "/corpora/empty/differences/", f"/corpora/reports/agreement/{PairScore.objects.get().pk}/",
        "/corpora/reports/screening/", "/corpora/empty/screening/", firm.candidates.first().get_absolute_url(), f"/corpora/reports/screening/runs/{firm.candidates.first().first_run_id}/", firm.get_absolute_url(),
        "/corpora/reports/intakes/", "/corpora/empty/intakes/", f"/intakes/{intake.pk}/", f"/intake-items/{held.pk}/look/", f"/articles/{copied.pk}/copy/",
        f"/articles/{first.pk}/story/", f"/documents/{second.pk}/changes/", "/corpora/reports/?copies=on",
        "/", "/corpora/reports/", "/corpora/reports/?q=nothing", "/corpora/reports/?since=soon", "/corpora/empty/",
        "/corpora/reports/load/", "/corpora/empty/load/", given.get_absolute_url(), going.get_absolute_url(), came.get_absolute_url(),
        "/new-corpus/", "/corpora/reports/members/", f"/corpora/reports/members/{manager.memberships.get(corpus=corpus).pk}/remove/", "/corpora/reports/add/", "/corpora/reports/feeds/", "/corpora/empty/feeds/", f"/feeds/{feed.pk}/remove/", f"/articles/{first.pk}/", f"/articles/{first.pk}/original/", "/queue/",
        f"/entities/{entity.pk}/", "/corpora/reports/entities/", "/corpora/empty/entities/",
        "/corpora/reports/export/", "/corpora/reports/export/?format=brat", "/corpora/reports/export/?format=docx", "/corpora/reports/evidence/", "/corpora/reports/evidence/lines/", "/corpora/empty/export/", f"/entities/{entity.pk}/merge/", f"/entities/{entity.pk}/decisions/",
        f"/entities/{entity.pk}/merge/?into={twin.pk}", "/shared-register/", "/shared-register/iso-kp/", "/measures/", "/measures/UNSCR-2371/", "/measures/UNSCR-2270/29/", "/corpora/reports/ask/", "/corpora/reports/ask/events/save/", "/corpora/empty/ask/",
        *(f"{question.get_absolute_url()}{form}" for form in ("", "change/", "delete/")),
        "/notices/", "/notices/?show=all", "/notices/choices/", f"/notices/stop/{mail_key(manager.pk)}/",
        "/tokens/", f"/tokens/{token.pk}/revoke/", "/password/",
    ]  # fmt: skip
    return manager, [*addresses, *of_a_lake(tmp_path, corpus, empty), *of_managers(manager, corpus, first, documents)]


def of_a_lake(folder, corpus, empty):
    lake = Lake.objects.create(
        slug="web", name="Pages of the web", folder=str(small_lake(folder / "lake").root), crawls=["crawls"]
    )
    gone = Lake.objects.create(slug="gone", name="A lake that was taken away", folder=str(folder / "gone"))
    lake.corpora.add(corpus, empty)
    gone.corpora.add(corpus)
    running = jobs.start(lake, corpus, "SELECT page FROM pages")
    failed = jobs.start(lake, empty, "SELECT page FROM pages")
    jobs.end(
        failed, "failed", "The folder or the crawls of the lake web are not on the host of the worker: mount or restore them."
    )
    asked = ["", "?words=workers&copies=on", "?words=nothing+of+it", "?since=soon"]
    return [
        "/lakes/",
        *(f"/lakes/web/{each}" for each in asked),
        f"/lakes/web/pages/{2:032x}/",
        "/lakes/web/listed/",
        "/lakes/web/state/",
        "/lakes/web/listed/?by=month",
        "/lakes/gone/",
        f"/promotions/{running.pk}/",
        f"/promotions/{failed.pk}/",
    ]


def of_managers(manager, corpus, first, documents):
    other = factories.membership(corpus, factories.user("jun"), "annotator")
    opened = assign_all(corpus.memberships.get(user=manager), Document.objects.filter(pk=documents[-1].pk), None, manager)
    batch = edit_articles(corpus, [row.article_id for row in documents], {"language": "ko"}, manager)[0].batch
    guideline = create(
        corpus,
        "ACTOR.COMPANY",
        manager,
        title="Companies",
        body="Mark the **name**.\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    ).guideline
    change(guideline, 1, manager, title="Companies", body=f"Mark the whole {'name' * 40}.\n\n    code", note="Read differently.")
    for quote in ("the North", "home"):
        why = f"A reason of some length.\n{'Unbroken' * 20}"
        rule(guideline, RulingDraft(documents[3], only_place(documents[3], quote), "ACTOR.COMPANY", "ACTOR.ORG", why), manager)
    about = factories.assignment(documents[1], factories.user("asked"))
    thread = open_thread(about, None, f"Which of them?\n\n{'Unbroken' * 30}", manager)
    notify("question", corpus, [manager.pk], thread=thread.pk)
    notify("guideline", corpus, [manager.pk], guideline=guideline.pk)
    links = [
        PasswordLink.issue(timedelta(days=1), corpus=corpus, created_by=manager, user=user)[0]
        for user in (manager, about.annotator)
    ]
    PasswordLink.objects.update(used=timezone.now())
    note = {"id": str(uuid4()), "order": 0, "text": f"A long note. {'Unbroken' * 30}"}
    apply_changes(about, about.annotator, 0, [{"id": str(uuid4()), "op": "create", "kind": "note", "object": note}])
    return [
        f"/annotate/{about.pk}/history/{note['id']}/", f"/annotate/{about.pk}/history/", f"/annotate/{about.pk}/history/?only=deleted", "/corpora/reports/discussion/", "/corpora/empty/discussion/", thread.get_absolute_url(), f"/annotate/{about.pk}/discuss/",
        "/corpora/reports/guidelines/", "/corpora/empty/guidelines/", "/corpora/reports/guidelines/new/",
        guideline.get_absolute_url(), f"{guideline.get_absolute_url()}edit/", f"{guideline.get_absolute_url()}rulings/new/",
        f"/articles/{first.pk}/metadata/", f"/corpora/reports/members/{other.pk}/password/", f"/corpora/reports/batches/{batch}/",
        f"/password-links/{confirming_secret(links[0])}/confirm/", f"/corpora/reports/assigned/{opened}/", f"/articles/{first.pk}/adjudicate/",
        "/corpora/reports/?q=workers&sort=-date", "/corpora/reports/settings/", "/corpora/empty/settings/",
        f"/corpora/reports/settings/outlets/{factories.outlet(corpus).pk}/", f"/corpora/reports/members/{other.pk}/work/",
        *of_plans(manager, other.user, corpus, documents),
        *of_scheme_changes(manager, corpus, about),
    ]  # fmt: skip


def of_plans(manager, other, corpus, documents):
    """A draft, a plan that runs, readings that were skipped or are late, and the pages that skip and return."""
    values = {"filter": "language=ko&since=2017-01-01", "readings": 2, "share": 20, "due": date(2026, 1, 1)}
    running = create_plan(
        corpus, {"name": "A name without a break".replace(" ", "") * 4, **values}, {other: 3, manager: None}, manager
    )
    start(running, Article.objects.filter(corpus=corpus), manager)
    draft = create_plan(corpus, {"name": "Draft", **values}, {}, manager)
    late = factories.assignment(documents[4], manager, plan=running, due=date(2026, 1, 1))
    for who, document in ((other, documents[5]), (manager, documents[7])):
        note = "Unbroken" * 30
        skip(factories.assignment(document, who, plan=running), who, "other", note)
    returnable = factories.assignment(documents[8], other, status="submitted", submitted=timezone.now())
    TeamSettings.objects.create(corpus=corpus, approve=100, practice_tests=1)
    tested = factories.document(TEXT, of=factories.article(corpus, f"A test {'Unbroken' * 12}"))
    mark(factories.assignment(tested, other, role="adjudication"), "North")
    choose(running, tested.article, "test", manager)
    learner = assign.submit(factories.assignment(tested, manager))
    member = factories.user("holder")
    factories.membership(corpus, member, "reviewer")
    second = factories.assignment(documents[8], member, status="submitted", submitted=timezone.now())
    held = factories.assignment(factories.document(TEXT, corpus=corpus), manager, role="adjudication", status="open")
    hand_over(held, member, manager, "On leave. " + "Unbroken" * 30)
    change_due(late, date(2026, 2, 1), manager)
    deleted = factories.article(corpus, f"Deleted {'Unbroken' * 12}")
    delete(deleted, manager, "A copy.")
    older = factories.assignment(documents[11], manager, revision=1)
    carried = carry(older, factories.document(f"{TEXT}\n\nUpdated.", of=documents[11].article), manager)
    return [
        f"/carries/{carried.pk}/undo/",
        f"/compare/?left={returnable.pk}&right={second.pk}",
        "/bin/", "/corpora/reports/bin/", "/corpora/empty/bin/", "/corpora/reports/delete/",
        f"/articles/{documents[6].article_id}/delete/", f"/annotate/{returnable.pk}/delete/",
        "/corpora/reports/approval/", "/corpora/empty/approval/", f"/annotate/{returnable.pk}/approve/", f"/annotate/{learner.pk}/result/",
        "/corpora/reports/plans/", "/corpora/empty/plans/", running.get_absolute_url(), draft.get_absolute_url(),
        f"/annotate/{late.pk}/skip/", f"/annotate/{returnable.pk}/return/", f"/annotate/{late.pk}/due/", f"/annotate/{held.pk}/hand-over/",
    ]  # fmt: skip


def of_scheme_changes(manager, corpus, about):
    """A draft with codes to map, one with a reading that stays, and one that runs."""
    source, target = about.scheme, copy_version(about.scheme, "9.0.0")
    target.layers.get(code="ACTOR").labels.filter(code="TERRITORY").update(code="LAND")
    target.save(update_fields=["loaded"])
    between = {"corpus": corpus, "source": source, "target": target, "scope": "all", "user": manager}
    row = {
        "kind": "label",
        "layer": "ACTOR",
        "label": "",
        "attribute": "",
        "code": "FACILITY",
        "to": "",
        "reason": "Unbroken" * 30,
    }
    counts = {"readings": 3, "rows": [row | {"marks": 4, "events": 0, "arguments": 2, "values": 0, "readings": 3}]}
    begun = {"mapping": [row], "counts": counts, "started": timezone.now()}
    draft = Move.objects.create(**between, mapping=[row])
    done, running = (Move.objects.create(**between, **begun, state=state) for state in ("done", "running"))
    finding = {"code": "EVT-02", "detail": "Unbroken" * 30, "objects": []}
    MoveItem.objects.create(move=done, assignment=about, outcome="stayed", before=1, after=1, findings=[finding])
    return [
        "/corpora/reports/scheme/", "/corpora/empty/scheme/", "/corpora/reports/scheme/changes/", "/corpora/empty/scheme/changes/", "/corpora/reports/scheme/labels/EVENT/PAY/", draft.get_absolute_url(), done.get_absolute_url(), running.get_absolute_url(),
    ]  # fmt: skip


def sanctions_list(manager):
    """With a version that is held, and a name without an end."""
    made = SanctionsList.objects.create(
        code="TEST", name="Test list", corpus=manager.memberships.get(corpus__slug="reports").corpus
    )
    long = f"TEST-001; {'Unbroken' * 30}; imo: {'1' * 90}; remarks: {'Remark' * 40}\n"
    for text in (FIXTURES["v1"], FIXTURES["v2"], long):
        load(submit(made, text.encode(), name=f"{'list' * 40}.csv"))
    return made


def article(corpus, number):
    day = date(2017, 1 + number % 12, 1 + number % 28)
    facts = {"language": "en", "published_edtf": day.isoformat(), "published_earliest": day, "published_latest": day}
    made = factories.article(
        corpus, f"Workers sent home, number {number}", url=f"https://elsewhere.invalid/{'x' * 80}{number}", **facts
    )
    return factories.document(f"{TEXT} {number}", of=made)


def faults(page):
    """What axe holds against the page in each look, and how many pixels it is too wide there."""
    listed = []
    for theme, width in LOOKS:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 844})
        listed += [f"{theme}, {width} px: {fault}" for fault in faults_as_it_is(page)]
    page.set_viewport_size({"width": TABLET, "height": 844})
    return listed + [f"{TABLET} px: {fault}" for fault in too_wide(page)]


def faults_as_it_is(page):
    found = violations(page)
    named = [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found]
    return named + too_wide(page)


def too_wide(page):
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} px too wide"] if wide > 0 else []


def test_every_page_is_for_everybody(page, sign_in, pages):
    manager, addresses = pages
    sign_in(page, manager)
    found = {}
    for address in addresses:
        page.goto(address)
        page.locator(".account > summary").click()
        found[address] = faults(page)
    assert {address: each for address, each in found.items() if each} == {}


def test_so_are_the_pages_without_anybody_and_those_of_errors(page, sign_in, pages, allowed_console):
    allowed_console.append("404|403|405")
    page.goto("/login/")
    assert faults(page) == []
    page.get_by_label("User name").fill("manager")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Incorrect user name or password").wait_for()
    assert faults(page) == []
    sign_in(page, factories.user("viewer"))
    for address in ("/", "/queue/", "/notices/", "/notices/choices/", "/tokens/", "/nowhere/", "/corpora/reports/settings/team/"):
        page.goto(address)
        assert faults(page) == []
