"""Sources and claims: questions 9 and 11 of the domain, the narrator, and what each row is asked for by itself."""

import re

import pytest

from annotations.models import Claim
from questions.address.question import read
from questions.asking.answer import IndexAnswer
from questions.asking.asker import Asker
from questions.ledgers.sources import SELECTION, sourced
from questions.models import Entry
from tests import factories, marks
from tests.questions.ledgers.asking import ANSWERS, ask, entity_keys, mark_keys, pages, superuser, take_up

pytestmark = pytest.mark.django_db
RATED = ("modality", "mode", "evidence")


def by_source(page):
    """The rows as the domain has them."""
    entities, words, claims = entity_keys(), mark_keys(), dict(Claim.objects.values_list("pk", "key"))
    rows = {}
    for row in page.rows:
        source = entities[row["source"]["entity"]] if row["source"] else "None"
        rows.setdefault(source, {})[claims[row["claim"]] if row["claim"] else "Q0"] = {
            "figures": [words[mark["id"]] for mark in row["figures"]],
            "triggers": [words[mark["id"]] for mark in row["triggers"]],
            **{name: row[name] for name in RATED},
        }
    return rows


@pytest.mark.usefixtures("indexed")
class TestSeed:
    def test_question_9(self, seeded):
        page = ask(seeded, "sources")
        rows = by_source(page)
        # How the narrator says it nobody has chosen: the answers of the domain have what its file has there, and the database has not.
        assert {name: rows["E-DNK"]["Q0"].pop(name) for name in RATED} == dict.fromkeys(RATED, "")
        wanted = {source: dict(claims) for source, claims in ANSWERS["9"].items()}
        wanted["E-DNK"]["Q0"] = {name: wanted["E-DNK"]["Q0"][name] for name in ("figures", "triggers")}
        assert rows == wanted
        assert page.parts == {"counted": 11}

    def test_question_11(self, seeded):
        answer, words = ANSWERS["11"], mark_keys()
        figures = ask(seeded, "figures", unnamed="1", use="any").rows
        assert sorted(words[row["id"]] for row in figures) == answer["figures_from_unnamed_sources"]
        rows = ask(seeded, "sources", unnamed="1").rows
        assert {entity_keys()[row["source"]["entity"]] for row in rows} == set(answer["unnamed_sources"])
        assert {words[mark["id"]] for row in rows for mark in row["figures"]} == set(answer["figures_from_unnamed_sources"])
        assert all(row["source"]["unnamed"] for row in rows)

    def test_order_is_by_name_and_without_source_last(self, seeded):
        names = [row["source"]["name"] if row["source"] else None for row in ask(seeded, "sources").rows]
        assert names[-1] is None
        assert names[:-1] == sorted(names[:-1])
        paged = [row for page in pages(seeded, "sources", 2) for row in page.rows]
        assert paged == ask(seeded, "sources").rows

    def test_a_rating_is_that_of_the_claim(self, seeded):
        rows = by_source(ask(seeded, "sources", evidence="photo"))
        assert rows == {"E-DNK": {"Q4": ANSWERS["9"]["E-DNK"]["Q4"]}}
        assert ask(seeded, "sources", modality="predicted").parts == {"counted": 1}

    def test_what_is_asked_of_events_leaves_out_the_rest(self, seeded):
        row = ask(seeded, "sources", type="REPATRIATE", status="expected", source=str(key_of("E-MGR"))).rows
        assert [(len(each["figures"]), each["triggers"] != []) for each in row] == [(1, True)]

    def test_by_whom(self, seeded):
        viewer, outsider, annotator = factories.user(), factories.user(), factories.user()
        factories.membership(seeded, viewer, "viewer")
        factories.membership(seeded, annotator, "annotator")
        assert len(ask(seeded, "sources", user=viewer).rows) == 11
        assert ask(seeded, "sources", user=annotator).rows == []
        assert ask(seeded, "sources", user=outsider).rows == []


def test_an_event_that_two_report_is_in_both_rows_with_their_own_words(db):
    reading = factories.assignment(
        factories.document("Some left, says Ann. They went, says Bob."), factories.user(), "adjudication"
    )
    corpus = reading.document.corpus
    for words, name, modality in (("Some left", "Ann", "asserted"), ("They went", "Bob", "denied")):
        marks.claim(reading, words, marks.entity(corpus, name), modality=modality)
    event = marks.event(reading, "left")
    marks.span(reading, "went", "REPATRIATE", event=event)
    take_up()
    rows = ask(corpus, "sources").rows
    assert [(row["source"]["name"], [mark["quote"] for mark in row["triggers"]]) for row in rows] == [
        ("Ann", ["left"]),
        ("Bob", ["went"]),
    ]
    assert [row["source"]["name"] for row in ask(corpus, "sources", modality="denied").rows] == ["Bob"]


def test_an_article_without_claims_and_without_outlet_has_no_source(db):
    reading = factories.assignment(factories.document("Some left."), factories.user(), "adjudication")
    marks.event(reading, "left")
    take_up()
    (row,) = ask(reading.document.corpus, "sources").rows
    assert (row["source"], row["claim"], row["modality"], row["outlet"]) == (None, None, "", "")


class TestClaimWithoutContents:
    """“The firm denied the allegation”: nothing is counted, nothing happens, and somebody says something."""

    @pytest.fixture
    def denial(self, db):
        reading = factories.assignment(
            factories.document("The firm denied the allegation. Some left, says Ann."), factories.user(), "adjudication"
        )
        corpus = reading.document.corpus
        marks.claim(reading, "the allegation", marks.entity(corpus, "Firm"), modality="denied", evidence="")
        marks.claim(reading, "Some left", marks.entity(corpus, "Ann"))
        marks.event(reading, "left", status="happened")
        return corpus

    @pytest.fixture(params=["indexed", "waiting"])
    def asked(self, request, denial):
        """Its answer is the same whether the index has taken it up or not."""
        if request.param == "indexed":
            take_up()
        return denial

    def test_is_a_row_with_its_words(self, asked):
        page = ask(asked, "sources")
        ann, firm = page.rows
        assert (firm["source"]["name"], firm["words"]["quote"], firm["modality"]) == ("Firm", "the allegation", "denied")
        assert (firm["figures"], firm["triggers"], firm["evidence"]) == ([], [], "")
        assert firm["words"]["href"].endswith(f"#mark={firm['claim']}")
        assert ann["words"]["quote"] == "Some left"
        assert page.parts == {"counted": 2}

    def test_is_found_by_what_is_asked_of_claims(self, asked):
        assert [row["source"]["name"] for row in ask(asked, "sources", modality="denied").rows] == ["Firm"]
        assert [row["source"]["name"] for row in ask(asked, "sources", modality="asserted").rows] == ["Ann"]

    @pytest.mark.parametrize(
        "given",
        [{"type": "REPATRIATE"}, {"status": "happened"}, {"from_": "1900-01-01"}, {"certainty": "certain"}],
        ids=lambda given: next(iter(given)),
    )
    def test_is_no_answer_to_what_is_asked_of_events(self, asked, given):
        page = ask(asked, "sources", **given)
        assert "Firm" not in {row["source"]["name"] for row in page.rows}
        assert sum(page.parts.values()) <= 1

    def test_is_no_event_and_no_figure(self, asked):
        assert [len(ask(asked, ledger).rows) for ledger in ("events", "figures")] == [1, 0]
        assert sum(row["count"] for row in ask(asked, "counts").rows) == 1


def test_entries_in_one_claim_are_read_out_of_an_index_alone(seeded):
    """PostgreSQL reads no entry where a statement speaks of the columns of an index, and of no others."""
    asked = read("sources", [("type", "PAY"), ("status", "happened"), ("polarity", "positive")])
    (voices, _), _ = sourced(IndexAnswer(Asker(asked, seeded, superuser()), SELECTION))
    index = next(index for index in Entry._meta.indexes if index.name == "entry_one_voice")
    known = {Entry._meta.get_field(field).column for field in (*index.fields, *index.include)} | {"is_best"}
    many = set(re.findall(r"\be\.(\w+)", voices.partition(" UNION ALL ")[0]))
    assert {"claims", "type", "status"} <= many <= known


def key_of(key):
    return next(pk for pk, other in entity_keys().items() if other == key)
