"""Pages of screening: what a corpus is screened against, the work list, one candidate, and who may do what."""

import re
from hashlib import sha256

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import (
    Decision,
    Entity,
    EntityName,
    ListCandidate,
    ListFile,
    ListVersion,
    SanctionsList,
    ScreenedBy,
    ScreeningRun,
)
from tests import factories, listed
from tests.staff import signed_in, texts_of

pytestmark = pytest.mark.django_db
LINE = "TEST-00{0}; Example Trading Corp {0}; alias: Exampel Trading {0}; KP; 2016-03-02"
HOSTILE = "<script>alert(1)</script> Trading"


@pytest.fixture
def corpus():
    factories.scheme()
    made = factories.corpus("reports")
    factories.adopt(made)
    return made


@pytest.fixture
def client_of(corpus):
    def make(role):
        person = factories.user(role)
        factories.membership(corpus, person, role)
        return signed_in(person)

    return make


def screened(corpus, count=3):
    version = listed.version("TEST", "\n".join(LINE.format(number) for number in range(1, count + 1)), "2024-05-15")
    ScreenedBy.objects.get_or_create(corpus=corpus, list=version.list)
    for number in range(1, count + 1):
        Entity.objects.get_or_create(corpus=corpus, name=f"Exampel Trading {number}", defaults={"type": "COMPANY"})
    call_command("screen", corpus=corpus.slug)
    return ListCandidate.objects.filter(score=100).order_by("ref")


def hidden(page):
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("id", "entry", "revision")}


def test_how_many_entities_are_in_a_state_leads_to_them(corpus, client_of):
    states = ["not_screened", "not_screened", "not_applicable"]
    entities = [Entity.objects.create(corpus=corpus, name=f"Firm {state}", type="COMPANY", screening=state) for state in states]
    client = client_of("manager")
    page = client.get("/corpora/reports/screening/").content.decode()
    links = re.findall(r'<a href="([^"]*part=[^"]*)" aria-label="([^"]*)"', page)
    assert [words for _, words in links] == ["Not screened: 2", "Not applicable (a class, a place, an unnamed party): 1"]
    answer = client.get(links[0][0]).content.decode()
    assert [entity.get_absolute_url() in answer for entity in entities] == [True, True, False]


def test_a_manager_chooses_a_list_and_starts_a_screening(corpus, client_of):
    listed.version("TEST", LINE.format(1), "2024-05-15")
    client, page = client_of("manager"), "/corpora/reports/screening/"
    assert "No list chosen yet." in texts_of(client.get(page))
    form = {"list": "TEST", "threshold": "80", "programmes": ""}
    assert client.post(f"{page}lists/", form | {"threshold": "59"}).status_code == 422
    assert client.post(f"{page}lists/", form, follow=True).status_code == 200
    text = texts_of(client.post(f"{page}run/", follow=True))
    assert "Screening started." in text
    assert "version 1 (2024-05-15), scores from 80" in text
    assert "started by manager" in text
    assert '<progress max="100"' in text
    assert ScreeningRun.objects.get().user.username == "manager"
    assert client.post(f"{page}lists/", {"drop": "TEST"}, follow=True).status_code == 200
    assert not ScreenedBy.objects.exists()


def test_others_neither_choose_nor_start(corpus, client_of):
    listed.version("TEST", LINE.format(1))
    for role in ("viewer", "reviewer"):
        client = client_of(role)
        assert client.post("/corpora/reports/screening/run/").status_code in (302, 403)
        assert client.post("/corpora/reports/screening/lists/", {"list": "TEST", "threshold": "72"}).status_code == 403
        assert "Choose a list</summary>" not in texts_of(client.get("/corpora/reports/screening/"))
    assert not ScreenedBy.objects.exists()
    assert not ScreeningRun.objects.exists()


def test_a_list_of_another_corpus_cannot_be_chosen(corpus, client_of):
    other = listed.version("OWN", LINE.format(1)).list
    other.corpus = factories.corpus()
    other.save()
    sent = {"list": "OWN", "threshold": "72"}
    assert client_of("manager").post("/corpora/reports/screening/lists/", sent).status_code == 422


def test_the_work_list_is_filtered_and_paged(corpus, client_of):
    screened(corpus)
    client, page = client_of("annotator"), "/corpora/reports/screening/"
    total = ListCandidate.objects.count()
    assert f"Candidates ({total})" in texts_of(client.get(page))
    assert "Candidates (3)" in texts_of(client.get(page, {"band": "same", "list": "TEST", "type": "COMPANY"}))
    assert "Candidates (0)" in texts_of(client.get(page, {"type": "PERSON"}))
    assert "Candidates (0)" in texts_of(client.get(page, {"state": "decided"}))
    assert client.get(page, {"band": "x", "state": "y", "page": "z", "list": "\0"}).status_code == 200


def test_candidates_are_filtered_by_the_script_of_either_name(corpus, client_of):
    listed.version("TEST", "TEST-001; Example Trading Corp; KP\nTEST-002; Ri Ye Je; original: 리예제; KP")
    ScreenedBy.objects.create(corpus=corpus, list=SanctionsList.objects.get())
    Entity.objects.create(corpus=corpus, name="Example Trading Corp", type="COMPANY")
    Entity.objects.create(corpus=corpus, name="이예제", type="PERSON")
    call_command("screen", corpus=corpus.slug)
    client, page = client_of("viewer"), "/corpora/reports/screening/"
    for script, count in (("", 2), ("hangul", 1), ("cyrillic", 0), ("none", 2)):
        assert f"Candidates ({count})" in texts_of(client.get(page, {"script": script})), script
    assert "TEST-002" in texts_of(client.get(page, {"script": "hangul"}))


def test_decided_candidates_whose_entry_changed_since_are_a_state_of_their_own(corpus, client_of):
    first, second, third = screened(corpus)
    client = client_of("reviewer")
    for candidate, match in ((first, "rejected"), (second, "probable"), (third, "probable")):
        page = f"/candidates/{candidate.pk}/"
        assert client.post(page, hidden(texts_of(client.get(page))) | {"match": match}).status_code == 302
    assert "Candidates (0)" in texts_of(client.get("/corpora/reports/screening/", {"state": "changed"}))
    listed.version("TEST", "\n".join([LINE.format(1).replace("KP", "CN"), LINE.format(3)]), "2024-06-15")
    text = texts_of(client.get("/corpora/reports/screening/", {"state": "changed"}))
    assert "Candidates (2)" in text
    assert "rejected, by reviewer on " in text
    assert "; entry changed since" in text
    assert "; delisted on 2024-06-15" in text
    assert "Candidates (3)" in texts_of(client.get("/corpora/reports/screening/", {"state": "decided"}))


def test_a_held_version_and_a_failed_refresh_are_told(corpus, client_of):
    screened(corpus, 1)
    client, page = client_of("viewer"), "/corpora/reports/screening/"
    assert "badge failed" not in texts_of(client.get(page))
    of = SanctionsList.objects.get()
    SanctionsList.objects.update(problem="timed out after 60 s", asked="2026-11-30T08:00:00Z")
    file = ListFile.objects.create(list=of, content=b"x", sha256=sha256(b"x").hexdigest(), size=1)
    held = ListVersion.objects.create(list=of, number=2, file=file, state="held", reasons=["All entries are gone."])
    text = texts_of(client.get(page))
    assert f'<a class="badge failed" href="{held.get_absolute_url()}">version 2 held</a>' in text
    assert "refresh failed</a>" in text
    assert "2026-11-30" in text
    assert "timed out after 60 s" in text


def test_queries_do_not_grow_with_candidates(corpus, client_of):
    client = client_of("reviewer")
    numbers = []
    for count in (2, 8):
        screened(corpus, count)
        client.get("/corpora/reports/screening/")  # what is read once and kept
        with CaptureQueriesContext(connection) as queries:
            client.get("/corpora/reports/screening/")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] < 30


def test_a_candidate_is_rejected_from_the_work_list_and_reopened(corpus, client_of):
    candidate = screened(corpus)[0]
    client, page = client_of("annotator"), f"/candidates/{candidate.pk}/"
    text = texts_of(client.get(page))
    assert 'value="confirmed"' not in text
    sent = hidden(text) | {"match": "rejected", "note": "another firm", "next": "/corpora/reports/screening/?band=same"}
    answer = client.post(page, sent)
    assert (answer.status_code, answer.url) == (302, sent["next"])
    assert client.post(page, sent | {"next": "https://elsewhere.example/"}).url == page
    assert Decision.objects.get().source == "page"
    text = texts_of(client.get(page))
    assert "Rejected" in text
    assert "<button" not in text.partition('class="deciding"')[2].partition("</form>")[0].replace("<button type", "")
    reviewer = client_of("reviewer")
    text = texts_of(reviewer.get(page))
    assert "Undo decision" in text
    assert reviewer.post(page, hidden(text) | {"match": "withdrawn"}).status_code == 302
    assert ListCandidate.objects.get(pk=candidate.pk).state == "open"


def test_reviewers_take_back_what_they_decided_last_and_nobody_else_has_since(corpus, client_of):
    candidate, work = screened(corpus)[0], "/corpora/reports/screening/"
    annotator, reviewer, page = client_of("annotator"), client_of("reviewer"), f"/candidates/{candidate.pk}/"
    annotator.post(page, hidden(texts_of(annotator.get(page))) | {"match": "rejected"})
    assert not any("Undo last decision" in texts_of(client.get(work)) for client in (annotator, reviewer))
    reviewer.post(page, hidden(texts_of(reviewer.get(page))) | {"match": "probable"})
    text = texts_of(reviewer.get(work))
    assert f"Probable: <bdi>{candidate.entity}</bdi> and TEST <bdi>TEST-001</bdi>" in text
    manager = client_of("manager")
    manager.post(page, hidden(texts_of(manager.get(page))) | {"match": "possible"})
    assert "Undo last decision" not in texts_of(reviewer.get(work))
    text = texts_of(manager.get(work))
    assert f'name="next" value="{work}#c-{candidate.pk}"' in text
    undo = hidden(text[text.index('<form class="deciding"') :]) | {"match": "withdrawn"}
    assert manager.post(page, undo).status_code == 302
    assert ListCandidate.objects.get(pk=candidate.pk).state == "open"


def test_a_card_that_was_overtaken_shows_both_states(corpus, client_of):
    candidate = screened(corpus)[0]
    client, page = client_of("reviewer"), f"/candidates/{candidate.pk}/"
    sent = hidden(texts_of(client.get(page))) | {"match": "confirmed"}
    listed.version("TEST", LINE.format(1).replace("KP", "CN"))
    answer = client.post(page, sent)
    assert answer.status_code == 409
    text = texts_of(answer)
    assert "Your decision" in text
    assert "Current state" in text
    assert "The entry has changed since it was compared" in text
    assert 'class="deciding"' not in text
    listed.version("TEST", "TEST-009; Muster Bank")
    assert "Delisted: the current version of TEST no longer has this entry" in texts_of(client.get(page))


def test_the_page_says_why_in_words_and_signs(corpus, client_of):
    candidate = screened(corpus)[0]
    Entity.objects.filter(pk=candidate.entity_id).update(name="Exampel Tradinc 1", countries=["DE"])
    call_command("screen", corpus=corpus.slug)
    text = texts_of(client_of("reviewer").get(f"/candidates/{candidate.pk}/"))
    for words in ("1 letter differs", "the same", "<strong>Contradicts</strong> country", "these facts differ: country", "alias"):
        assert words.lower() in text.lower()
    assert "Listed on</dt><dd>2016-03-02" in text
    assert "Born</dt><dd>not stated" in text


def test_names_of_others_are_words_and_never_markup(corpus, client_of):
    version = listed.version("TEST", f"X-<b>1; {HOSTILE}; alias: \u202e{HOSTILE}")
    ScreenedBy.objects.create(corpus=corpus, list=version.list)
    entity = Entity.objects.create(corpus=corpus, name=HOSTILE, type="COMPANY")
    EntityName.objects.create(entity=entity, position=1, name=f"{HOSTILE}{HOSTILE}")
    call_command("screen", corpus=corpus.slug)
    client, candidate = client_of("reviewer"), ListCandidate.objects.get()
    for page in ("/corpora/reports/screening/", f"/candidates/{candidate.pk}/", f"/entities/{entity.pk}/"):
        text = texts_of(client.get(page))
        assert "<script>alert" not in text
        assert "<b>1" not in text


def test_the_entity_s_page_has_its_state_for_each_list(corpus, client_of):
    candidate = screened(corpus)[0]
    client = client_of("viewer")
    text = texts_of(client.get(f"/entities/{candidate.entity_id}/"))
    assert f'<a href="/candidates/{candidate.pk}/">Candidate TEST' in text
    other = Entity.objects.create(corpus=corpus, name="Nobody Ltd", type="COMPANY")
    assert "not screened against TEST" in texts_of(client.get(f"/entities/{other.pk}/"))
    call_command("screen", corpus=corpus.slug)
    assert "no match in TEST of 2024-05-15" in texts_of(client.get(f"/entities/{other.pk}/"))
    Entity.objects.filter(pk=other.pk).update(name="Nobody Inc")
    assert "since changed, to be screened again" in texts_of(client.get(f"/entities/{other.pk}/"))
    country = Entity.objects.create(corpus=corpus, name="North Korea", type="TERRITORY")
    assert "lists name no entities of this type" in texts_of(client.get(f"/entities/{country.pk}/"))


def test_a_candidate_of_another_corpus_is_not_there(corpus, client_of):
    candidate = screened(corpus)[0]
    stranger = signed_in(factories.user("stranger"))
    assert stranger.get(f"/candidates/{candidate.pk}/").status_code == 404
    assert stranger.get("/corpora/reports/screening/").status_code == 404
    viewer = client_of("viewer")
    assert viewer.get(f"/candidates/{candidate.pk}/").status_code == 200
    assert viewer.post(f"/candidates/{candidate.pk}/", {}).status_code == 403


def identifiers_on_the_page(corpus, client_of, line, ours=(), name=""):
    """Of one candidate whose entry has `line` behind its name."""
    version = listed.version("TEST", f"{LINE.format(1)}; {line}", "2024-05-15")
    ScreenedBy.objects.create(corpus=corpus, list=version.list)
    entity = Entity.objects.create(corpus=corpus, name="Exampel Trading 1", type="VESSEL")
    call_command("screen", corpus=corpus.slug)
    for scheme, value in ours:
        entity.identifiers.create(scheme=scheme, value=value)
    if name:
        entity.names.create(name=name, position=0)
    page = client_of("reviewer").get(ListCandidate.objects.get().get_absolute_url())
    [row] = page.context["identifiers"]
    assert f"<strong>{row.says[0].upper()}{row.says[1:]}</strong>" in page.content.decode()
    return row


@pytest.mark.parametrize(
    ("ours", "line", "says"),
    [
        (("IMO", "9126819"), "imo: 9126819", "equal"),
        (("imo", "9126819"), "imo: 9074729", "different"),
        (("imo", "9126818"), "imo: 9126819", "not compared: the check digit of 9126818 is wrong"),
        (("mmsi", "123456789"), "", "stated of the entity only"),
        ((), "imo: 9126819", "stated of the entry only"),
    ],
)
def test_a_candidate_has_the_identifiers_of_both_side_by_side(corpus, client_of, ours, line, says):
    row = identifiers_on_the_page(corpus, client_of, line, [ours] if ours else [])
    assert row.ours == list(ours[1:])
    assert row.listed == ([line.removeprefix("imo: ")] if line else [])
    assert row.says == says


def test_an_identifier_in_a_name_stands_beside_those_of_the_entry(corpus, client_of):
    row = identifiers_on_the_page(corpus, client_of, "imo: 9126819", name="Exampel Trading (IMO 9126819)")
    assert row == ("imo", ["9126819"], ["9126819"], "equal")
