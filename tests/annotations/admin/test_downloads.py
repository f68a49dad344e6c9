"""What is chosen in the list of assignments leaves as a file, in every format, with what the format lacks."""

import io
import json
import zipfile

import pytest

from annotations.documents.export import writers
from annotations.models import Assignment
from tests import factories
from tests.staff import address


@pytest.fixture
def assignment(filled):
    return filled


@pytest.fixture
def other(assignment, ours):
    """One more that is not chosen."""
    return factories.assignment(factories.document("Another text.", corpus=ours), factories.user("another"))


def downloaded(client, assignment, name):
    data = {"action": f"download_as_{name}", "_selected_action": [assignment.pk]}
    response = client.post(address(Assignment, "changelist"), data)
    return b"".join(response.streaming_content)


def test_a_selection_of_assignments_leaves_as_native_json(assignment, other, as_manager):
    first, end = map(json.loads, downloaded(as_manager, assignment, "native").splitlines())
    assert first["id"] == str(assignment.pk)
    assert {span["quote"] for span in first["mentions"]} == {span.quote for span in assignment.spans.all()}
    assert end["end"]["documents"] == 1


@pytest.mark.parametrize("name", sorted(writers().keys() - {"native"}))
def test_a_selection_leaves_in_every_format_with_a_report_of_what_it_lacks(name, assignment, other, as_manager):
    with zipfile.ZipFile(io.BytesIO(downloaded(as_manager, assignment, name))) as archive:
        file, report = archive.infolist()
        told = json.loads(archive.read(report))
    assert file.file_size == told["end"]["bytes"] > 0
    assert told["end"]["documents"] == 1
    assert set(told) == {"end", "losses"}


def test_what_is_not_in_ones_corpora_leaves_in_no_file(assignment, theirs, as_manager):
    hidden = Assignment.objects.get(document__corpus=theirs, role="annotation")
    data = {"action": "download_as_native", "_selected_action": [assignment.pk, hidden.pk]}
    response = as_manager.post(address(Assignment, "changelist"), data)
    whole = b"".join(response.streaming_content).decode()
    assert str(assignment.pk) in whole
    assert str(hidden.pk) not in whole
