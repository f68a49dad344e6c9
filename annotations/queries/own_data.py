"""All that is stored about one person, as a ZIP of JSON: what they may ask for, and carry elsewhere.

Of a corpus that they have left there are the dates of their readings, and no words of its articles.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, QuerySet

from annotations.documents.stream import moment
from annotations.formats.files.end_record import Sink
from annotations.models import (
    AdjudicationDecision,
    Assignment,
    Change,
    GuidelineRead,
    GuidelineVersion,
    Notice,
    NoticeChoice,
    NoticeDigest,
    NoticeSettings,
    PlanPerson,
    PracticeResult,
    Ruling,
    Tally,
    Thread,
    ThreadPost,
    Transition,
)  # fmt: skip
from corpus.models import Corpus, Edit, KnownBrowser, KnownNetwork, Membership, Token

AT_ONCE = 2_000
README = """One file of JSON for each kind of row; times are UTC. Words of corpora that you are no longer a member of are left out:
ask the managers of the corpus, or your administrator. docs/privacy.md says what is kept, and for how long.
"""


def parts_of(user: User) -> dict[str, QuerySet[Any, Any]]:
    """File → its rows."""
    corpora = Corpus.objects.for_user(user).order_by().values("pk")
    readings = Assignment.objects.filter(annotator=user)
    seen = readings.filter(document__corpus__in=corpora).order_by().values("pk")
    corpus = {"corpus": F("document__corpus__slug")}
    own: dict[str, Any] = {"user": user}
    return {
        "account": get_user_model().objects.filter(pk=user.pk).values(
            "id", "username", "email", "first_name", "last_name", "date_joined", "last_login", "is_staff", "is_superuser"
        ),
        "memberships": Membership.objects.filter(user=user).values(
            "role", "languages", "capacity", "paused", "created", of=F("corpus__slug")
        ),
        "tokens": Token.objects.filter(user=user).values("name", "prefix", "scopes", "created", "expires", "last_used", "revoked"),
        "browsers": KnownBrowser.objects.filter(user=user).values("created", "expires"),
        "networks": KnownNetwork.objects.filter(user=user).values("network", "expires"),
        "readings": readings.order_by("created", "pk").values(
            "id", "document", "role", "status", "revision", "created", "submitted", "saw_gold", "independent", "due", "released",
            **corpus,
        ),
        "steps_of_readings": Transition.objects.filter(assignment__in=seen).values(
            "assignment", "revision", "kind", "reason", "note", "at"
        ),
        "changes": Change.objects.filter(assignment__document__corpus__in=corpora, **own).order_by("number").values(
            "id", "assignment", "revision", "position", "op", "kind", "object_id", "before", "after", "at"
        ),
        "threads": Thread.objects.filter(opened_by=user, corpus__in=corpora).values(
            "id", "assignment", "mark", "label", "quote", "state", "at", of=F("corpus__slug")
        ),
        "posts": ThreadPost.objects.filter(thread__corpus__in=corpora, **own).values("id", "thread", "text", "at"),
        "guideline_versions": GuidelineVersion.objects.filter(guideline__corpus__in=corpora, **own).values(
            "id", "guideline", "number", "title", "body", "note", "at"
        ),
        "guidelines_read": GuidelineRead.objects.filter(version__guideline__corpus__in=corpora, **own).values("version", "at"),
        "decisions": AdjudicationDecision.objects.filter(adjudication__gold__document__corpus__in=corpora, **own).values(
            "id", "adjudication", "kind", "outcome", "reason", "note", "at"
        ),
        "verdicts_given": Transition.objects.filter(assignment__document__corpus__in=corpora, **own).exclude(
            assignment__in=seen
        ).values("assignment", "kind", "reason", "note", "at"),
        "rulings": Ruling.objects.filter(version__guideline__corpus__in=corpora, **own).values(
            "id", "version", "document", "fragments", "quote", "right", "wrong", "why", "decision", "at"
        ),
        "results": PracticeResult.objects.filter(assignment__in=seen).values(
            "assignment", "revision", "kind", "layers", "least", "passed", "at"
        ),
        "tallies": Tally.objects.filter(corpus__in=corpora, **own).values(
            "week", "label", "made", "changed", "removed", "seconds", of=F("corpus__slug")
        ),
        "plans": PlanPerson.objects.filter(plan__corpus__in=corpora, **own).values("plan", "weight"),
        "edits": Edit.objects.filter(corpus__in=corpora, **own).values("kind", "label", "before", "after", "at"),
        "notices": Notice.objects.filter(corpus__in=corpora, **own).values(
            "id", "kind", "assignment", "thread", "guideline", "article", "plan", "number", "at", "read", of=F("corpus__slug")
        ),
        "notice_choices": NoticeChoice.objects.filter(user=user).values("kind", "in_app", "mail"),
        "notice_settings": NoticeSettings.objects.filter(user=user).values("mail", "corpus_names"),
        "mails": NoticeDigest.objects.filter(user=user).values("id", "state", "tries", "at"),
    }  # fmt: skip


def own_data(user: User) -> Iterator[bytes]:
    """A ZIP, made while it is sent: not more than some rows are held."""
    sink = Sink()
    with moment(), ZipFile(sink, "w", ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        archive.writestr("README.txt", README)
        for name, rows in parts_of(user).items():
            with archive.open(f"{name}.json", "w", force_zip64=True) as part:
                for piece in pieces(rows):
                    part.write(piece.encode())
                    if packed := sink.taken():
                        yield packed
    yield sink.taken()


def pieces(rows: QuerySet[Any, dict[str, Any]]) -> Iterator[str]:
    """A JSON list, row by row."""
    yield "["
    for number, row in enumerate(rows.iterator(chunk_size=AT_ONCE)):
        yield (",\n" if number else "\n") + json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
    yield "\n]\n"
