"""The page of differences: what a screening changed, and decisions whose entry reads otherwise since. Opened again by a person alone."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.models import Entity, ListCandidate, ScreenedBy, ScreeningRun
from tests import factories, listed
from tests.staff import signed_in, texts_of

pytestmark = pytest.mark.django_db
V1 = "\n".join(f"T-{number}; Exampel Trading {number}; KP" for number in range(1, 5))
V2 = (
    V1.replace("Trading 1; KP", "Trading 1; CN")
    .replace("Trading 2; KP", "Trading 2; CN")
    .replace("T-3; Exampel Trading 3; KP\n", "")
)
REVIEWED = {"1": "rejected", "2": "probable", "3": "confirmed"}


@pytest.fixture
def corpus():
    factories.scheme()
    made = factories.corpus("reports")
    factories.adopt(made)
    ScreenedBy.objects.create(corpus=made, list=listed.version("TEST", V1, "2024-05-15").list, threshold=95)
    for number in range(1, 6):
        Entity.objects.create(corpus=made, name=f"Exampel Trading {number}", type="COMPANY")
    screen(made)
    return made


@pytest.fixture
def client_of(corpus):
    def make(role):
        person = factories.user(role)
        factories.membership(corpus, person, role)
        return signed_in(person)

    return make


def screen(corpus):
    call_command("screen", corpus=corpus.slug, verbosity=0)
    return ScreeningRun.objects.filter(corpus=corpus).first()


def candidate(number):
    return ListCandidate.objects.get(ref=f"T-{number}", entity__name=f"Exampel Trading {number}")


def decide(client, number, match):
    page = candidate(number).get_absolute_url()
    text = texts_of(client.get(page))
    sent = {name: re.search(rf'name="{name}" value="([^"]*)"', text)[1] for name in ("id", "entry", "revision")}
    assert client.post(page, sent | {"match": match, "note": "seen"}).status_code == 302


def overtaken(corpus, reviewer):
    """Three entries are decided about; then the list changes."""
    for number, match in REVIEWED.items():
        decide(reviewer, number, match)
    listed.version("TEST", f"{V2}\nT-5; Exampel Trading 5", "2024-06-01")
    return screen(corpus)


def kinds(client, run):
    text = texts_of(client.get(f"/corpora/reports/screening/runs/{run.pk}/"))
    return dict(re.findall(r'href="\?kind=(\w+)"[^>]*>[^<:]*: (\d+)<', text))


def test_what_is_new_gone_and_changed_since_a_decision(corpus, client_of):
    reviewer = client_of("reviewer")
    assert kinds(reviewer, ScreeningRun.objects.get()) == {
        "new": "4",
        "gone": "0",
        "rejected": "0",
        "changed": "0",
        "delisted": "0",
    }
    run = overtaken(corpus, reviewer)
    assert kinds(reviewer, run) == {"new": "1", "gone": "1", "rejected": "1", "changed": "1", "delisted": "1"}
    page = f"/corpora/reports/screening/runs/{run.pk}/"
    viewer = client_of("viewer")
    texts = {kind: texts_of(viewer.get(page, {"kind": kind})) for kind in kinds(reviewer, run)}
    shown = {kind: re.findall(r"<bdi>Exampel Trading (\d)</bdi>", text) for kind, text in texts.items()}
    assert {kind: set(numbers) for kind, numbers in shown.items()} == {
        "new": {"5"}, "gone": {"3"}, "rejected": {"1"}, "changed": {"2"}, "delisted": {"3"}
    }  # fmt: skip
    assert f'href="{page}"' in texts_of(reviewer.get("/corpora/reports/screening/"))
    assert reviewer.get(page, {"kind": "other"}).status_code == 404


def test_a_run_says_which_of_its_rows_are_of_today(corpus, client_of):
    reviewer, first = client_of("reviewer"), ScreeningRun.objects.get()
    overtaken(corpus, reviewer)
    page, today = f"/corpora/reports/screening/runs/{first.pk}/", timezone.localdate().isoformat()
    texts = {kind: texts_of(reviewer.get(page, {"kind": kind})) for kind in kinds(reviewer, first)}
    of_today = {
        kind
        for kind, text in texts.items()
        if f'versions of today, <time datetime="{today}">{today}</time>, not of this run' in text
    }
    assert of_today == {"rejected", "changed", "delisted"}
    assert all("each with its state of today" in texts[kind] for kind in ("new", "gone"))


def test_a_rejected_entry_that_changed_is_no_candidate_until_a_reviewer_opens_it(corpus, client_of):
    reviewer = client_of("reviewer")
    run = overtaken(corpus, reviewer)
    page = f"/corpora/reports/screening/runs/{run.pk}/?kind=rejected"
    assert candidate(1).state == "decided"
    assert "Open again" not in texts_of(client_of("annotator").get(page)).partition('id="rows"')[2].replace("can open", "")
    text = texts_of(reviewer.get(page))
    names = ("id", "entry", "revision", "next")
    sent = {name: re.search(rf'name="{name}" value="([^"]*)"', text)[1] for name in names}
    answer = reviewer.post(candidate(1).get_absolute_url(), sent | {"match": "withdrawn"})
    assert (answer.status_code, answer.url, candidate(1).state) == (302, page, "open")
    assert kinds(reviewer, run)["rejected"] == "0"


def test_a_candidate_that_comes_back_is_new_in_the_run_that_brings_it(corpus, client_of):
    client = client_of("viewer")
    listed.version("TEST", "T-9; Muster Bank")
    gone = screen(corpus)
    listed.version("TEST", V1)
    back = screen(corpus)
    assert (kinds(client, gone)["gone"], kinds(client, gone)["new"], kinds(client, back)["new"]) == ("0", "0", "4")
    assert candidate(1).first_run != back


def test_queries_do_not_grow_with_rows_and_other_corpora_have_none(corpus, client_of):
    client, numbers = client_of("reviewer"), []
    for count in (1, 3):
        for number in range(count - 1, count + 1):
            decide(client, number or 1, "rejected") if candidate(number or 1).state == "open" else None
        listed.version("TEST", V1.replace("KP", "CN" if count == 1 else "DE"))
        run = screen(corpus)
        page = f"/corpora/reports/screening/runs/{run.pk}/?kind=rejected"
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        numbers.append((len(queries), kinds(client, run)["rejected"]))
    (few, one), (many, three) = numbers
    assert (few, one, three) == (many, "1", "3")
    other = factories.corpus("others")
    factories.membership(other, factories.user("stranger"), "manager")
    assert client.get(f"/corpora/others/screening/runs/{run.pk}/").status_code == 404
    assert signed_in(other.memberships.get().user).get(f"/corpora/others/screening/runs/{run.pk}/").status_code == 404


def test_candidates_by_api_are_filtered_by_what_changed(corpus, client_of):
    reviewer = client_of("reviewer")
    overtaken(corpus, reviewer)
    refs = {
        value: {row["entry"] for row in reviewer.get("/api/v1/corpora/reports/candidates/", {"changed": value}).json()["results"]}
        for value in ("true", "false")
    }
    assert refs == {"true": {"T-1", "T-2"}, "false": {"T-3", "T-4", "T-5"}}


def test_a_run_says_with_which_versions_it_was_compared(corpus, client_of):
    run = ScreeningRun.objects.get()
    shown = client_of("viewer").get(f"/corpora/reports/screening/runs/{run.pk}/").content.decode()
    assert (
        f"{run.matcher}, {run.data}; Unicode {run.components['Unicode']}; anyascii {run.components['anyascii']}; rapidfuzz"
        in shown
    )
    ScreeningRun.objects.update(components={})
    assert (
        "Versions of the matcher" not in client_of("annotator").get(f"/corpora/reports/screening/runs/{run.pk}/").content.decode()
    )
