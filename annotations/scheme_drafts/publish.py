"""A draft becomes the next version of the scheme of its corpus, under which new readings are annotated."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction

from annotations.models import Assignment, CorpusScheme, Scheme, SchemeDraft
from annotations.moves.adoption import choose_scheme
from annotations.moves.in_use import in_scope
from annotations.scheme.view import SchemeView
from annotations.scheme_drafts.edit import LONGEST_LABEL, Json, locked_now
from annotations.schemes.stored import load_scheme
from corpus.edits.history import EditError, lock_corpus, record
from corpus.models import Corpus, Edit

OWN = re.compile(r"\+.*")


@transaction.atomic
def publish(corpus: Corpus, by: Any) -> Scheme:
    """Raises EditError where nothing was edited."""
    locked = lock_corpus(corpus, by)
    now = locked_now(locked)
    changes = now.changes
    if not changes:
        raise EditError("Nothing was edited: there is nothing to publish.")
    scheme = store_own(locked, now.body)
    choose_scheme(locked, scheme, by)
    SchemeDraft.objects.filter(corpus=locked).delete()
    sentences = {"version": str(scheme), "changes": changes}
    label = f"Published as {scheme.version}."
    record(locked, Edit.Kind.SCHEME, locked, None, sentences, by, object=str(scheme.pk), label=label[:LONGEST_LABEL])
    return scheme


def store_own(corpus: Corpus, body: Json) -> Scheme:
    """1.3.0 becomes 1.3.0+reports.1: files of 1.3.0 are read under it, and a later 1.4.0 of all corpora is not the same."""
    first = OWN.sub("", body["scheme"]["version"])
    number = 1 + sum(1 for _ in Scheme.objects.filter(corpus=corpus).only("pk"))
    version = f"{first}+{corpus.slug}.{number}"
    return load_scheme(body | {"scheme": body["scheme"] | {"version": version}}, corpus).scheme


def start_with(corpus: Corpus, body: Json) -> Scheme:
    """The first scheme of a corpus in which nothing is annotated, published at once."""
    if problems := SchemeView(body).check():
        raise EditError(" ".join(problems[:5]))
    scheme = store_own(corpus, body)
    CorpusScheme.objects.create(corpus=corpus, scheme=scheme)
    return scheme


def open_readings(corpus: Corpus, present: Scheme) -> int:
    """Unsubmitted readings under other versions."""
    rows = Assignment.objects.outside_bin().filter(document__corpus=corpus).exclude(scheme=present)
    return int(in_scope(rows, "open").count())
