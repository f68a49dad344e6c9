"""The web server process against clients that are slow, many, or send too much."""

import json
import time

import psutil
import pytest

from tests import factories
from tests.config.front import PATIENCE, ask, connect, csrf, head, rest, seconds, status, web_server

AT_ONCE = 6  # seconds, on a busy machine; before, it was 8 and more on a quiet one


def test_a_process_that_holds_much_is_replaced_and_answers_what_it_has_begun(django_db_setup, django_db_blocker):
    with web_server(WEB_MEMORY="1") as (port, server):
        cookie, _ = csrf(port)
        first, began = psutil.Process(server.pid).children(), time.monotonic()
        late = head("POST /login/", f"Cookie: {cookie}", "Content-Length: 1", "Connection: close")
        while any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in first):
            assert time.monotonic() - began < PATIENCE
            with connect(port, late) as line:
                assert seconds(port) < AT_ONCE
                time.sleep(1)
                line.sendall(b"a")
                assert status(rest(line)) == 403
        assert psutil.Process(server.pid).children() != first
        assert seconds(port) < AT_ONCE


@pytest.fixture(scope="module")
def port(django_db_setup, django_db_blocker):
    with web_server(PROXIES="1") as (port, _):
        yield port


@pytest.mark.parametrize("many", [8, 80])
def test_slow_bodies_delay_nobody(port, many):
    cookie, _ = csrf(port)
    start = head("POST /login/", f"Cookie: {cookie}", "Content-Length: 10000", "Content-Type: application/x-www-form-urlencoded")
    slow = [connect(port, start + b"a") for _ in range(many)]
    for _ in range(3):
        for line in slow:
            line.sendall(b"a")
        assert seconds(port) < AT_ONCE
    for line in slow:
        line.close()


def test_a_body_has_a_deadline(port):
    cookie, _ = csrf(port)
    with connect(port, head("POST /login/", f"Cookie: {cookie}", "Content-Length: 100") + b"a") as line:
        began = time.monotonic()
        answer = rest(line)
    assert status(answer) == 408
    assert b"The request body did not arrive within 10 s." in answer
    assert b"connection: close" in answer
    assert 9 < time.monotonic() - began < PATIENCE


@pytest.mark.parametrize(("many", "says"), [(70, b""), (500, b""), (200, b"GET /login/ HTTP/1.1\r\nX: ")])
def test_connections_that_wait_delay_nobody(port, many, says):
    idle = [connect(port, says) for _ in range(many)]
    assert seconds(port) < AT_ONCE
    for line in idle:
        line.close()


def test_kept_connections_delay_nobody(port):
    kept = [connect(port, head("GET /favicon.ico")) for _ in range(80)]
    assert all(status(line.recv(1000)) == 302 for line in kept)
    assert seconds(port) < AT_ONCE
    for line in kept:
        line.close()


@pytest.mark.parametrize(
    ("path", "size", "words"),
    [
        ("/login/", 16 * 2**10, "16 kB"),
        ("/corpora/demo/add/", 2 * 2**20, "2 MB"),
        ("/corpora/demo/load/", 200 * 2**20, "200 MB"),
        ("/api/v1/corpora/demo/evidence/", 50 * 2**20, "50 MB"),
        ("/api/v1/assignments/x/changes/", 2 * 2**20, "2 MB"),
    ],
)
def test_a_body_that_is_too_large_is_refused_by_its_length(port, path, size, words):
    answer = ask(port, f"POST {path}", f"Content-Length: {size + 1}")
    assert status(answer) == 413
    assert f"The limit is {words} ({size:,} bytes).".encode() in answer
    assert b"connection: close" in answer
    assert (b"application/problem+json" in answer) == path.startswith("/api/")
    assert b"content-security-policy" in answer


def test_it_is_counted_while_it_comes_in_chunks(port):
    chunk = b"4000\r\n" + b"a" * 0x4000 + b"\r\n"
    answer = ask(port, "POST /login/", "Transfer-Encoding: chunked", body=chunk + b"1\r\na\r\n0\r\n\r\n")
    assert status(answer) == 413
    answer = ask(port, "POST /api/v1/me/", "Transfer-Encoding: chunked", body=chunk + b"0\r\n\r\n")
    assert status(answer) == 401


@pytest.mark.parametrize("end", [b"", b"zz\r\n"])
def test_chunks_that_break_off_are_no_body(port, end):
    with connect(port, head("POST /login/", "Transfer-Encoding: chunked") + b"5\r\nhello\r\n" + end) as line:
        line.shutdown(1)
        assert status(rest(line)) == 400


@pytest.mark.django_db(transaction=True)
def test_large_bodies_are_read_for_those_who_may_send_them(port):
    from corpus.models import Token
    from registry.models import SanctionsList

    corpus = factories.corpus("own")
    people = {role: factories.user(role) for role in ("manager", "viewer")}
    for role, person in people.items():
        factories.membership(corpus, person, role)
    secret = {role: Token.issue(person, "t", ["read", "annotate"])[1] for role, person in people.items()}

    SanctionsList.objects.create(code="OWN", name="Own list", corpus=corpus)
    SanctionsList.objects.create(code="UN", name="Public list")

    def send(role, size=3 * 2**20, path="corpora/own/load"):
        fields = [
            f"Authorization: Bearer {secret.get(role, role)}",
            f"Content-Length: {size}",
            "Content-Type: multipart/form-data; boundary=x",
        ]
        return ask(port, f"POST /api/v1/{path}/", *fields, body=b"a" * size)

    assert status(send("manager")) in {400, 422}  # read, and no form
    assert status(send("manager", path="lists/OWN/versions")) == 400
    for role, path in (("viewer", "lists/OWN/versions"), ("manager", "lists/UN/versions"), ("manager", "lists/none/versions")):
        assert status(send(role, path=path)) == 413
    for role in ("viewer", "nobody"):
        answer = send(role)
        assert status(answer) == 413
        assert "200 MB need at least the role “manager” in the corpus".encode() in answer or b"\\u201cmanager" in answer


def test_a_header_with_an_underscore_replaces_none(db):
    # The page redirects to https unless the request is forwarded from it: the forged name must not count as that.
    with web_server(PROXIES="1", HTTPS_ONLY="yes", ALLOWED_HOSTS="attest.test") as (https, _):
        assert status(ask(https, "GET /login/", "X_Forwarded_Proto: https", host="attest.test")) == 301
        assert status(ask(https, "GET /login/", "X-Forwarded-Proto: https", host="attest.test")) == 200
        assert status(ask(https, "GET /login/", "X-Forwarded-Proto: http", "X_Forwarded_Proto: https", host="attest.test")) == 301


def test_a_forged_address_is_none(port):
    """Guesses at a token are counted by the address that the proxy wrote, 30 a minute; the client writes another one for each."""
    said = "X-Forwarded-For: 198.51.100.77"

    def guess(number):
        return status(ask(port, "GET /api/v1/me/", "Authorization: Bearer guess", said, f"X_Forwarded_For: 203.0.{number}.1"))

    assert [guess(number) for number in range(32)] == [401] * 30 + [429] * 2


def test_the_server_says_nothing_of_its_kind(port):
    for first in ("GET /login/", "GET /static/css/site.css", "GET /nowhere/", "HEAD /login/"):
        assert b"granian" not in ask(port, first).lower()


def test_an_answer_of_the_api_is_whole(port):
    answer = ask(port, "GET /api/v1/me/")
    assert status(answer) == 401
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == "unauthenticated"
