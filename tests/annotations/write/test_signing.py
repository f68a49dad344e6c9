"""A rating other than F/6 says who gave it and when, and nobody can write that but the server."""

from datetime import datetime, timedelta

import pytest

from annotations.documents.build import document as native
from annotations.models import Change, Claim
from annotations.write.apply import apply_changes
from annotations.write.errors import Malformed
from annotations.write.inverse import inverse
from tests import factories
from tests.annotations.conftest import new

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(write, fragment):
    item = {"id": new(), "content": [fragment("170 were forced")], "source_basis": "none"}
    write(("create", "claim", item))
    return item["id"]


@pytest.fixture
def rate(write, claim):
    def give(**fields):
        return write(("update", "claim", {"id": claim, **fields})).changes[0]["object"]

    return give


def test_cannot_be_judged_is_not_signed(rate):
    assert rate(reliability="F", credibility="6")["rated"] is None


def test_what_nobody_has_rated_is_neither_rated_nor_signed(rate):
    claim = rate(note="x")
    assert (claim["reliability"], claim["credibility"], claim["rated"]) == (None, None, None)
    assert (Claim.objects.get().reliability, Claim.objects.get().credibility) == ("", "")


def test_a_rating_is_answered_with_its_signature(rate, annotator):
    rated = rate(reliability="C", credibility="3")["rated"]
    assert (rated["rating"], rated["by"]) == ("C3", annotator.username)
    assert datetime.fromisoformat(rated["at"]) == Claim.objects.get().rated_at


def test_the_signature_stays_while_the_rating_does(rate, fragment):
    first = rate(reliability="C", credibility="3")["rated"]
    for fields in ({"content": [fragment("170")]}, {"rating_note": "why"}, {"modality": "alleged"}, {"reliability": "C"}):
        assert same(rate(**fields)["rated"], first)


def same(one, other):
    """The database writes the same time with fewer zeros."""
    return (one["rating"], one["by"]) == (other["rating"], other["by"]) and moment(one) == moment(other)


def moment(rated):
    return datetime.fromisoformat(rated["at"])


def test_another_rating_is_signed_anew(rate):
    first = rate(reliability="C")["rated"]
    Claim.objects.update(rated_at=moment(first) - timedelta(days=1))
    second = rate(reliability="B")["rated"]
    assert (second["rating"], moment(second) > moment(first)) == ("B", True)


def test_a_rating_that_is_taken_back_is_no_longer_signed(rate):
    rate(reliability="C")
    assert rate(reliability="F")["rated"] is None
    assert (Claim.objects.get().rated_by, Claim.objects.get().rated_at) == (None, None)


def test_the_signature_of_another_person_stays(rate, claim, assignment, fragment):
    first = rate(reliability="C")["rated"]
    reviewer = factories.user("reviewer")
    change = {"id": new(), "op": "update", "kind": "claim", "object": {"id": claim, "note": "seen"}}
    apply_changes(assignment, reviewer, assignment_revision(assignment), [change])
    assert Claim.objects.get().rated_by.username == first["by"]


def assignment_revision(assignment):
    assignment.refresh_from_db()
    return assignment.revision


def test_a_deleted_claim_comes_back_with_its_signature(rate, claim, write):
    first = rate(reliability="C")["rated"]
    write(("delete", "claim", {"id": claim}))
    back = inverse(Change.objects.filter(object_id=claim, op="delete"))
    assert same(write(*back).changes[0]["object"]["rated"], first)


def test_a_signature_cannot_be_written(rate):
    with pytest.raises(Malformed, match="malformed"):
        rate(reliability="C", rated={"rating": "C6", "by": "somebody", "at": "2017-01-01T00:00:00Z"})


def test_the_native_document_has_it(rate, assignment):
    first = rate(reliability="C")["rated"]
    (stored,) = native(assignment)["attributions"]
    assert same(stored["rated"], first)


def test_the_list_of_claims_has_it(rate, client, annotator):
    first = rate(reliability="C")["rated"]
    client.force_login(annotator)
    drafts = "/api/v1/claims/?drafts=true"
    (row,) = client.get(drafts).json()["results"]
    assert same(row["rated"], first)
    rate(reliability="F")
    assert client.get(drafts).json()["results"][0]["rated"] is None
