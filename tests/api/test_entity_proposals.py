"""Whom the words of a mark may mean: entities of the corpus by their names, the best first."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.write.apply import apply_changes
from config.environment import ROOT
from registry.models import Entity, EntityName, ListCandidate, ListLink, Relation, ScreenedBy, ScreeningRun
from tests import factories, listed
from tests.api.world import change, fragment, new

URL = "/api/v1/corpora/own/proposals/"


def entity(own, name, kind="TERRITORY", aliases=(), **fields):
    made = Entity.objects.create(corpus=own.corpus, name=name, type=kind, **fields)
    EntityName.objects.bulk_create(EntityName(entity=made, position=n, name=alias) for n, alias in enumerate(aliases))
    return made


@pytest.fixture
def asked(own, annotator):
    """What is proposed for words: (name, match, the name by which it was found)."""

    def of(words, types=""):
        response = annotator.get(URL, {"q": words, "type": types})
        assert response.status_code == 200, response.json()
        return [(found["entity"]["name"], found["match"], found["matched"]) for found in response.json()["results"]]

    return of


@pytest.fixture
def known(own):
    entity(own, "North Korea (DPRK)", aliases=["the North", "DPRK"])
    entity(own, "Workers' Party of Korea", "STATE_BODY", aliases=["the Party"])
    entity(own, "Textile factory in Dandong", "COMPANY")
    entity(own, "Dandong Railway Station", "FACILITY")


@pytest.mark.parametrize(
    ("words", "name", "matched"),
    [
        ("North", "North Korea (DPRK)", "the North"),
        ("the North", "North Korea (DPRK)", "the North"),
        ("NORTH", "North Korea (DPRK)", "the North"),
        ("dprk", "North Korea (DPRK)", "DPRK"),
        ("Party", "Workers' Party of Korea", "the Party"),
        ("Workers’ Party  of\nKorea", "Workers' Party of Korea", "Workers' Party of Korea"),
    ],
)
def test_a_name_or_another_name_without_its_article_comes_first(known, asked, words, name, matched):
    assert asked(words)[0] == (name, "exact", matched)


def test_beginnings_come_before_words_and_these_before_parts(own, asked):
    for name in ("Anchored Lights", "Chorus Line Ltd", "Dock Chorus", "Prechorus"):
        entity(own, name, "COMPANY")
    assert [(name, match) for name, match, _ in asked("chorus")] == [
        ("Chorus Line Ltd", "begins"),
        ("Dock Chorus", "word"),
        ("Prechorus", "part"),
    ]


def test_a_slip_of_the_pen_still_finds_it(known, asked):
    assert asked("Dandong Raiway Station")[0][:2] == ("Dandong Railway Station", "similar")


def test_two_letters_find_beginnings_only(known, asked):
    assert [(name, match) for name, match, _ in asked("da")] == [
        ("Dandong Railway Station", "begins"),
        ("Textile factory in Dandong", "word"),
    ]


def test_only_types_that_fit(known, asked):
    assert [name for name, *_ in asked("dandong", "COMPANY,FACILITY")] == [
        "Dandong Railway Station",
        "Textile factory in Dandong",
    ]
    assert [name for name, *_ in asked("dandong", "COMPANY")] == ["Textile factory in Dandong"]
    assert asked("North", "GROUP") == []


def test_among_equals_comes_first_what_more_marks_mean(own, annotator):
    text = "Kim Chol met Kim Chol."
    twins = [entity(own, "Kim Chol", "PERSON"), entity(own, "Kim Chol", "PERSON")]
    used = max(twins, key=lambda one: str(one.pk))
    reading = factories.assignment(factories.document(text, corpus=own.corpus), factories.user())
    mark = {"id": new(), "layer": "ACTOR", "label": "PERSON", "attributes": {"entity": str(used.pk)}}
    changes = [change("create", "span", mark | {"fragments": [fragment(text, "Kim Chol")]})]
    apply_changes(reading, reading.annotator, 0, changes)
    found = annotator.get(URL, {"q": "kim chol"}).json()["results"]
    assert [one["match"] for one in found] == ["exact", "exact"]
    assert found[0]["entity"]["id"] == str(used.pk)


@pytest.mark.parametrize("words", ["%", "_", "\\", "100%", "'", '"', "the", "", "   ", "💩", "북한", "a" * 200])
def test_signs_of_the_database_are_words_like_others(known, asked, words):
    assert [name for name, *_ in asked(words)] == []


def test_names_in_other_scripts(own, asked):
    entity(own, "朝鮮労働党", "STATE_BODY")
    assert asked("朝鮮")[0][:2] == ("朝鮮労働党", "begins")
    assert asked("労働")[0][:2] == ("朝鮮労働党", "part")


@pytest.mark.parametrize("wrong", [{"q": "a" * 201}, {"q": "\x00"}, {"type": "\x00"}, {"type": "A," * 60}, {"words": "x"}])
def test_what_no_name_can_hold_is_refused(own, annotator, wrong):
    assert annotator.get(URL, wrong).status_code == 400


def test_nothing_of_another_corpus(own, world, asked):
    assert world.foreign.canary
    assert asked("foreigncanary") == []


def test_as_many_queries_whatever_there_is(own, known, annotator):
    for n in range(30):
        entity(own, f"North {n}", aliases=[f"the North {n}"])
    annotator.get(URL, {"q": "North"})
    with CaptureQueriesContext(connection) as caught:
        found = annotator.get(URL, {"q": "North"}).json()["results"]
    assert len(found) == 20
    # Two for the session and its person, then the corpus, other readings of the same text and what was made there, the entities, those
    # that sound alike, and the shared register.
    assert len(caught) == 8


def test_one_entity_comes_with_what_it_leads_to(own, annotator):
    body = annotator.get(f"/api/v1/entities/{own.ids['group']}/").json()
    assert [found["id"] for found in body["entities"]] == [own.ids["group"], own.ids["country"]]
    assert [(found["source"], found["type"], found["target"]) for found in body["relations"]] == [
        (own.ids["group"], "located_in", own.ids["country"])
    ]


def test_relations_that_go_both_ways_are_followed_backwards(own, annotator):
    """What may be the same is told from either end; what lies in a place is not told of the place."""
    twin = entity(own, "The other workers", "GROUP")
    twin.relations_out.create(corpus=own.corpus, type="possible_same_as", target_id=own.ids["group"])
    body = annotator.get(f"/api/v1/entities/{own.ids['group']}/").json()
    assert str(twin.pk) in [found["id"] for found in body["entities"]]
    body = annotator.get(f"/api/v1/entities/{own.ids['country']}/").json()
    assert [found["id"] for found in body["entities"]] == [own.ids["country"]]


def test_an_article_tells_of_what_its_entities_may_be(own, annotator):
    """Also where the other one is marked in another article only, and the relation was made from there."""
    twin = entity(own, "The other workers", "GROUP")
    twin.relations_out.create(corpus=own.corpus, type="possible_same_as", target_id=own.ids["group"])
    body = annotator.get(f"/api/v1/assignments/{own.assignment.pk}/").json()
    assert str(twin.pk) in [found["id"] for found in body["entities"]]


NAMES = json.loads((ROOT / "tests" / "names.json").read_text("utf-8"))


@pytest.mark.parametrize(("one", "other", "same"), NAMES)
def test_the_same_name_is_found_whatever_its_case_signs_and_legal_form(own, annotator, one, other, same):
    entity(own, one, "COMPANY")
    found = annotator.get(URL, {"q": other, "type": "COMPANY", "same": "yes"}).json()["results"]
    assert [x["entity"]["name"] for x in found] == [one] * same


def test_an_unnamed_particular_is_found_only_where_it_is_asked_for(own, annotator, asked):
    entity(own, "Local source", "PERSON", anonymous=True)
    entity(own, "Local source (class)", "PERSON", anonymous=True, reference="generic")
    assert [name for name, *_ in asked("local source")] == ["Local source (class)"]
    found = annotator.get(URL, {"q": "local source", "unnamed": "yes"}).json()["results"]
    assert {(x["entity"]["name"], x["unnamed"]) for x in found} == {("Local source", True), ("Local source (class)", False)}


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ("Kim Jong Un", "김정은"),
        ("김정은", "Kim Jong-un"),
        ("金正恩", "Kim Jong Un"),
        ("Ri Yong Ho", "리용호"),
        ("Lee Yong-ho", "리용호"),
        ("Jong Un Kim", "김정은"),
        ("金正恩", "김정은"),
        ("김정은", "金正恩"),
        ("Kim Jong Un", "金正恩"),
    ],
)
def test_names_in_hangul_hanja_and_latin_letters_sound_alike(own, asked, known, words):
    entity(own, known, "PERSON")
    entity(own, "Pak Pong Ju", "PERSON")
    assert asked(words, "PERSON") == [(known, "sounds", known)]


def test_what_sounds_alike_comes_behind_what_is_spelled_alike_and_is_never_exact(own, asked):
    entity(own, "Kim Jong Un (namesake)", "PERSON", aliases=["김정은"])
    entity(own, "Kim Jong Un", "PERSON")
    assert [(name, match) for name, match, _ in asked("김정은")] == [
        ("Kim Jong Un (namesake)", "exact"),
        ("Kim Jong Un", "sounds"),
    ]


def test_what_sounds_alike_has_a_place_behind_many_that_are_similar(own, asked):
    Entity.objects.bulk_create(Entity(corpus=own.corpus, name=f"Kim Jong Un {n}", type="PERSON") for n in range(30))
    entity(own, "김정은", "PERSON")
    found = asked("Kim Jong Un")
    assert (len(found), found[-1]) == (20, ("김정은", "sounds", "김정은"))


def test_the_likest_are_compared_where_there_are_many(own, asked):
    Entity.objects.bulk_create(Entity(corpus=own.corpus, name=f"Kang Chol {n}", type="PERSON") for n in range(400))
    entity(own, "Kim Jong Un", "PERSON")
    assert asked("김정은") == [("Kim Jong Un", "sounds", "Kim Jong Un")]


@pytest.mark.parametrize(("known", "words"), [("Kim Jong Il", "김정은"), ("Kim Jong Un", "김정철"), ("Park Jung", "김정은")])
def test_another_name_does_not_sound_alike(own, asked, known, words):
    entity(own, known, "PERSON")
    assert asked(words) == []


def test_an_unnamed_one_never_sounds_alike(own, asked):
    entity(own, "Kim Jong Un", "PERSON", anonymous=True)
    assert asked("김정은") == []


@pytest.fixture
def colleague(own):
    """A colleague's open reading of the text that the annotator has open, and an entity that the colleague made there."""
    person = factories.user("colleague")
    factories.membership(own.corpus, person, "annotator")
    reading = factories.assignment(own.document, person)
    made = {"id": new(), "type": "PERSON", "name": "Pak Chol", "note": "the colleague's guess"}
    apply_changes(reading, person, 0, [change("create", "entity", made)])
    return reading, made["id"]


def test_an_entity_that_a_colleague_made_in_the_same_text_is_withheld_until_one_has_submitted(own, asked, colleague, client_of):
    assert asked("Pak Chol") == []
    reviewer = client_of("reviewer").get(URL, {"q": "Pak Chol"}).json()["results"]
    assert [each["entity"]["name"] for each in reviewer] == ["Pak Chol"], (
        "nothing is withheld from who does not annotate the text"
    )
    factories.submitted(own.assignment)
    assert [name for name, *_ in asked("Pak Chol")] == ["Pak Chol"]


def test_neither_pages_nor_lists_show_it_before(own, colleague, client_of, annotator):
    _, pk = colleague
    known = entity(own, "Pak Chol", "PERSON")
    Relation.objects.create(corpus=own.corpus, source=known, target_id=pk, type="possible_same_as", basis="inferred")
    paths = {
        f"/entities/{pk}/": "",
        f"/entities/{pk}/decisions/": "",
        f"/entities/{known.pk}/": pk,
        f"/corpora/{own.corpus.slug}/entities/": pk,
        f"/corpora/{own.corpus.slug}/entities/?same=yes": pk,
        f"/api/v1/entities/{pk}/": pk,
        f"/api/v1/entities/{known.pk}/": pk,
        f"/api/v1/entities/?corpus={own.corpus.slug}": pk,
        f"/api/v1/corpora/{own.corpus.slug}/ask/screening/": pk,
        "/api/v1/list-links/": pk,
        "/lists/TEST/entries/TEST-001/": pk,
    }
    listed.version("TEST", "TEST-001; Pak Chol; KP")
    ListLink.objects.create(entity_id=pk, list="TEST", entry="TEST-001", match="possible")

    def leaks():
        answers = {path: annotator.get(path) for path in paths}
        return {path for path, answer in answers.items() if answer.status_code == 200 and paths[path] in answer.content.decode()}

    assert leaks() == set()
    assert annotator.get(f"/api/v1/entities/{known.pk}/").json()["relations"] == []
    assert str(known.pk) not in annotator.get(f"/corpora/{own.corpus.slug}/entities/?same=yes").content.decode()
    factories.submitted(own.assignment)
    assert leaks() == set(paths)


OF_CORPUS = ("entities/", "screening/", "ask/screening/", "ask/events/", "ask/words/")


def told(client, own, pk):
    """What a person reads of a corpus, by address: pages, programs and files, with the entity asked for by id and by name."""
    slug = own.corpus.slug
    paths = [f"/corpora/{slug}/{each}" for each in OF_CORPUS]
    paths += [f"/api/v1/corpora/{slug}/{each}" for each in ("screening/", "ask/screening/", "proposals/?q=Zimbo")]
    paths += [f"/api/v1/corpora/{slug}/ask/screening/file/?format=jsonl", f"/api/v1/entities/?corpus={slug}"]
    paths += [f"/corpora/{slug}/ask/events/?entity={pk}", f"/corpora/{slug}/ask/events/?filters=1&entity=zimbocanary"]
    paths += [f"/entities/{pk}/", f"/api/v1/entities/{pk}/", f"/corpora/{slug}/export/?format=native"]
    answers = {path: client.get(path, follow=True) for path in paths}
    return {path: (answer.status_code, answer.getvalue().decode()) for path, answer in answers.items()}


# What differs from answer to answer: ids of a form, and the moment with the last change of all corpora.
SINCE = re.compile(
    r'name="id" value="[^"]*"|nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|20\d\d-\d\d-\d\dT[\d:.+]*Z?|\d+ \w+ 20\d\d \d\d:\d\d UTC'
    r'|change [\d,]+|at=\d+|"number": ?\d+'
)


@pytest.mark.parametrize("role", ["annotator", "viewer"])
def test_nothing_changes_for_who_may_not_know_of_it_when_a_colleague_makes_an_entity(own, client_of, role):
    """The annotator has the same text open; the viewer sees of readings what is submitted."""
    client, person = client_of(role), factories.user("colleague")
    factories.membership(own.corpus, person, "annotator")
    reading = factories.assignment(own.document, person)
    current = listed.version("TEST", "TEST-001; Zimbocanary Trading; KP")
    ScreenedBy.objects.create(corpus=own.corpus, list=current.list)
    made = {"id": new(), "type": "COMPANY", "name": "Zimbocanary Trading", "aliases": ["zimbocanary"], "note": "zimbocanary"}
    before = told(client, own, made["id"])
    apply_changes(reading, person, 0, [change("create", "entity", made)])
    fields = {"corpus": own.corpus, "trigger": "entities", "matcher": "names/1", "finished": timezone.now()}
    run = ScreeningRun.objects.create(**fields, done=1, total=1, counts={"new": 1})
    pair = {"entity_id": made["id"], "list": current.list, "ref": "TEST-001", "version": 1, "entry_digest": "x", "score": 100}
    ListCandidate.objects.create(**pair, explanation={}, first_run=run, last_run=run, since_run=run)
    Entity.objects.filter(pk=made["id"]).update(screening="candidates")
    after = told(client, own, made["id"])
    assert {path for path in before if "Zimbocanary" in after[path][1]} == set()
    assert {path for path in before if SINCE.sub("", before[path][1]) != SINCE.sub("", after[path][1])} == set()
    assert client.get(f"/api/v1/corpora/own/screening/runs/{run.pk}/").status_code == 404
    assert "Zimbocanary" in told(client_of("reviewer"), own, made["id"])["/corpora/own/entities/"][1]


def test_the_numbers_of_a_run_are_withheld_with_the_entities(own, client_of):
    run = ScreeningRun.objects.create(corpus=own.corpus, trigger="list", matcher="names/1", done=3, total=4, counts={"new": 2})
    seen = {
        role: client_of(role).get(f"/api/v1/corpora/own/screening/runs/{run.pk}/").json()
        for role in ("annotator", "viewer", "manager")
    }
    assert [[seen[role][name] for name in ("done", "total", "counts")] for role in seen] == [[None] * 3] * 2 + [
        [3, 4, {"new": 2}]
    ]


def test_a_viewer_reads_the_entity_as_soon_as_the_reading_is_submitted(own, colleague, client_of):
    reading, pk = colleague
    assert client_of("viewer").get(f"/api/v1/entities/{pk}/").status_code == 404
    factories.submitted(reading)
    assert client_of("viewer").get(f"/api/v1/entities/{pk}/").status_code == 200


@pytest.mark.parametrize("way", ["marked elsewhere", "linked to the shared register"])
def test_an_entity_that_is_known_otherwise_is_offered(own, asked, colleague, way):
    reading, pk = colleague
    if way == "marked elsewhere":
        other = factories.assignment(own.unread, reading.annotator)
        body = {"id": new(), "layer": "ACTOR", "label": "PERSON", "fragments": [fragment(own.unread.text, "unread")]}
        apply_changes(other, reading.annotator, 0, [change("create", "span", body | {"attributes": {"entity": pk}})])
    else:
        Entity.objects.filter(pk=pk).update(same_as="shared-land")
    assert [name for name, *_ in asked("Pak Chol")] == ["Pak Chol"]


def test_what_colleagues_mark_in_the_same_text_does_not_order_what_is_offered(own, asked, colleague):
    reading, _ = colleague
    one, two = (entity(own, f"Dandong works {letter}", "COMPANY") for letter in "ab")
    words = [fragment(own.document.text, quote) for quote in ("170", "300")]
    marks = [
        {"id": new(), "layer": "ACTOR", "label": "COMPANY", "fragments": [each], "attributes": {"entity": str(two.pk)}}
        for each in words
    ]
    apply_changes(reading, reading.annotator, 1, [change("create", "span", mark) for mark in marks])
    assert [name for name, *_ in asked("Dandong works")] == [one.name, two.name]
    factories.submitted(own.assignment)
    assert [name for name, *_ in asked("Dandong works")] == [two.name, one.name]


def test_the_checks_do_not_name_an_entity_that_is_withheld(own, colleague, annotator):
    mine = {"id": new(), "type": "PERSON", "name": "Pak Chol"}
    body = {"id": new(), "layer": "ACTOR", "label": "PERSON", "fragments": [fragment(own.document.text, "manager")]}
    mark = body | {"attributes": {"entity": mine["id"]}}
    apply_changes(own.assignment, own.assignment.annotator, 1, [change("create", "entity", mine), change("create", "span", mark)])
    ask = lambda: {each["code"] for each in annotator.get(f"/api/v1/assignments/{own.assignment.pk}/checks/").json()["findings"]}  # noqa: E731
    assert "ACT-04" not in ask()
    factories.submitted(own.assignment)
    assert "ACT-04" in ask()
