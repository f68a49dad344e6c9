"""Viewers hold as many names against a long list, and look for them in as long a text, as one request may have: others log in meanwhile."""

import http.client
import json
import random
import socket
import threading
import time

import pytest

WORDS, ENTRIES, CLIENTS = 150, 24_000, 8
LONGEST, PATIENCE = 3.0, 60  # seconds; the first is corpus.api.costly's
AT_ONCE = 4  # for log-in, on a busy machine
SLOWLY = 30  # seconds for what is cut short at 3: one step of it, with as many others on one processor
BEGUN = f"""
import json, random
from registry.list_versions import load, submit
from registry.models import SanctionsList, ScreenedBy
from corpus.models import Token
from tests import factories
chance = random.Random(29)
words = ["".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(3)).title() for _ in range({WORDS})]
of = SanctionsList.objects.create(code="LONG", name="Long")
names = [" ".join(chance.sample(words, 5)) for _ in range({ENTRIES})]
load.load(submit.submit(of, "".join(f"L-{{n}}; {{name}}; type: body\\n" for n, name in enumerate(names)).encode()))
corpus = factories.corpus("matched")
ScreenedBy.objects.create(corpus=corpus, list=of)
people = [factories.user() for _ in range({CLIENTS})]
for person in people:
    factories.membership(corpus, person, "viewer")
text = factories.document(". ".join(chance.choice(names) for _ in range(20_000)), corpus=corpus)
print(json.dumps([words, str(text.pk), [Token.issue(person, "drill", ["read"])[1] for person in people]]))
"""


@pytest.fixture(scope="module")
def matched(at):
    words, text, tokens = begun(at, BEGUN)
    yield at, words, text, tokens
    at.stop()


def begun(at, code):
    """What the code says in JSON; then the server answers."""
    at.stop()
    said = json.loads(at.manage("shell", "--no-imports", "-c", code))
    at.serve()
    end = time.monotonic() + PATIENCE
    while True:
        try:
            asked(at, "GET", "/login/")
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.1)
        else:
            return said


def asked(at, method, path, body=None, token=""):
    """Status, code of the problem, and seconds."""
    connection = http.client.HTTPConnection("127.0.0.1", at.port, timeout=PATIENCE)
    began = time.monotonic()
    connection.request(
        method, path, body, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"} if token else {}
    )
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    code = json.loads(said).get("code") if "json" in answer.headers["Content-Type"] else None
    return answer.status, code, time.monotonic() - began


def body(words):
    chance = random.Random(1)
    return json.dumps({"names": [{"names": [" ".join(chance.choices(words, k=28))]} for _ in range(100)], "threshold": 60})


def beside(at, requests):
    """The answers of requests that are sent at once, and how long a log-in page took meanwhile."""
    answers = []
    threads = [threading.Thread(target=lambda each=each: answers.append(asked(at, *each))) for each in requests]
    for thread in threads:
        thread.start()
    time.sleep(0.3)  # they are there
    waits = []
    while any(thread.is_alive() for thread in threads):
        waits.append(asked(at, "GET", "/login/")[2])
    return answers, waits


@pytest.mark.parametrize("people", [1, CLIENTS])
def test_names_are_matched_beside_people_who_log_in(matched, people):
    at, words, _, tokens = matched
    sent = [("POST", "/api/v1/match/", body(words), tokens[number % people]) for number in range(CLIENTS)]
    answers, waits = beside(at, sent)
    assert {(status, code) for status, code, _ in answers} == {(503, "too-long"), (429, "too-many")}
    assert sum(code == "too-many" for _, code, _ in answers) >= (CLIENTS - 1 if people == 1 else CLIENTS // 2)
    assert max(seconds for *_, seconds in answers) < SLOWLY
    assert max(waits) < AT_ONCE


def test_a_text_of_listed_names_is_looked_through_beside_people_who_log_in(matched):
    at, _, text, tokens = matched
    sent = [("GET", f"/api/v1/documents/{text}/listed/", None, token) for token in tokens]
    answers, waits = beside(at, sent)
    assert {(status, code) for status, code, _ in answers} == {(503, "too-long"), (429, "too-many")}
    assert max(seconds for *_, seconds in answers) < SLOWLY
    assert max(waits) < AT_ONCE


def test_work_ends_when_its_client_has_left(matched):
    """Whoever asks next is not kept waiting for what nobody reads."""
    at, words, _, tokens = matched
    names = body(words)
    head = f"POST /api/v1/match/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {tokens[0]}\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", at.port)) as line:
        line.sendall(f"{head}Content-Length: {len(names)}\r\n\r\n{names}".encode())
        time.sleep(0.5)  # it is under way
        few = json.dumps({"names": [{"names": ["Nobody"]}]})
        assert asked(at, "POST", "/api/v1/match/", few, tokens[0])[1] == "too-many"
    began = time.monotonic()
    while asked(at, "POST", "/api/v1/match/", few, tokens[0])[0] != 200:
        assert time.monotonic() - began < LONGEST / 2
        time.sleep(0.05)
