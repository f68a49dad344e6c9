"""What becomes of the answers of others: outcome and place of each."""

import json

import pytest

from annotations.suggesters.answers.verify import AskedText, RefusedAnswer, verify
from annotations.suggesters.suggestion import ScannedText
from tests.annotations.pure.conftest import VIEW
from tests.conformance.material import SHARED

FILE = SHARED / "suggestions" / "cases.json"
pytestmark = pytest.mark.others("suggestions", instead="tests/annotations/pure/suggesters/test_answers.py")
MATERIAL = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {"cases": [{"name": ""}]}


def stretches(pairs, kind):
    return [{"kind": kind, "start": start, "end": end} for start, end in pairs]


def checked(suggestions, **more):
    zone = next(kind for kind in ("credit", "caption", "boilerplate", "byline") if not VIEW.zone_is_marked(kind))
    zones, segments = stretches(MATERIAL["never"], zone), stretches(MATERIAL["segments"], "paragraph")
    text = AskedText(ScannedText(MATERIAL["text"], segments, zones, "en", VIEW))
    assert text.sha256 == MATERIAL["sha256"]
    document = {"id": "1", "sha256": text.sha256, "suggestions": suggestions, **more}
    _, answers = verify({"protocol": "attest-suggest/1", "version": "1", "documents": [document]}, {"1": text}, "http:test")
    return answers["1"]


@pytest.mark.parametrize("case", MATERIAL["cases"], ids=lambda case: case["name"])
def test_outcome_and_place(case):
    answer = checked([case["answer"]])
    if case["outcome"] == "taken":
        [taken] = answer.taken
        assert [list(each) for each in taken.ranges] == case["at"]
    else:
        assert (answer.taken, [each.reason.partition(":")[0] for each in answer.refused]) == ([], [case["outcome"]])


def test_all_cases_are_there():
    assert len(MATERIAL["cases"]) == 27
    with pytest.raises(RefusedAnswer, match="of another text"):
        checked([], sha256=MATERIAL["whole_responses"][0]["sha256"])
