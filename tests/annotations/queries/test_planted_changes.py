"""Evidence changed by SQL, one thing at a time: the database refuses it, or the check names the thing and the difference."""

from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction
from django.utils import timezone

from annotations.discussion.threads import open_thread
from annotations.guidelines.versions import create
from annotations.models import Adjudication, AdjudicationInput, Assignment, Transition
from annotations.write.apply import apply_changes
from annotations.write.decide import decide
from corpus.models import Edit, Raw, Repair, Zone
from registry.models import Decision, Entity
from tests import factories, marks
from tests.annotations.conftest import TEXT, change, new
from tests.fixtures.standing import Standing

pytestmark = pytest.mark.django_db

GUARDED = ("annotations_transition", "annotations_adjudicationinput", "annotations_guidelineversion", "annotations_threadpost", "corpus_edit", "corpus_article", "corpus_document", "corpus_raw", "corpus_segment", "corpus_zone", "corpus_repair", "annotations_change", "corpus_evidencelog")  # fmt: skip


def build():
    """One thing of each kind, all of it through the doors of Attest; SQL can name them by these ids."""
    annotator, document = factories.user("annotator"), factories.document(TEXT, corpus=factories.corpus("reports"))
    factories.membership(document.corpus, annotator, "annotator")
    assignment = factories.assignment(document, annotator)

    def fragment(quote):
        start = document.text.index(quote)
        return {"start": start, "end": start + len(quote), "quote": quote}

    def write(*changes):
        assignment.refresh_from_db()
        apply_changes(assignment, annotator, assignment.revision, [change(*each) for each in changes])

    Zone.objects.create(document=document, segment=document.segments.first(), kind="credit", start=0, end=7)
    Repair.objects.create(document=document, position=1, op="replace", raw_start=0, raw_end=2, raw="¡ã", clean="W", clean_start=0, why="EUC-KR")  # fmt: skip
    article = document.article
    article.title, article.url, article.published_edtf = "Workers sent home", "https://example.org/1", "2017-09-04"
    article.outlet = factories.outlet(article.corpus)
    article.save()
    marks.measure(code="M-1")
    names = "workers north firm actor count more event trigger claim told citation link note relation"
    ids = {name: new() for name in names.split()}
    figure = {"layer": "FIGURE", "label": "PEOPLE"}
    link = {"id": new(), "revision": 1, "list": "UN", "entry": "KPe.001", "match": "possible", "note": "same name"}
    batches = [
        [
            ("entity", {"id": ids["workers"], "type": "GROUP", "name": "Workers", "aliases": ["staff", "crew"], "births": [{"edtf": "1960", "words": "born in 1960"}], "identifiers": [{"scheme": "imo", "value": "1"}]}),
            ("entity", {"id": ids["north"], "type": "TERRITORY", "name": "North Korea", "countries": ["KP"]}),
            ("entity", {"id": ids["firm"], "type": "GROUP", "name": "Seamen"}),
        ],
        [("relation", {"id": ids["relation"], "source": ids["workers"], "type": "part_of", "target": ids["north"], "note": "so it says"})],
        [
            ("span", {"id": ids["actor"], "layer": "ACTOR", "label": "GROUP", "fragments": [fragment("North Korean workers")], "attributes": {"entity": ids["workers"]}}),
            ("span", figure | {"id": ids["count"], "fragments": [fragment("300")], "attributes": {"low": 300, "high": 300, "comparator": "eq"}}),
            ("span", figure | {"id": ids["more"], "fragments": [fragment("170")]}),
        ],
        [
            ("citation", {"id": ids["citation"], "fragments": [fragment("the North")], "measure": "M-1", "paragraph": "11"}),
            ("event", {"id": ids["event"], "type": "REPATRIATE", "time": {"basis": "stated", "edtf": "2017-08"}, "arguments": [{"role": "people", "mention": ids["actor"]}, {"role": "destination", "entity": ids["north"]}]}),
            ("span", {"id": ids["trigger"], "layer": "EVENT", "label": "REPATRIATE", "fragments": [fragment("return")], "event": ids["event"]}),
        ],
        [("claim", {"id": ids["claim"], "content": [fragment("170 were forced")], "cue": [fragment("told")], "source_entity": ids["workers"], "reliability": "C"})],
        [("link", {"id": ids["link"], "type": "part_of", "source": ids["more"], "target": ids["count"]})],
        [("note", {"id": ids["note"], "text": "The year is inferred."})],
    ]  # fmt: skip
    for batch in batches:
        write(*(("create", kind, item) for kind, item in batch))
    decide(Entity.objects.get(pk=ids["workers"]), annotator, link, Decision.Source.API)
    write(("update", "note", {"id": ids["note"], "text": "The year is stated."}))
    other = Raw.objects.create(corpus=article.corpus, content=b"other", sha256="d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa")  # fmt: skip
    told = {"assignment": assignment.pk, "document": document.pk, "article": article.pk, "bob": factories.user("bob").pk}
    return ids | told | {"raw": other.pk, "second": factories.outlet(article.corpus, "Second Wire").pk}


@pytest.fixture
def team(evidence):
    """What a team does about the reading: it is submitted, adjudicated, discussed, ruled by a guideline; and somebody joins."""
    reading = Assignment.objects.get(pk=evidence["assignment"])
    annotator, chief = reading.annotator, factories.user("chief")
    corpus = reading.document.corpus
    factories.membership(corpus, chief, "manager")
    Transition.objects.create(assignment=reading, revision=reading.revision, kind="submitted", user=annotator, at=timezone.now())
    gold = factories.assignment(reading.document, chief, role="adjudication")
    made = Adjudication.objects.create(gold=gold, user=chief)
    AdjudicationInput.objects.create(adjudication=made, assignment=reading, revision=reading.revision, position=0)
    create(corpus, "", chief, title="Dates", body="The day of the event.")
    open_thread(reading, UUID(evidence["count"]), "Is this all?", annotator)
    Edit.objects.create(corpus=corpus, kind="member", object="1", label="bob", after={"role": "viewer"}, user=chief)
    return evidence | {"chief": chief.pk}


standing = Standing("evidence", Path(__file__), build)


@pytest.fixture
def evidence(db):
    return standing.made if standing.stands else build()


def lines(capsys, **options):
    """What the command says is wrong."""
    capsys.readouterr()
    try:
        call_command("check_integrity", **options)
    except CommandError:
        return capsys.readouterr().err
    return ""


def plant(sql, *, past_guards):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in GUARDED if past_guards else ():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)


OF = "of “Workers sent home” by annotator"
# What is done, and what has to be said of it.
PLANTED = {
    "figure 300 → 3000": ("UPDATE annotations_figure SET low = 3000, high = 3000 WHERE span_id = '{count}'", f"figure “300” ({{count}}) {OF}", "low is 3000, the log says 300"),
    "unit of a figure": ("UPDATE annotations_figure SET unit = 't' WHERE span_id = '{count}'", "figure “300”", "unit is t, the log says empty"),
    "label of a mark": ("UPDATE annotations_span SET label_id = (SELECT id FROM annotations_label WHERE code = 'ITEMS') WHERE id = '{count}'", "figure “300”", "label is ITEMS, the log says PEOPLE"),
    "entity of a mark": ("UPDATE annotations_span SET entity_id = '{firm}' WHERE id = '{actor}'", "mark “North Korean workers”", "entity is {firm}, the log says {workers}"),
    "words of a mark": ("UPDATE annotations_span SET fragments = '{{{{0,3}}}}' WHERE id = '{count}'", "figure “300”", "fragments[0].quote is Wor, the log says 300"),
    "quote of a mark": ("UPDATE annotations_span SET quote = '3,000' WHERE id = '{count}'", "figure “", "quote is 3,000, the log says 300"),
    "a mark deleted": ("DELETE FROM annotations_link; DELETE FROM annotations_figure WHERE span_id = '{more}'; DELETE FROM annotations_span WHERE id = '{more}'", "figure “170”", "it does not exist"),
    "a mark added": ("INSERT INTO annotations_note (id, assignment_id, \"order\", text, revision) VALUES (gen_random_uuid(), '{assignment}', 1, 'Planted', 1)", "note Planted", "it exists, but is not in the log"),
    "revision of a mark": ("UPDATE annotations_span SET revision = 1 WHERE id = '{actor}'", "mark “North Korean workers”", "revision is 1, the log says 3"),
    "event negated": ("UPDATE annotations_event SET polarity = 'negative' WHERE id = '{event}'", "event REPATRIATE", "polarity is negative, the log says positive"),
    "time of an event": ("UPDATE annotations_event SET time_edtf = '2016-08' WHERE id = '{event}'", "event REPATRIATE", "time.edtf is 2016-08, the log says 2017-08"),
    "argument deleted": ("DELETE FROM annotations_argument WHERE event_id = '{event}' AND position = 1", "event REPATRIATE", "arguments[1].entity is empty, the log says {north}"),
    "who says so": ("UPDATE annotations_claim SET source_entity_id = '{firm}' WHERE id = '{claim}'", "claim “170 were forced”", "source_entity is {firm}, the log says {workers}"),
    "reported → denied": ("UPDATE annotations_claim SET modality = 'denied' WHERE id = '{claim}'", "claim “170 were forced”", "modality is denied, the log says"),
    "rating of a claim": ("UPDATE annotations_claim SET rated_by_id = {bob} WHERE id = '{claim}'", "claim “170 were forced”", "rated.by is bob, the log says annotator"),
    "quote of a claim": ("UPDATE annotations_claim SET quote = 'x' WHERE id = '{claim}'", "claim “170 were forced”", "quote is 'x', the text says '170 were forced'"),
    "claim deleted": ("DELETE FROM annotations_claim WHERE id = '{claim}'", "claim “170 were forced”", "it does not exist"),
    "paragraph of a citation": ("UPDATE annotations_citation SET paragraph = '12' WHERE id = '{citation}'", "citation “the North”", "paragraph is 12, the log says 11"),
    "citation deleted": ("DELETE FROM annotations_citation WHERE id = '{citation}'", "citation “the North”", "it does not exist"),
    "link deleted": ("DELETE FROM annotations_link WHERE id = '{link}'", "link part_of", "it does not exist"),
    "relation deleted": ("DELETE FROM registry_relation WHERE id = '{relation}'", "relation {relation}", "it does not exist"),
    "type of a relation": ("UPDATE registry_relation SET type = 'located_in' WHERE id = '{relation}'", "relation {relation}", "type is located_in, the log says part_of"),
    "text of a note": ("UPDATE annotations_note SET text = 'Nobody.' WHERE id = '{note}'", "note The year is stated.", "text is Nobody., the log says The year is stated."),
    "entity renamed": ("UPDATE registry_entity SET name = 'Guests' WHERE id = '{workers}'", "entity “Guests” ({workers})", "name is Guests, the log says Workers"),
    "entity renamed, its revision counted up": ("UPDATE registry_entity SET name = 'Guests', revision = 2 WHERE id = '{workers}'", "entity “Guests”", "name is Guests, the log says Workers"),
    "other name of an entity": ("UPDATE registry_entityname SET name = 'chefs' WHERE name = 'crew'", "of entity “Workers”", "name is chefs, the log says crew"),
    "date of birth of an entity": ("UPDATE registry_entitybirth SET edtf = '1970'", "of entity “Workers”", "edtf is 1970, the log says 1960"),
    "identifier of an entity": ("DELETE FROM registry_entityidentifier", "of entity “Workers”", "it does not exist"),
    "link to a list": ("UPDATE registry_listlink SET match = 'rejected', reviewer_id = {bob}", "of entity “Workers”", "match is rejected, the log says possible; reviewer is bob, the log says annotator"),
    "annotator of an assignment": ("UPDATE annotations_assignment SET annotator_id = {bob}", "assignment of “Workers sent home” by bob", "annotator is bob, the log says annotator"),
    "annotation turned into gold": ("UPDATE annotations_assignment SET role = 'adjudication'", "assignment of “Workers sent home”", "role is adjudication, the log says annotation"),
    "submitted": ("UPDATE annotations_assignment SET status = 'submitted', submitted = now()", "assignment of “Workers sent home”", "status is submitted, the log says open"),
    "title of an article": ("UPDATE corpus_article SET title = 'Workers stay'", "article “Workers stay” ({article})", "title is Workers stay, the log says Workers sent home"),
    "date of an article": ("UPDATE corpus_article SET published_edtf = '2018-09-04'", "article “Workers sent home”", "published_edtf is 2018-09-04, the log says 2017-09-04"),
    "address of an article": ("UPDATE corpus_article SET url = 'https://example.org/2'", "article “Workers sent home”", "url is https://example.org/2, the log says https://example.org/1"),
    "outlet of an article": ("UPDATE corpus_article SET outlet_id = {second}", "article “Workers sent home”", "outlet is {second}, the log says"),
    "name of an outlet": ("UPDATE corpus_outlet SET name = 'Daily Truth' WHERE id = {second}", "outlet {second}", "name is Daily Truth, the log says Second Wire"),
    "version of a text": ("UPDATE corpus_document SET version = 7", "text 7 of “Workers sent home”", "version is 7, the log says 1"),
}  # fmt: skip
# What the database refuses, and what is said where its guards were off.
REFUSED = {
    "origin of a text": ("UPDATE corpus_document SET retrieved_from = 'https://example.org/3'", "text 1 of “Workers sent home”", "retrieved_from is https://example.org/3, the log says"),
    "other raw bytes": ("UPDATE corpus_document SET raw_id = {raw}", "text 1 of “Workers sent home”", "raw is {raw}, the log says"),
    "source map": ("UPDATE corpus_document SET source_map = '[]'", "text 1 of “Workers sent home”", "source_map is"),
    "segments moved": ("UPDATE corpus_segment SET start = start + 3 WHERE code = 'title'", "of text 1 of “Workers sent home”", "start is 3, the log says 0"),
    "zone": ("UPDATE corpus_zone SET kind = 'marker'", "of text 1 of “Workers sent home”", "kind is marker, the log says credit"),
    "repair": ("UPDATE corpus_repair SET why = 'no reason'", "of text 1 of “Workers sent home”", "why is no reason, the log says EUC-KR"),
    "raw bytes": ("ALTER TABLE corpus_raw DROP CONSTRAINT raw_sha256_is_of_content; UPDATE corpus_raw SET content = 'x' WHERE id = {raw}", "raw {raw}", "raw bytes match their hash"),
    "text": ("ALTER TABLE corpus_document DROP CONSTRAINT document_sha256_is_of_text; UPDATE corpus_document SET text = replace(text, '300', '900')", "text {document}", "the text of each document matches its hash"),
    "text and hash": ("ALTER TABLE corpus_document DROP CONSTRAINT document_sha256_is_of_text; UPDATE corpus_document SET text = replace(text, '300', '900'), sha256 = encode(sha256(convert_to(replace(text, '300', '900'), 'UTF8')), 'hex')", "text 1 of “Workers sent home”", "sha256 is"),
    "user of a change": ("UPDATE annotations_change SET user_id = {bob} WHERE revision = 3 AND position = 1", f"revision 3 {OF}", "does not match the hash chain: user, time or content was modified"),
    "time of a change": ("UPDATE annotations_change SET at = at - interval '1 day' WHERE revision = 3", f"revision 3 {OF}", "does not match the hash chain"),
    "after of a change": ("UPDATE annotations_change SET after = jsonb_set(after, '{{text}}', '\"Nobody.\"') WHERE revision = 7", f"revision 7 {OF}", "does not match the hash chain"),
    "after of a change, and the mark": ("UPDATE annotations_change SET after = jsonb_set(after, '{{text}}', '\"Nobody.\"') WHERE revision = 8; UPDATE annotations_note SET text = 'Nobody.'", f"revision 8 {OF}", "does not match the hash chain"),
    "last rows of the log": ("DELETE FROM annotations_change WHERE revision = 4 AND position = 2", f"revision 4 {OF}", "it has 2 changes, but the hash chain has 3"),
    "last batch of the log": ("DELETE FROM annotations_change WHERE revision = 8; UPDATE annotations_assignment SET revision = 7; UPDATE annotations_note SET text = 'The year is inferred.', revision = 7", f"revision 8 {OF}", "its 1 changes are missing from the log"),
    "a batch put in": ("INSERT INTO annotations_change (id, assignment_id, revision, position, op, kind, object_id, after, digest, user_id, at) SELECT gen_random_uuid(), assignment_id, 9, 0, op, kind, gen_random_uuid(), after, digest, user_id, at FROM annotations_change WHERE revision = 7", f"revision 9 {OF}", "its 1 changes were added to the log outside Attest"),
    "a state of the evidence log": ("UPDATE corpus_evidencelog SET state = replace(state::text, 'org/1', 'org/2')::jsonb WHERE kind = 'article' AND op = 'update'", "article “Workers sent home”", "does not match the hash chain"),
    "last entry of the evidence log": ("DELETE FROM corpus_evidencelog WHERE kind = 'article' AND op = 'update'", "article “Workers sent home”", "url is https://example.org/1, the log says empty"),
}  # fmt: skip


# The same of what a team does.
OF_TEAM = {
    "who submitted": ("UPDATE annotations_transition SET user_id = {bob} WHERE kind = 'submitted'", "transition", "of assignment of “Workers sent home” by annotator", "user is bob, the log says annotator"),
    "when it was submitted": ("UPDATE annotations_transition SET at = at - interval '1 day' WHERE kind = 'submitted'", "transition", "at is"),
    "an approval put in": ("INSERT INTO annotations_transition (id, assignment_id, revision, kind, reason, note, user_id, at) SELECT gen_random_uuid(), assignment_id, revision, 'approved', '', '', {bob}, at FROM annotations_transition WHERE kind = 'submitted'; DELETE FROM corpus_evidencelog WHERE kind = 'transition' AND state::text LIKE '%approved%'", "transition", "it exists, but is not in the log"),
    "a step deleted": ("DELETE FROM annotations_transition WHERE kind = 'submitted'", "transition", "it does not exist"),
    "revision of an input": ("UPDATE annotations_adjudicationinput SET revision = 1", "adjudication_input", "revision is 1, the log says 8"),
    "text of a post": ("UPDATE annotations_threadpost SET text = 'All clear.'", "post", "text is All clear., the log says Is this all?"),
    "who wrote a post": ("UPDATE annotations_threadpost SET user_id = {bob}", "post", "user is bob, the log says annotator"),
    "body of a guideline": ("UPDATE annotations_guidelineversion SET body = 'Any day.'", "guideline_version", "body is Any day., the log says The day of the event."),
    "who changed members": ("UPDATE corpus_edit SET user_id = {bob} WHERE object = '1'", "edit", "user is bob, the log says chief"),
    "an edit deleted": ("DELETE FROM corpus_edit WHERE object = '1'", "edit", "it does not exist"),
}  # fmt: skip


@pytest.mark.parametrize("name", OF_TEAM)
def test_what_a_team_did_is_found_where_it_was_changed(name, team, capsys):
    assert lines(capsys) == ""
    sql, *said = (part.format(**team) for part in OF_TEAM[name])
    plant(sql, past_guards=True)
    found = lines(capsys)
    assert any(all(part in line for part in said) for line in found.splitlines()), found


def test_evidence_that_nobody_touched_has_no_fault(evidence, capsys):
    assert lines(capsys) == ""
    assert lines(capsys, corpus="reports") == ""


@pytest.mark.parametrize("name", PLANTED)
def test_a_change_by_sql_is_found(name, evidence, capsys):
    sql, *said = (part.format(**evidence) for part in PLANTED[name])
    plant(sql, past_guards=False)
    found = lines(capsys)
    assert any(all(part in line for part in said) for line in found.splitlines()), found
    assert lines(capsys, corpus="reports") == found


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_database_refuses_is_found_where_its_guards_were_off(name, evidence, capsys):
    sql, *said = (part.format(**evidence) for part in REFUSED[name])
    alone = sql.partition("; ")[2] if sql.startswith("ALTER") else sql
    if not alone.startswith("INSERT"):
        with pytest.raises(Error), transaction.atomic():
            plant(alone, past_guards=False)
    plant(sql, past_guards=True)
    found = lines(capsys)
    assert any(all(part in line for part in said) for line in found.splitlines()), found
