"""Files of marks in: read, tie to the stored text, and write through the one write.

All or nothing per file. Loading the same file again changes nothing, and says so.
"""

from __future__ import annotations

import json
import re
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from annotations.annotate import apply_changes
from annotations.assign import open_for
from annotations.formats import native
from annotations.models import Assignment, Scheme
from annotations.refusals import Refusal, Reused
from corpus import ingest
from corpus.models import Corpus, Document, Outlet
from registry.models import Entity, Relation

Object = dict[str, Any]
SHOWN = 20  # reasons, of a file in which everything is wrong
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class LoadError(ValueError):
    """A file that is not loaded: names the file, the place in it, and the reason."""


@dataclass
class Report:
    """What a file brought: objects written by kind, and how many were there already."""

    written: Counter[str] = field(default_factory=Counter)
    present: int = 0
    documents: int = 0

    def line(self) -> str:
        if not self.written:
            return "nothing changes: all of it was loaded before"
        parts = ", ".join(f"{count} {PLURALS[kind]}" for kind, count in self.written.items())
        return f"{parts}" + (f"; {self.present} were there already" if self.present else "")


PLURALS = {
    "entity": "entities",
    "relation": "entity relations",
    "event": "events",
    "argument": "arguments",
    "span": "marks",
    "citation": "citations",
    "claim": "claims",
    "link": "links",
    "note": "notes",
}


def read_documents(content: bytes, name: str) -> list[Object]:
    """One JSON document, or one a line. Raises LoadError."""
    if not content.strip():
        raise LoadError(f"{name}: the file is empty")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LoadError(f"{name}: not UTF-8 text (byte {error.start})") from error
    try:
        return [json.loads(text)]
    except RecursionError as error:
        raise LoadError(f"{name}: nested too deep") from error
    except json.JSONDecodeError as error:
        if "\n" not in text.strip() or "Extra data" not in error.msg:
            raise LoadError(f"{name}: line {error.lineno}: not JSON: {error.msg}") from error
    except ValueError as error:
        raise LoadError(f"{name}: a number is too long") from error
    return [read_line(line, name, n) for n, line in enumerate(text.split("\n"), 1) if line.strip()]


def read_line(line: str, name: str, number: int) -> Object:
    try:
        found: Object = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LoadError(f"{name}: line {number}: not JSON: {error}") from error
    return found


@transaction.atomic
def load(corpus: Corpus, content: bytes, *, name: str, annotator: Any, user: Any, role: str) -> Report:
    """Load a native file into the assignments of `annotator`; `user` signs the changes.

    Raises LoadError with the file, the object's id and the rule; then nothing of it is stored.
    """
    report = Report()
    for body in read_documents(content, name):
        try:
            load_document(corpus, body, annotator, user, role, report)
        except native.NotNative as error:
            raise LoadError(f"{name}: {error}") from error
        except RecursionError as error:
            raise LoadError(f"{name}: nested too deep") from error
        except IntegrityError as error:
            raise LoadError(f"{name}: {unstorable(error)}") from error
    return report


def refused(error: Refusal, changes: list[Object]) -> str:
    """The reasons, with the ids that the file uses."""
    keys = {c["object"]["id"]: c["object"]["key"] for c in changes if "key" in c["object"]}
    named = {c["id"]: keys.get(c["object"]["id"]) or joined(c, keys) for c in changes}
    lines = [reason(each, error.code, keys, named) for each in error.errors[:SHOWN]]
    more = len(error.errors) - SHOWN
    return "; ".join(lines + [f"and {more} more"] * (more > 0)) or error.detail


def unstorable(error: IntegrityError) -> str:
    """Of the article's description: an address, key or outlet that another article or entity has."""
    name = error.__cause__.diag.constraint_name  # type: ignore[union-attr]
    return f"what it says of the article does not fit what is here ({name.replace('_', ' ')})"


def joined(change: Object, keys: Mapping[str, str]) -> str:
    """A link or relation has no id in a file: by what it joins. A note by its words."""
    item = change["object"]
    if change["kind"] == "note":
        return f"the note “{item['text'][:40]}”"
    return f"{keys.get(item['source'])}-{item['type']}-{keys.get(item['target'])}"


def reason(error: Object, code: str, keys: Mapping[str, str], named: Mapping[str, str]) -> str:
    detail = error["detail"]
    if code == Reused.code:
        detail = "was loaded before with other content"
    known = UUID.sub(lambda found: keys.get(found[0], found[0]), detail)
    return " ".join(filter(None, [error.get("code"), named.get(error.get("change")), known]))


def load_document(corpus: Corpus, body: Object, annotator: Any, user: Any, role: str, report: Report) -> None:
    native.check(body)
    source = find_document(corpus, body)
    check_scheme(body)
    assignment, _ = open_for(annotator, source, role)
    if not assignment.scheme.takes(**words_of(body)):
        raise native.NotNative(
            f"marked under scheme version {body['scheme']['version']}, but the corpus marks under {assignment.scheme.version}"
        )
    changes = fresh(native.changes_of(body, assignment.pk, namespace(corpus)), corpus)
    try:
        answer = apply_changes(assignment, user, assignment.revision, changes)
    except Refusal as error:
        raise native.NotNative(refused(error, changes)) from error
    describe(corpus, source, body)
    tell(report, answer.changes, assignment.revision)


def tell(report: Report, changes: list[Object], before: int) -> None:
    report.documents += 1
    for change in changes:
        if change["revision"] <= before:
            report.present += 1
            continue
        report.written[change["kind"]] += 1
        if change["kind"] == "event":
            report.written["argument"] += len(change["object"]["arguments"])


def namespace(corpus: Corpus) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"attest/corpus/{corpus.pk}")


def find_document(corpus: Corpus, body: Object) -> Document:
    digest = body["document"].get("clean_sha256")
    source = Document.objects.filter(corpus=corpus, sha256=str(digest)).order_by("-version").first()
    if source is None:
        title = str(body["document"].get("title", ""))[:80]
        raise native.NotNative(
            f"the text of “{title}” (SHA-256 {str(digest)[:12]}…) is not in the corpus {corpus.slug}: ingest it first"
        )
    return source


def check_scheme(body: Object) -> None:
    named = words_of(body)
    if not any(scheme.takes(**named) for scheme in Scheme.objects.filter(code=named["code"]).defer("body")):
        raise native.NotNative(f"scheme {named['code']} {named['version']} is not loaded: run load_scheme")


def words_of(body: Object) -> dict[str, str]:
    """Code and version of the scheme that a file names."""
    return {field: str(body["scheme"].get(field)) for field in ("code", "version")}


def fresh(changes: list[Object], corpus: Corpus) -> list[Object]:
    """Without entities and relations that the register has: other files brought them."""
    shared = [change["object"]["id"] for change in changes if change["kind"] in ("entity", "relation")]
    known = {
        str(pk)
        for model in (Entity, Relation)
        for pk in model.objects.filter(corpus=corpus, pk__in=shared).values_list("pk", flat=True)
    }
    return [change for change in changes if change["object"]["id"] not in known]


def describe(corpus: Corpus, source: Document, body: Object) -> None:
    """What the file knows of the article fills what is blank; its outlet becomes the narrator."""
    given = body["document"]
    entities = {item.get("id"): item for item in body.get("entities", [])}
    narrator = entities.get(given.get("outlet"))
    outlet = None
    if narrator:
        outlet, _ = Outlet.objects.get_or_create(corpus=corpus, name=narrator["name"])
        pk = native.identity("entity", narrator, uuid.UUID(int=0), namespace(corpus))
        Entity.objects.filter(pk=pk, outlet__isnull=True).update(outlet=outlet)
    ingest.describe(source.article, given, outlet=outlet)


__all__ = ["Assignment", "LoadError", "Report", "load"]
