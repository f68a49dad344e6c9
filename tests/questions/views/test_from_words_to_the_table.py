"""What a person marks is read, stored, printed in ledger and table and exported: how it is meant, and what it lacks."""

import json
import re

import pytest
from django.urls import reverse

from annotations.documents.export import Export
from annotations.models import Assignment, Event, Span
from annotations.write.apply import apply_changes
from tests import factories, marks
from tests.annotations.conftest import change, new
from tests.questions.ledgers.asking import take_up

pytestmark = pytest.mark.django_db
TEXT = (
    "The Council is considering listing Jilin Bank. Ten traders own shares. "
    "If the crew transfers the oil to the Lighthouse, the licence goes. The Swan unloaded the crude onto the Lighthouse."
)


@pytest.fixture
def reading(seeded):
    return factories.assignment(factories.document(TEXT, corpus=seeded), factories.user("reader"), "adjudication", status="open")


@pytest.fixture
def mark(reading):
    """Marks a trigger and what fills its roles, as the page sends it, and gives the event."""

    def make(words, label, attributes=(), /, **roles):
        event, corpus = new(), reading.document.corpus
        of = {code: marks.entity(corpus, name, type=kind) for code, (name, kind) in roles.items()}
        arguments = [{"role": code, "entity": str(entity.pk)} for code, entity in of.items()]
        start, end = marks.fragment(reading, words)
        fragment = {"start": start, "end": end, "quote": words}
        batch = [
            change("create", "event", {"id": event, "type": label, "attributes": dict(attributes), "arguments": arguments}),
            change("create", "span", {"id": new(), "layer": "EVENT", "label": label, "fragments": [fragment], "event": event}),
        ]
        reading.refresh_from_db()
        apply_changes(reading, reading.annotator, reading.revision, batch)
        return Event.objects.get(pk=event)

    return make


@pytest.fixture
def get(client, seeded, reading):
    reviewer = factories.user("reviewer")
    factories.membership(seeded, reviewer, "reviewer")

    def get(address, **asked):
        factories.submitted(reading)
        take_up()
        client.force_login(reviewer)
        answer = client.get(address, asked, follow=True)
        assert answer.status_code == 200, answer.content.decode()[:3000]
        return answer

    return get


def plain(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def ledger(corpus, name="events"):
    return reverse("questions:ledger", args=[corpus.slug, name])


def table(corpus):
    return reverse("annotations:report", args=[corpus.slug])


def test_a_considered_listing_stays_considered_up_to_the_file(seeded, reading, mark, get):
    listing = mark("listing", "DESIGNATE", {}, target=("Jilin Bank", "COMPANY"))
    assert (listing.status, listing.attributes["unrealised_as"]) == ("unrealised", "considered")
    assert [TEXT[start:end] for start, end in listing.read["unrealised_as"]] == ["considering"]
    Event.objects.filter(pk=listing.pk).update(certainty="certain")
    page = get(ledger(seeded), status="unrealised", type="DESIGNATE")
    assert "Listing or delisting not carried out (considered)" in plain(page)
    [row] = page.context["rows"]
    ticked = get(reverse("questions:lines", args=[seeded.slug, "events"]), row=row["id"])
    assert "the listing of Jilin Bank was considered (not said to have happened)" in plain(ticked)
    native = json.loads(b"".join(Export(Assignment.objects.filter(pk=reading.pk), "native").pieces()))
    assert [each["attributes"]["unrealised_as"] for each in native["events"]] == ["considered"]


def test_a_line_that_lacks_who_owns_what_says_so_and_is_not_ticked(seeded, reading, mark, get):
    owns = mark("own", "OWN", {"phase": "holds"}, owner=("Ten traders", "GROUP"))
    Event.objects.filter(pk=owns.pk).update(status="ongoing", polarity="positive", certainty="certain")
    page = get(ledger(seeded), type="OWN", status="any")
    [row] = page.context["rows"]
    assert "incomplete: who owns what?" in plain(page)
    assert f'name="row" value="{row["id"]}"' not in page.content.decode()
    ticked = get(reverse("questions:lines", args=[seeded.slug, "events"]), row=row["id"])
    assert "No line: “own” is incomplete: who owns what?, in" in plain(ticked)
    assert ticked.context["files"] == []
    offered = get(table(seeded))
    assert [line.missing for line in offered.context["lines"] if line.mark == str(span_of(owns).pk)] == ["who owns what?"]


def test_an_event_with_who_it_needs_is_ticked(seeded, mark, get):
    owns = mark("own", "OWN", {"phase": "holds"}, owner=("Ten traders", "GROUP"), owned=("Swan Ltd.", "COMPANY"))
    Event.objects.filter(pk=owns.pk).update(status="ongoing", polarity="positive", certainty="certain")
    page = get(ledger(seeded), type="OWN", status="any")
    [row] = page.context["rows"]
    assert row["missing"] == ""
    assert f'name="row" value="{row["id"]}"' in page.content.decode()


def test_a_claim_without_figure_or_event_is_a_line_that_says_what_is_open(seeded, reading, get):
    corpus = reading.document.corpus
    crew = marks.entity(corpus, "Crew", type="GROUP")
    denied = marks.claim(reading, "If the crew transfers the oil to the Lighthouse", crew, modality="denied")
    open_ = marks.claim(reading, "the licence goes", crew, modality="")
    lines = {line.mark: line for line in get(table(seeded)).context["lines"]}
    nothing = "no figure or event is marked in these words"
    assert lines[str(denied.pk)].statement == f"Crew denied “{denied.quote}” ({nothing})."
    assert lines[str(open_.pk)].statement == f"According to Crew, “the licence goes” ({nothing}; how it is put is not recorded)."
    [row] = [row for row in get(ledger(seeded, "sources")).context["rows"] if row["claim"] == denied.pk]
    assert row["lines"] == [lines[str(denied.pk)].name]
    assert get(table(seeded), add=row["lines"]).context["chosen"][0][1].statement == lines[str(denied.pk)].statement


def test_a_claim_with_an_event_in_it_is_no_line_of_its_own(seeded, reading, mark, get):
    event = mark(
        "unloaded", "SHIP", {"mode": "sts", "cargo": ["crude"]}, vessel=("Swan", "VESSEL"), taker=("Lighthouse", "VESSEL")
    )
    crew = marks.entity(reading.document.corpus, "Crew", type="GROUP")
    claim = marks.claim(reading, "The Swan unloaded the crude onto the Lighthouse", crew)
    assert [line.mark for line in get(table(seeded)).context["lines"] if line.assignment == str(reading.pk)] == [
        str(span_of(event).pk)
    ]
    [row] = [row for row in get(ledger(seeded, "sources")).context["rows"] if row["claim"] == claim.pk]
    assert row["lines"] == []


def test_a_condition_is_offered_with_its_kind_and_never_read(mark):
    transfer = mark("transfers", "SHIP", {"mode": "sts"}, vessel=("Swan", "VESSEL"), taker=("Lighthouse", "VESSEL"))
    assert (transfer.status, transfer.attributes) == ("", {"mode": "sts"})


def test_the_receiving_vessel_is_the_one_that_the_sentence_names_so(seeded, mark, get):
    unloaded = mark(
        "unloaded", "SHIP", {"mode": "sts", "cargo": ["crude"]}, vessel=("Swan", "VESSEL"), taker=("Lighthouse", "VESSEL")
    )
    page = get(table(seeded))
    [line] = [line for line in page.context["lines"] if line.mark == str(span_of(unloaded).pk)]
    assert "the Swan had transferred crude to the Lighthouse" in line.statement


def span_of(event):
    return Span.objects.get(event=event)
