"""deploy/nginx.conf in front of the web server as it is shipped."""

import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from config.environment import ROOT
from config.front.limits import ELSEWHERE, LIMITS
from tests import factories, nginx
from tests.config.front import PATIENCE, ask, head, rest, status, web_server
from tests.ports import free_port

FILE = ROOT / "deploy" / "nginx.conf"
HOST = "attest.example.org"
SAFE = ssl.create_default_context()
SAFE.check_hostname, SAFE.verify_mode = False, ssl.CERT_NONE
AT_ONCE = 6  # seconds, on a busy machine

LOGS = {}  # by ports
needed = pytest.mark.skipif(nginx.find() is None or shutil.which("openssl") is None, reason=nginx.MISSING)


def filled(folder, upstream, plain, secure):
    """The shipped file with nothing but addresses, ports and paths of its own."""
    text = FILE.read_text()
    for old, new in {
        "127.0.0.1:8000": f"127.0.0.1:{upstream}",
        "listen 80 ": f"listen 127.0.0.1:{plain} ",
        "listen 443 ": f"listen 127.0.0.1:{secure} ",
        "/etc/ssl/attest/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
    }.items():
        assert old in text
        text = text.replace(old, new)
    return text


def main_file(folder):
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    site = f"{temporary} access_log off; include {folder}/attest.conf;"
    return f"daemon off; pid {folder}/pid; error_log {folder}/errors; events {{}} http {{ {site} }}"


def certificate(folder):
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    files = ["-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem"]
    subprocess.run([*command, *files], check=True, capture_output=True)


@contextmanager
def proxy(upstream):
    """The ports of HTTP and of HTTPS."""
    folder = Path(tempfile.mkdtemp(prefix="at-", dir="/tmp"))
    folder.chmod(0o755)  # its workers are another account's
    ports = free_port(), free_port()
    certificate(folder)
    (folder / "attest.conf").write_text(filled(folder, upstream, *ports))
    (folder / "main.conf").write_text(main_file(folder))
    LOGS[ports] = folder / "access.log"
    command = [nginx.find(), "-e", f"{folder}/errors", "-c", f"{folder}/main.conf"]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "warn" not in tried.stderr
    process = subprocess.Popen(command)
    try:
        wait_for(ports[1])
        yield ports
    finally:
        process.terminate()
        process.wait(PATIENCE)
        shutil.rmtree(folder)


def wait_for(port):
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.05)


def connect(port, data):
    line = SAFE.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE), server_hostname=HOST)
    line.sendall(data)
    return line


def asks(port, first, *fields, body=b""):
    """The whole answer, over TLS."""
    with connect(port, head(first, *fields, "Connection: close", host=HOST)) as line:
        with suppress(OSError):  # it may have been answered already
            line.sendall(body)
        with suppress(OSError):
            return rest(line)
    return b""


def head_of_answer(port, first, *fields):
    """Its end is not waited for: nginx holds a line on which a body may still come for five seconds."""
    answer = b""
    with connect(port, head(first, *fields, "Connection: close", host=HOST)) as line:
        while b"\r\n\r\n" not in answer and (piece := line.recv(1 << 16)):
            answer += piece
    return answer


@pytest.fixture(scope="module")
def ports(django_db_setup, django_db_blocker):
    with web_server(PROXIES="1", HTTPS_ONLY="yes", ALLOWED_HOSTS=f"{HOST},127.0.0.1") as (port, _), proxy(port) as found:
        yield found


@pytest.fixture
def port(ports):
    return ports[1]


@contextmanager
def listener():
    """A server that keeps what it is asked, in place of Attest."""
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            with suppress(OSError):
                while True:
                    line, _ = server.accept()
                    with line:
                        heard.append(line.recv(1 << 16).decode())
                        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        yield server.getsockname()[1], heard
        server.shutdown(socket.SHUT_RDWR)


def test_file_table_and_document_agree():
    text = FILE.read_text()
    secure = text[text.index("listen 443") :]
    found = re.findall(r'location (?:~ "\^(.*)\$"|/) \{\s+client_max_body_size (\d+)([km]);', secure)
    sizes = {path or ELSEWHERE.path: int(number) * {"k": 2**10, "m": 2**20}[unit] for path, number, unit in found}
    assert sizes == {limit.path: limit.size for limit in (*LIMITS, ELSEWHERE)}
    document = (ROOT / "docs" / "deployment.md").read_text()
    step = re.search(r"Bodies are limited by path[^.]*\.py`\): (.*?)\. ", document, re.DOTALL)
    assert set(re.findall(r"\d+ [kM]B", step[1])) == {limit.words for limit in (*LIMITS, ELSEWHERE)}


@needed
def test_forged_headers_do_not_get_through():
    names = ("X-Forwarded-For", "X_Forwarded_For", "X-Forwarded-Proto", "X_Forwarded_Proto", "Forwarded")
    with listener() as (upstream, heard), proxy(upstream) as (plain, secure):
        asks(secure, "GET /login/", *(f"{name}: 6.6.6.6" for name in names))
        ask(plain, "GET /readyz", *(f"{name}: 6.6.6.6" for name in names), host=HOST)
    for request, scheme in zip(heard, ("https", "http"), strict=True):
        assert "6.6.6.6" not in request
        assert re.findall(r"(?im)^x[-_]forwarded[-_]for: (.*)\r$", request) == ["127.0.0.1"]
        assert re.findall(r"(?im)^x[-_]forwarded[-_]proto: (.*)\r$", request) == [scheme]


@needed
@pytest.mark.django_db(transaction=True)
def test_one_logs_in_through_it(port):
    factories.user("someone", password="a long word of mine")
    page = asks(port, "GET /login/").decode()
    cookie = re.search(r"(__Host-csrf=\w+)", page)[1]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    body = f"csrfmiddlewaretoken={token}&username=someone&password=a+long+word+of+mine".encode()
    fields = [f"Cookie: {cookie}", f"Origin: https://{HOST}", f"Content-Length: {len(body)}"]
    answer = asks(port, "POST /login/", *fields, "Content-Type: application/x-www-form-urlencoded", body=body)
    assert status(answer) == 302, answer[:600]
    assert b"__Host-session=" in answer


@needed
def test_plain_http_is_sent_to_https_and_health_is_not(ports):
    answer = ask(ports[0], "GET /login/?a=b", "X-Forwarded-Proto: https", host="evil.example")
    assert status(answer) == 301
    assert f"Location: https://{HOST}/login/?a=b\r\n".encode() in answer
    for name in ("livez", "readyz", "healthz"):
        for answer in (ask(ports[0], f"GET /{name}", host=HOST), asks(ports[1], f"GET /{name}")):
            assert b"x-content-type-options: nosniff" in answer.lower()  # Attest's own answer, whatever it is


PATHS = [
    ("/login/", LIMITS[0]),
    ("/corpora/demo/load/", LIMITS[1]),
    ("/api/v1/corpora/demo/intakes/1/files/", LIMITS[2]),
    ("/lists/UN/upload/", LIMITS[3]),
    ("/api/v1/corpora/demo/evidence/", LIMITS[5]),
    ("/corpora/demo/add/", ELSEWHERE),
]


@needed
@pytest.mark.parametrize(("path", "limit"), PATHS)
def test_a_body_over_the_limit_of_its_path_is_refused_here(port, path, limit):
    answer = head_of_answer(port, f"POST {path}", f"Content-Length: {limit.size + 1}")
    assert status(answer) == 413
    assert b"Server: nginx\r\n" in answer


@needed
@pytest.mark.parametrize(("path", "limit"), PATHS)
def test_one_of_the_size_elsewhere_passes(port, path, limit):
    size = min(limit.size, ELSEWHERE.size)
    answer = asks(port, f"POST {path}", f"Content-Length: {size}", body=b"a" * size)
    assert status(answer) in {302, 400, 401, 403, 404}
    assert b"content-security-policy" in answer.lower()  # Attest's


@needed
def test_slow_bodies_delay_nobody(port):
    slow = [connect(port, head("POST /login/", "Content-Length: 10000", host=HOST) + b"a") for _ in range(40)]
    for _ in range(3):
        for line in slow:
            line.sendall(b"a")
        began = time.monotonic()
        assert status(asks(port, "GET /login/")) == 200
        assert time.monotonic() - began < AT_ONCE
    for line in slow:
        line.close()


@needed
@pytest.mark.parametrize(
    "path",
    ["/static../settings.py", "/static/../config/settings.py", "//", "//login/", "/%2e%2e/", "/static/%2e%2e/%2e%2e/manage.py"],
)
def test_tricks_with_paths_find_nothing(port, path):
    assert status(asks(port, f"GET {path}")) in {400, 404}


@needed
@pytest.mark.parametrize("path", ["/login/", "/static/css/site.css"])
def test_each_header_is_there_once(port, path):
    answer = asks(port, f"GET {path}")
    assert status(answer) == 200
    lines = answer.partition(b"\r\n\r\n")[0].decode().lower().split("\r\n")[1:]
    names = [line.partition(":")[0] for line in lines if not line.startswith("set-cookie")]
    assert len(names) == len(set(names))
    assert {"x-content-type-options", "strict-transport-security"} <= set(names)
    assert "server: nginx" in lines


def test_without_nginx_one_line_says_so(monkeypatch, capsys):
    monkeypatch.setattr(nginx, "find", lambda: None)
    monkeypatch.setattr(nginx, "bring", lambda: None)
    nginx.main()
    assert capsys.readouterr().out == f"{nginx.MISSING}\n"


@needed
def test_the_secret_of_a_link_stands_in_no_log(ports):
    secret = "canary-" + "x" * 36
    for path in (
        "/invitations/",
        "/password-links/",
        "/notices/stop/",
        "/login/?next=/invitations/",
        "/login/?next=%2Finvitations%2F",
    ):
        assert status(asks(ports[1], f"GET {path}{secret}/")) in {200, 404, 410}
    asks(ports[1], "GET /robots.txt", f"Referer: https://{HOST}/invitations/{secret}/")
    asks(ports[1], "GET /login/")
    log = LOGS[ports].read_text()
    assert ("/login/" in log, "canary" in log) == (True, False)
