"""What was carried to newer texts, by API, and its undo."""

from annotations.models import CarryItem
from annotations.write.carry import carry
from tests import factories
from tests.api.world import new


def carried(own):
    newer = factories.document(f"{own.document.text}\n\nUpdated.", of=own.article)
    return carry(own.assignment, newer, own.assignment.annotator)


def test_it_is_listed_and_taken_back(own, annotator, client_of):
    made = carried(own)
    address = f"/api/v1/articles/{own.article.pk}/carries/"
    [row] = annotator.get(address).json()["results"]
    assert (row["id"], row["source"], row["assignment"]) == (str(made.pk), str(own.assignment.pk), str(made.assignment_id))
    assert row["waiting"] == CarryItem.objects.filter(carry=made).count()
    undone = annotator.post(f"/api/v1/carries/{made.pk}/undo/")
    assert (undone.status_code, undone.json()["assignment"]) == (200, None)
    assert annotator.get(address).json()["results"] == []
    assert annotator.post(f"/api/v1/carries/{made.pk}/undo/").status_code == 404
    assert client_of("manager").post(f"/api/v1/bin/{undone.json()['deletion']}/restore/").status_code == 200
    assert len(annotator.get(address).json()["results"]) == 1


def test_what_was_annotated_since_stays_and_says_whose_it_is(own, annotator):
    made = carried(own)
    note = {"id": new(), "op": "create", "kind": "note", "object": {"id": new(), "text": "Seen."}}
    address = f"/api/v1/assignments/{made.assignment_id}/changes/"
    revision = annotator.get(f"/api/v1/assignments/{made.assignment_id}/").json()["revision"]
    assert annotator.post(address, {"base": revision, "changes": [note]}, format="json").status_code == 200
    refused = annotator.post(f"/api/v1/carries/{made.pk}/undo/")
    assert (refused.status_code, refused.json()["code"]) == (409, "cannot-undo")
    assert "annotator worked" in refused.json()["detail"]
