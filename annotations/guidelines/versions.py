"""A guideline is written, changed and read."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from annotations.guidelines.carried import CarriedLabels, carried_in, guideline_of
from annotations.models import Assignment, Guideline, GuidelineRead, GuidelineVersion, Span
from annotations.notices.events import notify_of_guideline
from annotations.schemes.of_corpus import NoScheme, scheme_for
from annotations.schemes.stored import compiled
from corpus.edits.history import EditError
from corpus.models import Corpus, Membership

LONGEST = 100_000  # characters of a body
WRITES = Membership.Role.REVIEWER


class NewerVersion(EditError):
    """A colleague has written a version meanwhile; `newest` is theirs."""

    def __init__(self, newest: GuidelineVersion) -> None:
        self.newest = newest
        super().__init__(
            f"{newest.user} wrote version {newest.number} meanwhile. Read it, and enter your change into it; your text is kept here."
        )


def subjects(corpus: Corpus) -> dict[str, str]:
    """LAYER.LABEL → names, of the labels of the scheme in use; nothing without a scheme."""
    try:
        layers = compiled(scheme_for(corpus)).data["layers"]
    except NoScheme:
        return {}
    return {
        f"{layer['code']}.{label['code']}": f"{layer['name']}: {label['name']}" for layer in layers for label in layer["labels"]
    }


def create(corpus: Corpus, subject: str, user: User, **text: str) -> GuidelineVersion:
    """The first version of a guideline about `subject`, LAYER.LABEL or "" for a general one. Raises EditError, PermissionDenied."""
    corpus.require(user, WRITES)
    layer, _, label = subject.partition(".")
    if subject and subject not in subjects(corpus):
        raise EditError(f"“{subject}” is no label of the scheme in use: choose one from the list.")
    if subject and guideline_of(corpus, subject):
        raise EditError(f"{subject} has a guideline already: edit that one.")
    try:
        with transaction.atomic():
            guideline = Guideline.objects.create(corpus=corpus, layer=layer, label=label)
            return write(guideline, 1, user, **text)
    except IntegrityError as error:
        if "guideline_once_a_label" not in str(error):
            raise
        raise EditError(f"{subject} has a guideline already: edit that one.") from None


@transaction.atomic
def change(guideline: Guideline, base: int, user: User, **text: str) -> GuidelineVersion:
    """The next version after `base`, the number that the person had before them; the newest one where nothing differs.

    Raises NewerVersion, PermissionDenied.
    """
    locked = Guideline.objects.select_for_update(no_key=True).select_related("corpus").get(pk=guideline.pk)
    locked.corpus.require(user, WRITES)
    newest = locked.versions.select_related("user")[0]
    if newest.number != base:
        raise NewerVersion(newest)
    if (newest.title, newest.body) == (text["title"], text["body"]):
        return newest
    return write(locked, base + 1, user, **text)


def write(guideline: Guideline, number: int, user: User, title: str, body: str, note: str = "") -> GuidelineVersion:
    version = GuidelineVersion.objects.create(
        guideline=guideline, number=number, title=title, body=body, note=note, older=count_marks(guideline), user=user
    )
    mark_read(version, user)
    notify_of_guideline(version, marks_of_label(guideline))
    return version


def count_marks(guideline: Guideline) -> int | None:
    marks = marks_of_label(guideline)
    return None if marks is None else marks.count()


def marks_of_label(guideline: Guideline) -> QuerySet[Span] | None:
    """Under its label, and under what scheme changes have made of it; None for a general one."""
    if not guideline.label:
        return None
    first = guideline.versions.order_by("number").values_list("at", flat=True).first()
    names = {str(guideline)} if first is None else carried_in(guideline.corpus_id).both(str(guideline), first)
    codes = [name.partition(".")[2] for name in names]
    under = {"label__code__in": codes, "label__layer__code": guideline.layer}
    return Span.objects.filter(assignment__document__corpus=guideline.corpus_id, **under)


def older_gold(guideline: Guideline, user: User, before: Any = None) -> QuerySet[Span]:
    """Marks of its label in gold that was submitted before a moment, or ever: what a version may change. The newest gold first."""
    marks = marks_of_label(guideline)
    if marks is None or not guideline.corpus.allows(user, WRITES):
        return Span.objects.none()
    seen = Assignment.objects.for_user(user).gold().without_drafts().filter(document__corpus=guideline.corpus_id)
    if before:
        seen = seen.filter(submitted__lt=before)
    marks = marks.filter(assignment__in=seen.order_by().values("pk")).select_related("assignment__document__article")
    return marks.defer("assignment__document__text", "assignment__document__source_map").order_by(
        "-assignment__submitted", "start", "pk"
    )


def mark_read(version: GuidelineVersion, user: User) -> None:
    GuidelineRead.objects.get_or_create(user=user, version=version)


def newest_for(corpus: Corpus, user: User) -> QuerySet[GuidelineVersion]:
    """The newest version of each guideline, with `unread`; the general ones first, then by label."""
    own = GuidelineRead.objects.filter(version=OuterRef("pk"), user=user.pk)
    rows = GuidelineVersion.objects.filter(guideline__corpus=corpus).newest().select_related("guideline", "user")
    since = GuidelineVersion.objects.filter(guideline=OuterRef("guideline"), number=1).values("at")
    added = {"unread": ~Exists(own), "since": Subquery(since)}
    return rows.annotate(**added).order_by("guideline__layer", "guideline__label", "guideline_id")


def guidelines_of_labels(corpus: Corpus, user: User, carried: CarriedLabels | None = None) -> dict[str, dict[str, Any]]:
    """LAYER.LABEL → its title, address, and whether the person has not read the newest version."""
    rows = list(newest_for(corpus, user).exclude(guideline__label="").defer("body"))
    carried = carried or carried_in(corpus)
    by_label = {label: row for row in rows for label in carried.both(str(row.guideline), row.since)}
    by_label |= {str(row.guideline): row for row in rows}  # its own goes before one that was carried there
    return {
        label: {"title": row.title, "address": row.guideline.get_absolute_url(), "unread": row.unread}
        for label, row in by_label.items()
    }
