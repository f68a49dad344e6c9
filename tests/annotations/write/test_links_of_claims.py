"""A claim denies or confirms another one of its text: made by a person, held by the database, told in ledger and statement."""

import pytest
from django.db import IntegrityError, transaction

from annotations.derived.document import derive
from annotations.derived.document_view import DocumentView
from annotations.documents.build import document
from annotations.mapping.rows import Code
from annotations.models import Assignment, Link
from annotations.moves.in_use import Uses
from annotations.native.annotated import Annotated
from annotations.schemes.fresh_view import fresh_view
from annotations.statements.sentences import of_event
from annotations.write.errors import Invalid, Refusal
from tests import factories, marks
from tests.annotations.conftest import new
from tests.questions.ledgers.asking import ask, take_up

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def claims(write, fragment):
    ids = {name: new() for name in ("manager", "paper", "said", "denied")}
    write(
        ("create", "entity", {"id": ids["manager"], "type": "PERSON", "name": "Manager"}),
        ("create", "entity", {"id": ids["paper"], "type": "MEDIA", "name": "Paper"}),
        ("create", "claim", {"id": ids["said"], "content": [fragment("170 were forced")], "source_entity": ids["manager"]}),
        ("create", "claim", {"id": ids["denied"], "content": [fragment("300")], "source_entity": ids["paper"]}),
    )
    return ids


def link(claims, kind="denies", source="denied", target="said"):
    return {"id": new(), "type": kind, "source": claims[source], "target": claims[target]}


@pytest.mark.usefixtures("stays_whole")
class TestWrite:
    @pytest.mark.parametrize("kind", ["denies", "confirms"])
    def test_is_made_read_and_deleted(self, write, claims, kind):
        made = link(claims, kind)
        write(("create", "link", made))
        stored = Link.objects.get()
        assert (str(stored.source_claim_id), str(stored.target_claim_id)) == (made["source"], made["target"])
        (read,) = document(Assignment.objects.get())["relations"]
        assert {name: read[name] for name in made} == made
        write(("delete", "link", {"id": made["id"]}))
        assert not Link.objects.exists()

    def test_a_claim_that_is_denied_goes_with_its_link_only(self, write, claims):
        made = link(claims)
        write(("create", "link", made))
        with pytest.raises(Refusal):
            write(("delete", "claim", {"id": claims["said"]}))
        write(("delete", "link", {"id": made["id"]}), ("delete", "claim", {"id": claims["said"]}))

    def test_a_claim_denies_no_mark_and_not_itself(self, write, claims, fragment):
        with pytest.raises(Invalid):
            write(("create", "link", link(claims, target="denied")))
        mark = {"id": new(), "layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment("170")]}
        with pytest.raises(Invalid):
            write(("create", "span", mark), ("create", "link", link(claims) | {"target": mark["id"]}))
        with pytest.raises(Invalid, match="part_of"):
            write(("create", "link", link(claims, "part_of")))


class TestDatabase:
    """Whatever the code does."""

    @pytest.fixture
    def pair(self):
        reading = factories.assignment(factories.document("He left, says Ann. That is untrue, says Bob."), factories.user())
        corpus = reading.document.corpus
        return [marks.claim(reading, words, marks.entity(corpus)) for words in ("He left", "That is untrue")]

    @staticmethod
    def refuses(**ends):
        with pytest.raises(IntegrityError):
            committed(**ends)

    def test_refuses_a_link_to_itself_and_one_end_alone(self, pair):
        one, _ = pair
        self.refuses(assignment=one.assignment, source_claim=one, target_claim=one)
        self.refuses(assignment=one.assignment, source_claim=one)

    def test_refuses_the_same_link_twice(self, pair):
        one, other = pair
        Link.objects.create(assignment=one.assignment, type="denies", revision=1, source_claim=other, target_claim=one)
        self.refuses(assignment=one.assignment, source_claim=other, target_claim=one)

    def test_refuses_a_claim_of_another_reading(self, pair):
        one, _ = pair
        reading = factories.assignment(factories.document("It is untrue, says Cy."), factories.user())
        elsewhere = marks.claim(reading, "It is untrue", marks.entity(reading.document.corpus))
        self.refuses(assignment=one.assignment, source_claim=elsewhere, target_claim=one)


@transaction.atomic
def committed(**ends):
    """Pointers are checked at the end of a transaction."""
    Link.objects.create(type="denies", revision=1, **ends)
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def disputed():
    """A report says that a firm bought tankers, and the firm denies the allegation."""
    text = "The firm bought tankers, says a report. It denied the allegation."
    reading = factories.assignment(factories.document(text), factories.user(), "adjudication")
    corpus = reading.document.corpus
    said = marks.claim(reading, "The firm bought tankers", marks.entity(corpus, "Report", type="DOCUMENT"))
    firm = marks.entity(corpus, "Sea Star Trading", type="COMPANY")
    denial = marks.claim(reading, "the allegation", firm, modality="denied")
    Link.objects.create(assignment=reading, type="denies", revision=1, source_claim=denial, target_claim=said)
    marks.event(reading, "bought", status="happened", polarity="positive")
    return reading


def test_both_rows_of_the_ledger_say_so(disputed):
    take_up()
    rows = {row["source"]["name"]: row for row in ask(disputed.document.corpus, "sources").rows}
    (denies,), (denied,) = (rows[name]["answers"] for name in ("Sea Star Trading", "Report"))
    assert (denies["wording"], denies["source"], denies["words"]["quote"]) == ("denies", "Report", "The firm bought tankers")
    assert (denied["wording"], denied["source"], denied["words"]["quote"]) == ("denied by", "Sea Star Trading", "the allegation")


def test_a_statement_of_what_is_denied_says_by_whom(disputed):
    scheme, text = fresh_view(disputed.scheme), disputed.document.text
    view = DocumentView(Annotated(derive(document(disputed), scheme, text), text, scheme))
    (event,) = view.events()
    assert "denied by Sea Star Trading" in of_event(view, event)


def test_a_scheme_change_counts_them(disputed):
    code = Code("link", "ATTRIBUTION", "", "ATTRIBUTION", "denies")
    assert Uses(Assignment.objects.filter(pk=disputed.pk), disputed.scheme).by_code[code].links == 1


def test_a_document_and_its_issuer_are_no_two_independent_sources():
    reading = factories.assignment(
        factories.document("Some left, says a report. They went, says the panel."), factories.user(), "adjudication"
    )
    corpus = reading.document.corpus
    report, panel = marks.entity(corpus, "Report", type="DOCUMENT"), marks.entity(corpus, "Panel")
    marks.claim(reading, "Some left", report)
    marks.claim(reading, "They went", panel)
    event = marks.event(reading, "left", status="happened", polarity="positive")
    marks.span(reading, "went", "REPATRIATE", event=event)
    take_up()
    assert independent(corpus) == {"fewest": 2, "most": 2}
    marks.relation(report, panel, "issued_by")
    assert independent(corpus) == {"fewest": 1, "most": 2}


def independent(corpus):
    (row,) = ask(corpus, "events").rows
    return {name: row["independent"][name] for name in ("fewest", "most")}
