"""The client: one session of HTTP, one method a resource."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import requests

from attest_client import exports
from attest_client.errors import Refused
from attest_client.shapes import Article, Claim, Corpus, Document, Entity, Event, Figure, Me, NativeDocument, Span

BUSY = {429, 503}
CONNECT, ANSWER = 10, 120  # seconds


class Bearer:
    """The token, as the session's own authentication: a header alone would give way to a line of ~/.netrc."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class Attest:
    """`address` of the site, such as https://attest.example.org, and a token of an account.

    Offsets are code points: `text[start:end]` is the quote. What waits for its turn (429, 503) is sent again after the seconds that the
    server names, for `patience` seconds in all; any other error is raised as Refused.
    """

    def __init__(self, address: str, token: str, *, patience: float = 60) -> None:
        self.base = f"{address.rstrip('/')}/api/v1/"
        self.patience = patience
        self.session = requests.Session()
        self.session.auth = Bearer(token)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.session.close()

    # Any resource

    def get(self, path: str, **parameters: Any) -> Any:
        """The JSON of a path below /api/v1/."""
        return self.send("GET", path, params=parameters).json()

    def post(self, path: str, body: Any) -> Any:
        return self.send("POST", path, json=body).json()

    def rows(self, path: str, **parameters: Any) -> Iterator[Any]:
        """Those of a list, page by page."""
        page = self.get(path, **parameters)
        yield from page["results"]
        while page["next"]:
            page = self.send("GET", page["next"]).json()
            yield from page["results"]

    def send(self, method: str, path: str, **options: Any) -> requests.Response:
        url = path if "://" in path else self.base + path
        if not url.startswith(self.base):
            raise ValueError(f"{path} is no address of {self.base}")
        end = time.monotonic() + self.patience
        while True:
            response = self.session.request(method, url, timeout=(CONNECT, ANSWER), allow_redirects=False, **options)
            wait = float(response.headers.get("Retry-After", 1))
            if response.status_code not in BUSY or time.monotonic() + wait > end:
                break
            response.close()
            time.sleep(wait)
        if not 200 <= response.status_code < 300:
            raise Refused(response.status_code, problem_of(response))
        return response

    # What is there

    def me(self) -> Me:
        return self.get("me/")

    def corpora(self) -> Iterator[Corpus]:
        return self.rows("corpora/")

    def articles(self, corpus: str, **filters: Any) -> Iterator[Article]:
        return self.rows(f"corpora/{corpus}/articles/", **filters)

    def document(self, document: str) -> Document:
        """One text of an article, immutable."""
        return self.get(f"documents/{document}/")

    def reading(self, assignment: str) -> NativeDocument:
        """All marks of one person on one text, with the text."""
        return self.get(f"assignments/{assignment}/", text=1)

    def spans(self, **filters: Any) -> Iterator[Span]:
        return self.rows("spans/", **filters)

    def figures(self, **filters: Any) -> Iterator[Figure]:
        return self.rows("figures/", **filters)

    def events(self, **filters: Any) -> Iterator[Event]:
        return self.rows("events/", **filters)

    def claims(self, **filters: Any) -> Iterator[Claim]:
        return self.rows("claims/", **filters)

    def entities(self, **filters: Any) -> Iterator[Entity]:
        return self.rows("entities/", **filters)

    def ask(self, corpus: str, ledger: str, **question: Any) -> Iterator[dict[str, Any]]:
        """The rows of a question, as its page has them: `ask("reports", "events", type="REPATRIATE", figure=1)`."""
        return self.rows(f"corpora/{corpus}/ask/{ledger}/", **question)

    # Whole corpora (scope export)

    def export(self, corpus: str, **options: Any) -> Iterator[dict[str, Any]]:
        """Documents of a line format, `native` unless `format` says another. Raises CutOff where the file is not whole."""
        asked = {"format": "native", "end": 1, **options}
        with self.send("GET", f"corpora/{corpus}/export/", params=asked, stream=True) as response:
            response.raw.decode_content = True
            yield from exports.documents(response.raw)

    def save_export(self, corpus: str, path: str | Path, **options: Any) -> None:
        """A file in any format. It has its name once all of it is there."""
        target = Path(path)
        part = target.with_name(f"{target.name}.part")
        with self.send("GET", f"corpora/{corpus}/export/", params=options, stream=True) as response, part.open("wb") as file:
            for chunk in response.iter_content(1 << 16):
                file.write(chunk)
        part.replace(target)

    # Writing (scope annotate)

    def add_article(self, corpus: str, **article: Any) -> dict[str, Any]:
        """`title`, `text` and what is known of it; with `clean=False` offsets are those of the text as given."""
        return self.post(f"corpora/{corpus}/articles/", article)

    def open_reading(self, document: str) -> dict[str, Any]:
        """A reading of one's own."""
        return self.post("assignments/", {"document": document})

    def write(self, assignment: str, base: int, changes: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """A batch, all or nothing. A change without an id gets one, so that sending it again writes it once."""
        named = [{"id": str(uuid4()), **change} for change in changes]
        body = {"base": base, "changes": named}
        try:
            return self.post(f"assignments/{assignment}/changes/", body)
        except requests.ConnectionError:  # nobody knows whether it was written: the ids tell
            return self.post(f"assignments/{assignment}/changes/", body)


def problem_of(response: requests.Response) -> dict[str, Any]:
    """Its JSON; of a proxy's page the reason of HTTP."""
    try:
        body = response.json()
    except requests.JSONDecodeError:
        body = None
    return body if isinstance(body, dict) else {"title": response.reason}
