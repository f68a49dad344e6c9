"""The worked seed article goes in whole, once, and comes out as it went in."""

import copy
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.documents.build import document
from annotations.imports import loaded_gold
from annotations.imports.annotators import placeholder_account
from annotations.imports.load import LoadError, load
from annotations.models import Argument, Assignment, Change, Citation, Claim, Event, Link, LoggedChange, Note, Span
from annotations.write.apply import apply_changes
from corpus.intake.ingest import ingest
from corpus.models import Article, Outlet
from registry.models import Decision, Entity, ListLink, Relation
from tests import factories
from tests.annotations.conftest import change
from tests.native_diff import compare

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]
SEED = factories.DOMAIN / "000_3e4db3711cb7c38f.txt"
GOLD = factories.DOMAIN / "gold_seed.json"
WHOLE = {
    "entity": 37,
    "relation": 26,
    "event": 41,
    "argument": 108,
    "span": 129,
    "citation": 2,
    "claim": 10,
    "link": 6,
    "note": 9,
}


def with_the_seed(slug):
    corpus = factories.corpus(slug)
    ingest(corpus, [(SEED.name, SEED.read_bytes())], door="command")
    return corpus


@pytest.fixture
def seed(scheme):
    """A corpus with the seed article, without a mark."""
    return with_the_seed("seed")


@pytest.fixture
def gold():
    return json.loads(GOLD.read_text("utf-8"))


@pytest.fixture
def bring(seed, annotator):
    """Load a document as the annotator's marks; the report."""

    def run(body, *, into=None, by=None, role="annotation"):
        content = json.dumps(body).encode()
        who = by or annotator
        return load(into or seed, content, name="gold.json", annotator=who, user=who, role=role)

    return run


@pytest.fixture
def exported(capsys):
    """What `export` writes for a corpus, line by line."""

    def run(corpus, **options):
        capsys.readouterr()
        call_command("export", corpus=corpus.slug, format="native", **{"drafts": True} | options)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def rows():
    models = (Entity, Relation, Event, Argument, Span, Citation, Claim, Link, Note, Change, Assignment)
    return {model.__name__: set(model.objects.values_list("pk", flat=True)) for model in models}


# In


def test_the_gold_brings_everything_that_it_says(bring, gold):
    assert dict(bring(gold).written) == WHOLE
    stored = [Entity, Relation, Event, Argument, Span, Citation, Claim, Link, Note]
    assert [model.objects.count() for model in stored] == list(WHOLE.values())


def test_everything_that_is_loaded_stands_in_the_log(bring, gold):
    bring(gold)
    objects = sum(WHOLE.values()) - WHOLE["argument"]
    assert LoggedChange.objects.filter(op="create", revision=1).count() == objects
    assert Assignment.objects.get().revision == 1


def test_the_command_says_what_it_loaded(seed, annotator, capsys):
    call_command("load", str(GOLD), corpus="seed", format="native", annotator="annotator")
    assert capsys.readouterr().out == (
        f"{GOLD}: 37 entities, 26 entity relations, 41 events, 108 arguments, 129 marks, 2 citations, 10 claims, 6 links, 9 notes\n"
    )


def test_the_second_load_changes_nothing_and_says_so(seed, annotator, capsys):
    options = {"corpus": "seed", "format": "native", "annotator": "annotator"}
    call_command("load", str(GOLD), **options)
    before = rows()
    capsys.readouterr()
    call_command("load", str(GOLD), **options)
    assert capsys.readouterr().out == f"{GOLD}: nothing to do: everything was already imported\n"
    assert rows() == before
    assert Assignment.objects.get().revision == 1


def test_what_the_annotator_deleted_stays_deleted_when_the_file_is_loaded_again(bring, gold, annotator):
    bring(gold)
    link = str(Link.objects.first().pk)
    apply_changes(Assignment.objects.get(), annotator, 1, [change("delete", "link", {"id": link})])
    assert bring(gold).written == {}
    assert not Link.objects.filter(pk=link).exists()


def test_what_a_file_adds_is_written_and_the_rest_is_counted_as_present(bring, gold):
    less = copy.deepcopy(gold)
    del less["relations"][-1]
    bring(less)
    report = bring(gold)
    assert dict(report.written) == {"link": 1}
    assert report.line().startswith("1 link; ")


def test_other_content_under_an_id_that_was_loaded_is_refused(bring, gold):
    bring(gold)
    next(item for item in gold["mentions"] if item["id"] == "A13")["label"] = "COMPANY"
    with pytest.raises(LoadError, match="id-reused A13 was imported before with other content"):
        bring(gold)


def test_two_annotators_of_one_article_share_its_entities(bring, gold):
    colleague = factories.user("colleague")
    bring(gold)
    report = bring(gold, by=colleague)
    assert report.written["entity"] == report.written["relation"] == 0
    assert Entity.objects.count() == WHOLE["entity"]
    assert Relation.objects.count() == WHOLE["relation"]
    assert Span.objects.count() == 2 * WHOLE["span"]
    named = Entity.objects.get(key="E-CN").spans.values_list("assignment__annotator__username", flat=True)
    assert set(named) == {"annotator", "colleague"}


def test_two_corpora_share_no_entity(bring, gold):
    bring(gold)
    bring(gold, into=with_the_seed("other"))
    assert Entity.objects.filter(key="E-CN").count() == 2


def test_a_file_fills_what_the_article_does_not_say_of_itself(bring, gold):
    article = Article.objects.get()
    Article.objects.update(language="ko")
    bring(gold)
    article.refresh_from_db()
    assert (article.key, article.language) == ("seed-000", "ko")
    assert article.published_edtf == "2017-09-04/2017-09-30"
    assert article.outlet.name == "Daily NK"
    assert Entity.objects.get(outlet=Outlet.objects.get()).key == "E-DNK"


def test_several_documents_are_loaded_from_one_file_line_by_line(seed, scheme, annotator, gold):
    text = factories.document("They sent 300 home.", corpus=seed)
    second = {"format": gold["format"], "scheme": gold["scheme"], "document": {"clean_sha256": text.sha256}}
    fragment = {"start": 10, "end": 13, "quote": "300"}
    second["mentions"] = [{"id": "F1", "layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment]}]
    content = "\n".join(json.dumps(body) for body in (gold, second)).encode()
    report = load(seed, content, name="two.jsonl", annotator=annotator, user=annotator, role="annotation")
    assert report.documents == 2
    assert report.written["span"] == WHOLE["span"] + 1


# How much it costs


def test_the_number_of_queries_does_not_grow_with_the_marks(bring, gold):
    few = copy.deepcopy(gold) | {"events": [], "attributions": [], "relations": [], "measure_refs": []}
    actors = [item for item in gold["mentions"] if item["layer"] == "ACTOR"]
    counts = []
    for mentions, name in ((actors[:5], "warm"), (actors[:5], "few"), (actors, "many")):
        few["mentions"] = mentions
        with CaptureQueriesContext(connection) as queries:
            bring(few, by=factories.user(name))
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_the_gold_is_loaded_with_fewer_queries_than_it_has_kinds_of_thing_times_ten(bring, gold):
    with CaptureQueriesContext(connection) as queries:
        bring(gold)
    assert len(queries) < 10 * len(WHOLE)


# Out


def test_the_export_says_what_the_file_said(bring, gold, seed, exported):
    bring(gold)
    (body,) = exported(seed)
    assert compare(gold, body) == []


def test_raw_offsets_come_out_as_the_file_has_them(bring, gold, seed, exported):
    bring(gold)
    (body,) = exported(seed)
    assert {item["id"]: item["fragments"] for item in body["mentions"]} == {
        item["id"]: item["fragments"] for item in gold["mentions"]
    }


def test_what_was_exported_can_be_loaded_and_exported_again(bring, gold, seed, exported):
    bring(gold)
    (body,) = exported(seed)
    other = with_the_seed("other")
    assert dict(bring(body, into=other).written) == WHOLE
    assert compare(exported(other)[0], body) == []


def test_what_was_exported_is_there_already_when_it_is_loaded_back(bring, gold, seed, exported):
    bring(gold)
    (body,) = exported(seed)
    assert bring(body).written == {}


def test_the_end_record_of_an_export_is_no_document(bring, gold, seed, annotator, capsys, tmp_path):
    bring(gold)
    capsys.readouterr()
    call_command("export", corpus="seed", format="native", drafts=True, end=True)
    file = tmp_path / "gold.jsonl"
    file.write_text(capsys.readouterr().out)
    call_command("check_export", str(file))
    assert capsys.readouterr().out.startswith(f"{file}: whole, 1 documents")
    call_command("load", str(file), corpus="seed", format="native", annotator="annotator")
    assert "nothing to do" in capsys.readouterr().out
    file.write_text(file.read_text()[:-3])
    with pytest.raises(CommandError, match="1 of 1 files are incomplete"):
        call_command("check_export", str(file))


def test_a_plain_export_is_without_what_follows_from_the_marks(bring, gold, seed, exported):
    bring(gold)
    (body,) = exported(seed, plain=True)
    assert compare(gold, body) == []
    assert "checks" not in body
    assert [check["code"] for check in exported(seed)[0]["checks"]] == [check["code"] for check in gold["checks"]]


def value(body):
    next(m for m in body["mentions"] if m["id"] == "F01")["attributes"]["low"] = 299


def offset(body):
    mark = next(m for m in body["mentions"] if m["id"] == "A13")
    mark["start"] += 1
    mark["fragments"][0]["start"] += 1


def role(body):
    body["events"][0]["arguments"][0]["role"] = "destination"


def claim(body):
    body["attributions"][0]["modality"] = "denied"


def left_out(body):
    del body["relations"][0]


def entity(body):
    body["entities"][0]["countries"] = ["KP"]


FALSIFIED = {value: "mark", offset: "mark", role: "event", claim: "claim", left_out: "link", entity: "entity"}


@pytest.mark.parametrize("falsify", FALSIFIED)
def test_a_changed_thing_is_noticed_by_the_comparer(bring, gold, seed, exported, falsify):
    bring(gold)
    (body,) = exported(seed)
    falsify(body)
    assert FALSIFIED[falsify] in {difference.kind for difference in compare(gold, body)}


def test_an_export_takes_one_persons_marks_or_the_gold_or_all(bring, gold, seed, exported):
    bring(gold)
    bring(gold, by=factories.user("reviewer"), role="adjudication")
    assert [body["annotator"] for body in exported(seed, annotator="annotator")] == ["annotator"]
    assert [body["role"] for body in exported(seed, gold=True)] == ["adjudication"]
    assert len(exported(seed)) == 2


def test_an_export_of_nothing_is_an_error_and_not_an_empty_file(seed):
    with pytest.raises(CommandError, match="seed has no gold and no submitted assignments in this selection"):
        call_command("export", corpus="seed", format="native")
    with pytest.raises(CommandError, match="no such corpus: 'nowhere'"):
        call_command("export", corpus="nowhere", format="native")


# Decisions about sanctions lists

LINK = {"list": "UN", "entry": "KPe.001", "match": "confirmed", "list_version": "2017-09-01", "reviewer": "chief", "note": None}


def linked(gold, **fields):
    """The gold, in which the file says that somebody else confirmed a link."""
    entity = next(one for one in gold["entities"] if one["id"] == "E-WPK")
    entity |= {"list_links": [LINK], "screening": "linked"} | fields
    return gold


def test_a_decision_in_a_file_is_made_by_who_loads_it_and_keeps_the_name_in_the_file(bring, gold, annotator):
    factories.user("chief")  # also where somebody of that name is here
    bring(linked(gold))
    link, decision = ListLink.objects.select_related("reviewer").get(), Decision.objects.get()
    assert (link.reviewer, link.said_by) == (annotator, "chief")
    assert (decision.user, decision.said_by, decision.source, decision.match) == (annotator, "chief", "file", "confirmed")


def test_it_comes_out_with_both_names_and_goes_in_again_elsewhere_with_the_first(bring, gold, annotator):
    bring(linked(gold))
    out = document(Assignment.objects.get())
    [link] = next(one["list_links"] for one in out["entities"] if one["list_links"])
    assert link == LINK | {"reviewer": annotator.username, "said_by": "chief"}
    loader = factories.user("loader")
    bring(out, into=with_the_seed("elsewhere"), by=loader)
    again = ListLink.objects.get(reviewer=loader)
    assert again.said_by == "chief"


@pytest.mark.parametrize("state", ["no_match", "not_applicable"])
def test_a_file_that_says_no_match_beside_a_link_is_refused(bring, gold, state):
    with pytest.raises(LoadError, match="LST-02"):
        bring(linked(gold, screening=state))
    assert not Decision.objects.exists()


# The gold


def test_gold_is_submitted_when_it_is_loaded_and_takes_what_another_file_adds(bring, gold):
    less = copy.deepcopy(gold)
    del less["relations"][-1]
    who = placeholder_account("")
    assert "not submitted" not in bring(less, by=who, role="adjudication").line()
    assert Assignment.objects.get().status == "submitted"
    assert dict(bring(gold, by=who, role="adjudication").written) == {"link": 1}
    assert Assignment.objects.get().status == "submitted"
    assert bring(gold, by=who, role="adjudication").line().startswith("nothing to do")


def test_gold_with_errors_stays_open_and_the_report_says_so(bring, gold):
    gold["mentions"][0]["attributes"]["entity"] = None
    assert bring(gold, by=placeholder_account(""), role="adjudication").line().endswith("not submitted because of errors: 1 gold")
    assert Assignment.objects.get().status == "open"


def test_gold_that_was_loaded_before_is_submitted_later(bring, gold, annotator):
    bring(gold, by=placeholder_account(""), role="adjudication")
    Assignment.objects.update(status="open", submitted=None)
    in_progress = factories.assignment(
        factories.document("Another text.", corpus=Assignment.objects.get().document.corpus),
        annotator,
        "adjudication",
        status="open",
    )
    loaded_gold.submit_all()
    in_progress.refresh_from_db()
    assert (Assignment.objects.exclude(pk=in_progress.pk).get().status, in_progress.status) == ("submitted", "open")
