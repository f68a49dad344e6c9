"""An account sends eight large bodies at once, of claims that are all held against each other: others log in meanwhile."""

import json

from tests.api.test_processor_time import claims
from tests.drills.test_match import begun, beside

CLAIMS, SENT = 3_000, 8
AT_ONCE = 8  # seconds for log-in, on a busy machine; without an end it is a minute
TEXT = " ".join(f"Word{number:04}" for number in range(CLAIMS))
BEGUN = f"""
import json
from corpus.models import Token
from tests import factories
person, corpus = factories.user("sends-much"), factories.corpus("sends-much")
factories.membership(corpus, person, "annotator")
text = " ".join(f"Word{{number:04}}" for number in range({CLAIMS}))
readings = [factories.assignment(factories.document(text, corpus=corpus), person) for _ in range({SENT})]
print(json.dumps([[str(reading.pk) for reading in readings], Token.issue(person, "drill", ["read", "annotate"])[1]]))
"""


def test_others_log_in_beside_an_account_that_sends_much(at):
    readings, token = begun(at, BEGUN)
    body = json.dumps({"base": 0, "changes": list(claims(TEXT, CLAIMS))})
    answers, waits = beside(at, [("POST", f"/api/v1/assignments/{pk}/changes/", body, token) for pk in readings])
    refused = [(status, code) for status, code, _ in answers if status != 200]
    assert set(refused) <= {(503, "too-long"), (429, "too-many")}
    assert len(refused) >= SENT - 2
    assert max(waits) < AT_ONCE
    at.stop()
