"""An erased account: no trace of name or mail in any row, everything that was written stays, and the logs are whole."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from annotations.discussion.threads import open_thread
from annotations.documents.export import Export
from annotations.documents.selection import Selection
from annotations.models import Change, Notice, PairScore
from annotations.notices.make import notify
from annotations.plans.change import create_plan
from annotations.plans.people import change_plan
from annotations.queries.integrity import faults
from annotations.scoring.pairs import score
from annotations.write.apply import apply_changes
from annotations.write.decide import decide
from config.erasure.account import ErasureError, erase
from corpus.edits.articles import edit_article, undo_article
from corpus.edits.members import add_member
from corpus.models import EvidenceLog, Seal, Token
from corpus.seals import seal
from questions.models import SavedQuestion
from registry.models import Entity
from tests import factories, readings
from tests.api.world import change, new

pytestmark = pytest.mark.django_db
NAME, MAIL = "zebulon.quartz", "zq@mailtrace.example"


@pytest.fixture
def corpus(db):
    made = factories.corpus("reports")
    factories.scheme()
    factories.adopt(made)
    return made


@pytest.fixture
def root(db):
    return factories.user("root", is_superuser=True)


@pytest.fixture
def person(corpus, root):
    made = factories.user(NAME, email=MAIL, first_name="Zebulon", last_name="Quartz")
    add_member(corpus, made, "manager", root)
    factories.membership(corpus, factories.user("second"), "manager")
    return made


def rated(named):
    named["claim"][1].update(reliability="B", credibility="2")


@pytest.fixture
def pair(corpus, person):
    second = get_user_model().objects.get(username="second")
    return readings.readings(corpus, [person, second], [rated, readings.some_differences])


@pytest.fixture
def traces(corpus, person, pair):
    """Wherever a name comes to stand: ratings, links to lists, what is stated of an article, questions, tokens, a session."""
    firm = {"id": new(), "type": "COMPANY", "name": "Firm", "reference": "specific"}
    other = factories.assignment(factories.document("Firm left.", corpus=corpus), person)
    apply_changes(other, person, 0, [change("create", "entity", firm)])
    request = {"id": new(), "revision": 1, "list": "UN", "entry": "1", "match": "possible"}
    decide(Entity.objects.get(pk=firm["id"]), person, request, "page")
    again = {
        "id": firm["id"],
        "revision": Entity.objects.get(pk=firm["id"]).revision,
        "name": "The Firm",
    }  # so that its link is in the log, too
    apply_changes(other, person, 1, [change("update", "entity", again)])
    edit = edit_article(pair[0].document.article, {"outlet": "Wire", "url": "https://example.org/a"}, person)
    undo_article(edit, person)
    edit_article(pair[0].document.article, {"outlet": "Wire"}, person)
    for name, shared in (("Private", False), ("Shared", True)):
        query = f"whose=by%3A{NAME}&type=PAY"
        SavedQuestion.objects.create(corpus=corpus, owner=person, name=name, ledger="events", query=query, is_shared=shared)
    plan = create_plan(corpus, {"name": "Overlap", "readings": 1, "share": 0}, {person: 2}, person)
    change_plan(plan, 0, {}, {person: None}, person)
    Token.issue(person, "nightly", ["read"])
    Client().force_login(person)
    notify("returned", corpus, [person.pk], assignment=pair[0].pk)
    return pair


def rows_with(*words):
    """Rows of all tables, as a dump would have them, in which one of the words stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t WHERE t::text ILIKE ANY(%s)", [[f"%{word}%" for word in words]])
            yield from ((table, row) for (row,) in cursor.fetchall())


def exported(corpus):
    return b"".join(Export(Selection.parse({"status": "submitted"}).rows(corpus), "native").pieces())


def test_no_row_holds_name_or_mail_and_what_was_written_stays(corpus, person, traces, root):
    assert {table for table, _ in rows_with(NAME)} >= {
        "annotations_change", "corpus_evidencelog", "corpus_edit", "corpus_article", "questions_savedquestion",
    }  # fmt: skip
    seal()
    before, changes = exported(corpus), Change.objects.count()
    done = erase(person, root)
    assert list(rows_with(NAME, MAIL, "zebulon", "mailtrace")) == []
    assert exported(corpus) == before.replace(NAME.encode(), done.pseudonym.encode())
    assert Change.objects.filter(user=person).exists()
    assert Change.objects.count() == changes
    assert SavedQuestion.objects.get().query == f"whose=by%3A{done.pseudonym}&type=PAY"
    for gone in (Token, Session, Notice):
        assert not gone.objects.exists()


def test_the_logs_are_whole_and_former_seals_hold(person, traces, root):
    before = seal()
    erase(person, root)
    assert [str(fault) for fault in faults()] == []
    seal()
    assert [str(fault) for fault in faults()] == []
    assert Seal.objects.filter(hash=before.hash).exists()
    assert EvidenceLog.objects.filter(op="erase").exists()


@pytest.mark.parametrize(
    ("table", "trigger", "sql"),
    [
        (
            "annotations_change",
            "change_append_only",
            "UPDATE annotations_change SET after = replace(after::text, 'former-', 'latter-')::jsonb",
        ),
        (
            "corpus_evidencelog",
            "only_grows",
            "UPDATE corpus_evidencelog SET state = replace(state::text, 'stated by former', 'stated by latter')::jsonb",
        ),
    ],
)
def test_what_is_changed_behind_an_erasure_is_still_told(person, traces, root, table, trigger, sql):
    erase(person, root)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        cursor.execute(sql)
    assert list(faults())


def test_a_second_erasure_in_the_same_chains_leaves_them_whole(person, traces, root, corpus):
    factories.membership(corpus, factories.user("third"), "manager")
    erase(person, root)
    erase(get_user_model().objects.get(username="second"), root)
    assert [str(fault) for fault in faults()] == []
    assert list(rows_with("second@")) == []


def test_agreement_stays_as_it_was(corpus, person, traces, root):
    score()
    before = measured()
    erase(person, root)
    score()
    assert measured() == before


def measured():
    return list(PairScore.objects.order_by("pk").values("left", "right", "counts", "left_revision", "right_revision"))


def test_who_is_needed_is_not_erased(corpus, person, root):
    with pytest.raises(ErasureError, match="no superuser"):
        erase(person, person)
    with pytest.raises(ErasureError, match="last superuser"):
        erase(root, root)
    corpus.memberships.filter(user__username="second").delete()
    with pytest.raises(ErasureError, match="last active manager of “"):
        erase(person, root)


def test_the_command_previews_and_lists_what_people_wrote(person, traces, root, capsys):
    open_thread(traces[0], None, f"Ask Zebulon Quartz ({MAIL}).", get_user_model().objects.get(username="second"))
    call_command("erase", NAME, by="root")
    assert "would be renamed" in capsys.readouterr().out
    assert get_user_model().objects.filter(username=NAME).exists()
    call_command("erase", NAME, by="root", yes=True)
    told = capsys.readouterr().out
    assert "annotations_threadpost: 1" in told
    assert "Backups, exports" in told
    with pytest.raises(CommandError, match="There is no account"):
        call_command("erase", NAME, by="root")
