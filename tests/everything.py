"""One row, or many, in every table: each with an article, a person and an entity of its own.

What shares nothing shows a query per row, which rows of one article would hide.
"""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from annotations.bin.put import delete
from annotations.bin.restore import restore
from annotations.models import (
    Adjudication,
    AdjudicationDecision,
    AdjudicationInput,
    AgreementTarget,
    Assignment,
    Carry,
    CarryItem,
    CorpusScheme,
    FormatMapping,
    Guideline,
    GuidelineRead,
    GuidelineVersion,
    Load,
    Move,
    MoveItem,
    Notice,
    NoticeChoice,
    NoticeDigest,
    NoticeSettings,
    PairScore,
    Plan,
    PlanArticle,
    PlanPerson,
    PracticeArticle,
    PracticeResult,
    Ruling,
    Scheme,
    SchemeDraft,
    SuggestionsShown,
    Tally,
    TallyReach,
    TeamSettings,
    Thread,
    ThreadPost,
    Transition,
)
from annotations.write.merge_entities import merge
from corpus.intake.deliveries import deliver
from corpus.intake.feeds import subscribe
from corpus.intake.review import hold
from corpus.models import (
    Corpus,
    Document,
    Edit,
    Intake,
    IntakeItem,
    Invitation,
    KnownBrowser,
    KnownNetwork,
    LoginFailure,
    PasswordLink,
    Repair,
    Robots,
    Site,
    Token,
    Zone,
)
from corpus.near_duplicates.duplicates import set_apart
from corpus.near_duplicates.stories import join
from corpus.passages import index
from corpus.readers.extracted import Record
from corpus.seals import seal
from lake.models import Lake, Promotion
from questions.models import Judgement, SavedQuestion, SeenState
from registry.models import (
    Decision,
    Entity,
    EntityKeys,
    ListCandidate,
    ListedName,
    ListedNameKey,
    ListEntry,
    ListFile,
    ListVersion,
    ParagraphEffect,
    RegisterSource,
    SanctionsList,
    Screened,
    ScreenedBy,
    ScreeningRun,
    SecondPersonRule,
)
from registry.names import compare
from tests import factories, listed, marks

TEXT = "Workers sent home\n\nThere used to be 300 workers of the firm, 170 were forced to return under resolution 2371."


def fill(number: int) -> list[Corpus]:
    """`number` rows or more in every table that the admin shows."""
    corpora = [factories.corpus() for _ in range(number)]
    for corpus in corpora:
        one_of_each(corpus)
    return corpora


def one_of_each(corpus: Corpus) -> Assignment:
    CorpusScheme.objects.create(corpus=corpus, scheme=factories.scheme())
    SchemeDraft.objects.create(corpus=corpus, base=factories.scheme(), body={})
    person = factories.user()
    FormatMapping.objects.create(corpus=corpus, format="brat", words={"marks": [["Person", "ACTOR.PERSON"]]}, changed_by=person)
    factories.membership(corpus, person, "annotator")
    document = one_document(corpus, person)
    assignment = factories.assignment(document, person)
    one_reading(assignment)
    Edit.objects.create(
        corpus=corpus, kind="member", object=person.pk, label=f"of {corpus}", after={"role": "annotator"}, user=person
    )
    manager = managing(corpus)
    restore(delete(factories.article(corpus, f"deleted of {corpus}"), manager, "a copy"), manager)
    Invitation.issue(timedelta(days=7), corpus=corpus, created_by=person, role="viewer", note=f"of {corpus}")
    PasswordLink.issue(timedelta(days=1), corpus=corpus, created_by=person, user=person)
    Token.issue(person, "nightly mirror", ["read"])
    KnownBrowser.objects.create(user=person, digest=f"{person.pk:064}", expires=timezone.now() + timedelta(days=90))
    KnownNetwork.objects.create(user=person, network="192.0.2.0/24", expires=timezone.now() + timedelta(days=90))
    LoginFailure.objects.create(account="0" * 64, network="192.0.2.0/24", block="192.0.2.0/24")
    Site.objects.create(name=f"site-{person.pk}.example", free=timezone.now())
    Robots.objects.create(origin=f"https://site-{person.pk}.example", until=timezone.now())
    content_type = ContentType.objects.get_for_model(Corpus)
    LogEntry.objects.create(
        user=person, content_type=content_type, object_id=corpus.pk, object_repr="x", action_flag=CHANGE, change_message="[]"
    )
    one_job(corpus.pk)
    seal()
    one_list(corpus)
    one_promotion(corpus)
    return assignment


def one_promotion(corpus: Corpus) -> None:
    lake = Lake.objects.create(slug=f"lake-{corpus.pk}", name=f"Lake of {corpus}", folder=f"/lakes/{corpus.pk}")
    lake.corpora.add(corpus)
    intake = Intake.objects.create(corpus=corpus, door="command")
    Promotion.objects.create(lake=lake, corpus=corpus, intake=intake, sql="SELECT page FROM pages")


def managing(corpus: Corpus) -> Any:
    person = factories.user()
    factories.membership(corpus, person, "manager")
    return person


def one_list(corpus: Corpus) -> SanctionsList:
    """Of the corpus, with one entry in a version that is current and in one that is held."""
    sanctions_list = SanctionsList.objects.create(code=f"list-of-{corpus.slug}", name=f"List of {corpus}", corpus=corpus)
    for number, state, reasons in ((1, "current", []), (2, "held", ["it shrank"])):
        content = f"A-1; Listed of {corpus}; remarks: {number}".encode()
        file = ListFile.objects.create(
            list=sanctions_list, content=content, sha256=sha256(content).hexdigest(), size=len(content)
        )
        fields = {"format": "own", "entry_count": 1, "name_count": 1, "based_on": number - 1 or None, "reasons": reasons}
        ListVersion.objects.create(list=sanctions_list, number=number, file=file, state=state, **fields)
    entry = ListEntry.objects.create(list=sanctions_list, ref="A-1", kind="any", versions=(1, 3), digest="0" * 64)
    name = ListedName.objects.create(entry=entry, position=1, text=f"Listed of {corpus}", kind="primary", matcher="names/1")
    ListedNameKey.objects.create(names=[name.pk], key=corpus.pk, weight=100, of_list=sanctions_list.pk)
    return sanctions_list


def one_document(corpus: Corpus, person: Any) -> Document:
    outlet = factories.outlet(corpus, f"Wire of {corpus}", domain="example.org")
    article = factories.article(
        corpus, f"Workers of {corpus}", outlet=outlet, url="https://example.org/1", key="001",
        published_edtf="2017-09-04", published_earliest="2017-09-04", published_latest="2017-09-04",
    )  # fmt: skip
    document = factories.document(f"{TEXT} {corpus}", of=article)
    Zone.objects.create(document=document, segment=document.segments.first(), kind="credit", start=0, end=7)
    Repair.objects.create(
        document=document, position=1, op="replace", raw_start=0, raw_end=2, raw="¡ã", clean="▲", clean_start=0, why="EUC-KR"
    )
    intake = Intake.objects.create(corpus=corpus, user=person, door="page")
    IntakeItem.objects.create(intake=intake, name="a.txt", outcome="stored", document=document)
    hold(intake, Record.of_text(f"words of {corpus} to be looked at", name="c.txt"))
    deliver(intake, "b.txt", b"words that wait")
    subscribe(corpus, "https://example.org/feed", user=person)
    Load.objects.create(corpus=corpus, user=person, name="marks.jsonl", format="doccano", content=b"{}")
    set_apart(document)
    index.write(tuple(index.passages_of({document.article_id})))  # and it waits for the worker, as all that is new
    join(article, factories.article(corpus, f"The same told by another, {corpus}"))
    return document


def one_reading(assignment: Assignment) -> None:
    corpus = assignment.document.corpus
    firm, land = marks.described_entity(corpus), marks.described_entity(corpus)
    marks.relation(firm, land)
    law = marks.measure()
    ParagraphEffect.objects.create(code=f"effect of {assignment.pk}", does="caps a number")
    RegisterSource.objects.create(code=f"source of {assignment.pk}", location="Official Journal")
    linked_to_the_register(land, f"iso-{assignment.pk}")
    actor = marks.span(assignment, "the firm", "COMPANY", entity=firm, mention_type="nominal")
    whole = marks.figure(assignment, "300", low=300, high=300, comparator="eq", counted_entity=firm, of_whole_entity=land)
    part = marks.figure(assignment, "170", low=170, high=170, comparator="eq", counted_span=actor)
    event = marks.event(assignment, "return", time_edtf="2017-08", time_earliest="2017-08-01", time_latest="2017-08-31")
    marks.argument(event, span=actor)
    marks.argument(event, entity=land)
    marks.argument(event, citation=marks.citation(assignment, "resolution 2371", law))
    order = marks.event(assignment, "forced", "DIRECT")
    marks.argument(order, filler_event=event)
    one, other = sorted((event.pk, order.pk))
    Judgement.objects.create(corpus=corpus, one=one, other=other, verdict="different", by=assignment.annotator)
    question = SavedQuestion.objects.create(
        corpus=corpus, owner=assignment.annotator, name=f"Question {corpus.pk}", ledger="events"
    )
    SeenState.objects.create(question=question, user=assignment.annotator, at=timezone.now())
    marks.claim(assignment, "170 were forced to return", firm, rated_by=assignment.annotator)
    marks.link(part.span, whole.span)
    marks.note(assignment)
    marks.outcome(assignment)
    SuggestionsShown.objects.create(assignment=assignment, digest="0" * 64, items=[])
    marks.change(assignment)
    same_land = marks.described_entity(corpus)
    marks.span(assignment, "Workers", "GROUP", entity=same_land)
    merge(same_land, land, assignment.annotator)
    about = {"entity": land.pk, "list": "TEST", "entry": "1", "match": "possible"}
    Decision.objects.create(corpus=corpus, user=assignment.annotator, source="page", **about)
    one_screening(corpus, firm)
    one_discussion(assignment)
    one_team(assignment)


def one_team(assignment: Assignment) -> None:
    """Plan, steps, agreement, adjudication and what was carried, as rows."""
    corpus, user, text = assignment.document.corpus, assignment.annotator, assignment.document
    TallyReach.objects.get_or_create(pk=1, defaults={"number": 0})
    Tally.objects.create(corpus=corpus, user=user, week=date(2026, 11, 30), made=1, changed=0, removed=0, seconds=60)
    TeamSettings.objects.create(corpus=corpus)
    AgreementTarget.objects.create(corpus=corpus, layer="ACTOR", least=80)
    plan = Plan.objects.create(corpus=corpus, name=f"Plan of {corpus}", created_by=user)
    PlanArticle.objects.create(plan=plan, document=text, needed=1, chance=1, position=0)
    PlanPerson.objects.create(plan=plan, user=user)
    PracticeArticle.objects.create(plan=plan, document=text, kind="test", created_by=user)
    scored = {"kind": "test", "layers": {}, "least": 80, "passed": True}
    PracticeResult.objects.create(assignment=assignment, revision=1, gold=assignment, gold_revision=1, **scored)
    Transition.objects.create(assignment=assignment, revision=1, kind="reopened", user=user, at=timezone.now())
    gold = factories.assignment(text, factories.user(), role="adjudication")
    revisions = {"left_revision": 0, "right_revision": 1}
    PairScore.objects.create(left=gold, right=assignment, method="agreement/1", counts={}, at=timezone.now(), **revisions)
    adjudication = Adjudication.objects.create(gold=gold, user=gold.annotator)
    taken = AdjudicationInput.objects.create(adjudication=adjudication, assignment=assignment, revision=1, position=0)
    place = {"kind": "mark", "start": 0, "end": 7, "outcome": "accepted", "taken": taken}
    AdjudicationDecision.objects.create(adjudication=adjudication, position=0, revision=1, user=gold.annotator, **place)
    carry = Carry.objects.create(source=assignment, assignment=gold, counts={}, user=user)
    draft, _ = Scheme.objects.get_or_create(code="tried", version="1", name="A draft")
    move = Move.objects.create(corpus=corpus, source=assignment.scheme, target=draft, user=user)
    MoveItem.objects.create(move=move, assignment=assignment, outcome="moved", before=1, after=1)
    CarryItem.objects.create(carry=carry, position=0, kind="span", object_id="1", quote=f"Of {corpus}", outcome="orphan")


def one_discussion(assignment: Assignment) -> None:
    corpus, user = assignment.document.corpus, assignment.annotator
    guideline = Guideline.objects.create(corpus=corpus, layer="ACTOR", label="COMPANY")
    about = {"title": f"Companies in {corpus}", "body": "Whole names.", "older": 1}
    version = GuidelineVersion.objects.create(guideline=guideline, number=1, user=user, **about)
    GuidelineRead.objects.create(user=user, version=version)
    words = {"fragments": [[0, 3]], "quote": f"Words of {corpus}"}
    Ruling.objects.create(version=version, document=assignment.document, right="ACTOR.COMPANY", why="A firm.", user=user, **words)
    thread = Thread.objects.create(corpus=corpus, assignment=assignment, opened_by=user)
    ThreadPost.objects.create(thread=thread, text=f"A question in {corpus}", user=user)
    digest = NoticeDigest.objects.create(user=user)
    Notice.objects.create(user=user, corpus=corpus, kind="answer", thread=thread, in_app=True, digest=digest)
    NoticeChoice.objects.create(user=user, kind="answer", in_app=True, mail="weekly")
    NoticeSettings.objects.create(user=user)


def one_screening(corpus: Corpus, firm: Entity) -> None:
    SanctionsList.objects.create(code=f"LIST-{corpus.pk}", name=f"A list of {corpus}", corpus=corpus)
    version = listed.version(f"LIST-{corpus.pk}", f"E-1; Another firm of {corpus.pk}; KP; 2016-03-02")
    ScreenedBy.objects.create(corpus=corpus, list=version.list)
    SecondPersonRule.objects.create(corpus=corpus, user=factories.user())
    run = ScreeningRun.objects.create(corpus=corpus, trigger="list", matcher="names/1", finished=timezone.now())
    EntityKeys.objects.create(entity=firm, matcher="names/1", keys=[corpus.pk])
    Screened.objects.create(
        entity=firm, list=version.list, version=version, matcher="names/1", digest="0" * 64, threshold=72, run=run
    )
    ListCandidate.objects.create(
        entity=firm, list=version.list, ref="E-1", version=1, entry_digest="0" * 64, score=75, first_run=run, last_run=run,
        explanation=compare("Another firm", "Some firm", "body").as_dict(),
    )  # fmt: skip


def linked_to_the_register(land: Entity, code: str) -> None:
    land.same_as = marks.base_entity(code, f"Land {code}")
    land.save()


def one_job(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, args) VALUES ('read', 'intake', %s)",
            [f'{{"number": {number}}}'],
        )
