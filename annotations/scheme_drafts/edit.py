"""The draft of a corpus's scheme: read, edited, and put back. Each edit leaves a whole scheme, and is in the history."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.db import transaction

from annotations.mapping.rows import CodeMapping
from annotations.models import Assignment, Scheme, SchemeDraft
from annotations.moves.in_use import Uses
from annotations.scheme.parts import Parts, body_of, changed_parts, codes_of, parts_of
from annotations.scheme.told_changes import told_changes
from annotations.scheme.view import SchemeView
from annotations.schemes.of_corpus import NoScheme, scheme_for
from annotations.schemes.stored import data_of, without
from corpus.edits.history import EditError, history, lock_corpus, record
from corpus.models import Corpus, Edit
from registry.models import Entity

Json = dict[str, Any]
LONGEST_LABEL = 200  # characters, of an edit
SHOWN = 5


class SchemeNow(NamedTuple):
    """What managers see: the version of new readings, its content, and that of the draft, which is the same where nothing was edited."""

    base: Scheme
    published: Json
    body: Json

    @property
    def changes(self) -> list[str]:
        return told_changes(self.published, self.body)


def scheme_now(corpus: Corpus) -> SchemeNow:
    """Raises NoScheme."""
    present = scheme_for(corpus)
    draft = SchemeDraft.objects.filter(corpus=corpus).select_related("base").first()
    base = draft.base if draft else present
    published = content_of(base)
    return SchemeNow(base, published, draft.body if draft else published)


def content_of(scheme: Scheme) -> Json:
    """Without the register of measures, which lives on by itself. Labels have their order as a number."""
    return body_of(parts_of(without(data_of(scheme), "measures")))


@transaction.atomic
def edit_draft(corpus: Corpus, by: Any, change: Callable[[Json], Json | None], **fields: Any) -> Edit | None:
    """`change` gives the new content, or None where it has changed what it was given. None if nothing differs. Raises EditError."""
    locked = lock_corpus(corpus, by)
    now = locked_now(locked)
    edited = copy.deepcopy(now.body)
    body = change(edited) or edited
    before, after = changed_parts(parts_of(now.body), parts_of(body))
    if not after:
        return None
    body = body_of(parts_of(body))
    check_content(locked, now, body)
    SchemeDraft.objects.update_or_create(corpus=locked, defaults={"base": now.base, "body": body})
    sentences = " ".join(told_changes(now.body, body)) or "Changes the scheme."
    values = {"object": str(now.base.pk), "label": fields.pop("label", sentences)[:LONGEST_LABEL]}
    return record(locked, Edit.Kind.SCHEME, locked, before, after, by, **(values | fields))


def locked_now(locked: Corpus) -> SchemeNow:
    """On a locked corpus. Raises EditError where it has no scheme."""
    try:
        return scheme_now(locked)
    except NoScheme as error:
        raise EditError(str(error)) from error


def check_content(corpus: Corpus, now: SchemeNow, body: Json) -> None:
    """Raises EditError for a scheme that breaks a rule, or that lacks what is in use."""
    is_less = not set(codes_of(now.published)) | set(codes_of(now.body)) <= set(codes_of(body))
    if is_less and (used := used_codes(corpus, body)):
        raise EditError(f"{', '.join(used[:SHOWN])}: in use in this corpus, and cannot be deleted. Retire it instead.")
    if problems := SchemeView(body).check():
        raise EditError(" ".join(f"{line}." for line in problems[:SHOWN]))


def used_codes(corpus: Corpus, body: Json) -> list[str]:
    """Codes that readings or entities of the corpus use, and that the content lacks."""
    view = SchemeView(body)
    known = {label["code"] for layer in view.layers for label in layer["labels"]}
    types = Entity.objects.filter(corpus=corpus).order_by().values_list("type", flat=True).distinct()
    used = [code for code in types if code not in known]
    for scheme in Scheme.objects.filter(assignments__document__corpus=corpus).distinct().defer("body"):
        uses = Uses(Assignment.objects.filter(document__corpus=corpus, scheme=scheme), scheme)
        used += [code.code for code in uses.missing(CodeMapping([]), view)]
    return list(dict.fromkeys(used))


def discard(corpus: Corpus, by: Any) -> Edit | None:
    """The draft becomes what is published; undoing brings it back."""
    return edit_draft(corpus, by, lambda _: locked_now(corpus).published, label="Draft discarded.")


# Undo


def edits_of(corpus: Corpus) -> Any:
    return history(corpus, [Edit.Kind.SCHEME])


def undo(corpus: Corpus, edit: Edit, by: Any) -> Edit | None:
    """Raises EditError where the same was edited again."""
    with transaction.atomic():
        locked = lock_corpus(corpus, by)
        if hasattr(edit, "undone_by"):
            return None
        if edit.before is None or edit.after is None:
            raise EditError("A published version stays. Edit the scheme, and publish the next one.")
        before, after = edit.before, edit.after
        return edit_draft(locked, by, lambda body: put_back(body, before, after), undoes=edit, label=f"Undone: {edit.label}")


def put_back(body: Json, before: Parts, after: Parts) -> Json:
    parts = parts_of(body)
    if others := [path for path, value in after.items() if parts.get(path) != value]:
        raise EditError(f"Changed again since: {names_of(others)}. Undo the later edit first.")
    return body_of(parts | before)


def names_of(paths: Iterable[str]) -> str:
    return ", ".join(path.strip(".") for path in list(paths)[:SHOWN])
