"""Native documents on their way in: which text, whose marks, under which scheme.

What a document says of these is read here, before anything is asked of the database but its schemes and accounts.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User

from annotations.formats import native
from annotations.models import Assignment, Scheme
from annotations.native.check import NotNative, check
from annotations.text.edtf import bounds
from annotations.write.apply import Answer
from corpus.intake.verbatim import VerbatimText
from corpus.models import Corpus, Document, Intake
from corpus.text.storable import digest

Object = dict[str, Any]


@dataclass
class Arrival:
    """One document of a file. `problem` says why it is not taken; `answer` what the write made of it; `is_open` that it is gold with errors,
    which was not submitted."""

    location: str
    body: Object
    text: VerbatimText | None = None
    shared: dict[str, set[str]] = field(default_factory=dict)
    annotator: Any = None
    document: Document | None = None
    problem: str = ""
    answer: Answer | None = None
    before: int = 0
    is_new_text: bool = False
    is_open: bool = False

    @property
    def is_known(self) -> bool:
        """Whether it says of which text it is, and whose marks it brings."""
        return self.text is not None and self.annotator is not None

    def begin(self) -> None:
        """What was made of it is forgotten: it is looked at again."""
        self.document, self.problem, self.answer, self.before = None, "", None, 0
        self.is_new_text = self.is_open = False

    @property
    def name(self) -> str:
        """How a person finds it in the file."""
        facts = self.body.get("document") if isinstance(self.body, dict) else None
        title = facts.get("key") or facts.get("id") or facts.get("title") if isinstance(facts, dict) else ""
        return " ".join(filter(None, [self.location, str(title or "")[:80]]))


@dataclass
class ImportTarget:
    """Into which corpus, by whom, and for whom: `annotator_of` gives the annotator of a native document."""

    corpus: Corpus
    user: User
    annotator_of: Callable[[Object], Any]
    role: str = Assignment.Role.ANNOTATION
    kind: str = Intake.Door.COMMAND
    reader: str = "native"
    intake: Intake | None = None
    schemes: dict[tuple[str, str], bool] = field(default_factory=dict)

    @cached_property
    def namespace(self) -> uuid.UUID:
        return uuid.uuid5(uuid.NAMESPACE_URL, f"attest/corpus/{self.corpus.pk}")

    def open_intake(self) -> Intake:
        """Made with the first text that is new."""
        if self.intake is None:
            self.intake = Intake.objects.create(corpus=self.corpus, user=self.user, door=self.kind)
        return self.intake


def attempt(arrival: Arrival, act: Callable[[], None]) -> None:
    """What is wrong with one document stops only this one."""
    try:
        act()
    except RecursionError:
        arrival.problem = "nested too deeply"
    except ValueError as error:
        arrival.problem = str(error)


# What a document says of its text


def recognise(arrival: Arrival, target: ImportTarget) -> None:
    """Raises NotNative and UnstorableText."""
    body = arrival.body
    check(body)
    arrival.shared = native.shared(body, target.namespace)
    facts, text = facts_of(body), body.get("text")
    text_digest: Any = facts.get("clean_sha256")
    if text is None and text_digest is None:
        raise NotNative("it has neither a text nor a clean_sha256")
    if text is not None:
        sha256 = digest(text)
        if text_digest not in (None, sha256):
            raise NotNative(f"the SHA-256 of its text is {sha256[:12]}…, but clean_sha256 is {text_digest[:12]}…")
        text_digest = sha256
    key = facts.get("key") or facts.get("id") or ""
    arrival.text = VerbatimText(
        text_digest, text, facts | {"key": "" if is_uuid(key) else key}, outlet_of(body), arrival.location
    )


def facts_of(body: Object) -> Object:
    """What a document says of its article, with the days of publication that its EDTF gives."""
    facts = body["document"]
    published = facts.get("published") or {}
    return {**facts, "published": published | days_of(published.get("edtf"))}


def days_of(edtf: str | None) -> Object:
    """As for the time of an event, the EDTF decides, whatever the file says of its days. What is not EDTF gives none."""
    if not edtf:
        return {}
    try:
        first, last = bounds(edtf)
    except ValueError:
        return {}
    return {"earliest": first and first.isoformat(), "latest": last and last.isoformat()}


def admit(arrival: Arrival, target: ImportTarget) -> None:
    """Under which scheme, and whose. Raises NotNative."""
    check_scheme(arrival.body, target.schemes)
    arrival.annotator = target.annotator_of(arrival.body)


def outlet_of(body: Object) -> str:
    """The name of the outlet: a document says it itself, or names one of its entities."""
    outlet = body["document"].get("outlet") or ""
    entities = {entity.get("id"): entity for entity in body.get("entities") or []}
    name = str(entities[outlet].get("name") or "") if outlet in entities else outlet
    return "" if is_uuid(name) else name


def is_uuid(name: str) -> bool:
    try:
        uuid.UUID(name)
    except ValueError:
        return False
    return True


def identified(arrival: Arrival) -> VerbatimText:
    if arrival.text is None:
        raise ValueError("the document could not be identified")
    return arrival.text


def check_version(body: Object, assignment: Assignment) -> None:
    scheme_words = words_of(body)
    if not assignment.scheme.takes(**scheme_words):
        raise NotNative(
            f"annotated with scheme version {scheme_words['version']}, but the corpus uses {assignment.scheme.version}"
        )


def check_scheme(body: Object, known: dict[tuple[str, str], bool]) -> None:
    scheme_words = words_of(body)
    asked_for = (scheme_words["code"], scheme_words["version"])
    if asked_for not in known:
        rows = Scheme.objects.filter(code=scheme_words["code"]).defer("body")
        known[asked_for] = any(scheme.takes(**scheme_words) for scheme in rows)
    if not known[asked_for]:
        raise NotNative(f"scheme {scheme_words['code']} {scheme_words['version']} is not loaded: run load_scheme")


def words_of(body: Object) -> dict[str, str]:
    """Code and version of the scheme that a file names."""
    return {field: str(body["scheme"].get(field)) for field in ("code", "version")}
