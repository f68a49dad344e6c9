"""A notice in words: one line and where it leads, and the counts of a digest."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from annotations.models import GuidelineVersion, Notice
from annotations.models.notice import NoticeQuerySet
from corpus.models import Article

Kind = Notice.Kind
# As a count of a mail names them: one, and several.
COUNTED = {
    Kind.ASSIGNED: ("article assigned to you", "articles assigned to you"),
    Kind.DUE: ("article due in two days", "articles due in two days"),
    Kind.LATE: ("late article", "late articles"),
    Kind.RETURNED: ("article returned to you", "articles returned to you"),
    Kind.LAPSED: ("lapsed article", "lapsed articles"),
    Kind.QUESTION: ("question", "questions"),
    Kind.ANSWER: ("answer to your questions", "answers to your questions"),
    Kind.RESOLVED: ("resolved question", "resolved questions"),
    Kind.APPROVED: ("approved article", "approved articles"),
    Kind.ADJUDICATED: ("adjudicated article", "adjudicated articles"),
    Kind.GUIDELINE: ("changed guideline", "changed guidelines"),
    Kind.TEXT: ("article with a new text", "articles with a new text"),
    Kind.SKIPS: ("article skipped by two annotators", "articles skipped by two annotators"),
    Kind.PLAN: ("plan done", "plans done"),
    Kind.TARGET: ("label or layer with agreement under its target", "labels and layers with agreement under their targets"),
    Kind.HANDED_OVER: ("gold handed over", "golds handed over"),
    Kind.JOINED: ("plan to which you were added", "plans to which you were added"),
    Kind.RESCHEDULED: ("changed due date", "changed due dates"),
    Kind.PASSWORD_LINK: ("password link made for your account", "password links made for your account"),
    Kind.PASSWORD_SET: ("password set by a password link", "passwords set by password links"),
    Kind.TESTS: ("corpus with all tests passed", "corpora with all tests passed"),
}
ABOUT_AN_ARTICLE = "assignment__document__article thread__assignment__document__article article"


class NoticeLine(NamedTuple):
    """`about`: the name of the subject, in words of others; may be empty."""

    words: str
    about: str
    address: str


def with_subjects(rows: NoticeQuerySet) -> NoticeQuerySet:
    """With all that `line_of` reads."""
    titles = GuidelineVersion.objects.filter(guideline=OuterRef("guideline")).order_by("-number").values("title")
    heavy = [f"{path}assignment__document__{field}" for path in ("", "thread__") for field in ("text", "source_map")]
    joined = rows.select_related("corpus", "plan", "guideline", "target", *ABOUT_AN_ARTICLE.split()).defer(*heavy)
    added = {"guideline_title": Subquery(titles[:1])}
    return joined.annotate(**added)


def line_of(notice: Notice) -> NoticeLine:
    match notice.kind:
        case Kind.ASSIGNED | Kind.PASSWORD_LINK | Kind.PASSWORD_SET:
            return NoticeLine(counted(notice.kind, notice.number or 0), "", address_of(notice))
        case Kind.ADJUDICATED:
            count = notice.number or 0
            words = f"Adjudicated: {count} difference{'' if count == 1 else 's'} from your reading"
        case Kind.TARGET if notice.target:
            label = (notice.target.label or notice.target.layer).replace("_", " ").lower()
            return NoticeLine(f"Agreement under target: {label}, {notice.target.least} %", "", address_of(notice))
        case Kind.HANDED_OVER if notice.assignment:
            is_holder = notice.assignment.annotator_id == notice.user_id
            words = f"Gold handed over to {'you' if is_holder else 'another adjudicator'}"
        case Kind.RESCHEDULED:
            about_it = notice.assignment or notice.plan
            words = f"Due date changed: {(about_it and about_it.due) or 'none'}"
        case Kind.DUE | Kind.LATE if notice.assignment:
            # The date may have been taken back.
            words = ": ".join(filter(None, [notice.get_kind_display().partition(" ")[0], str(notice.assignment.due or "")]))
        case _:
            words = notice.get_kind_display()
    return NoticeLine(words, about(notice), address_of(notice))


def about(notice: Notice) -> str:
    if notice.guideline_id:
        return str(notice.guideline_title)
    if notice.plan_id:
        return str(notice.plan)
    return article_of(notice).title


def article_of(notice: Notice) -> Article:
    if notice.article:
        return notice.article
    reading = notice.assignment or (notice.thread.assignment if notice.thread else None)
    if reading is None:
        raise LookupError(f"{notice} is about no article")
    return reading.document.article


def address_of(notice: Notice) -> str:
    match notice.kind:
        case Kind.ASSIGNED | Kind.LAPSED | Kind.TESTS | Kind.JOINED | Kind.RESCHEDULED:
            return "/queue/"
        case Kind.PASSWORD_LINK | Kind.PASSWORD_SET:
            return "/password/"
        case Kind.DUE | Kind.LATE | Kind.RETURNED:
            return f"/annotate/{notice.assignment_id}/"
        case Kind.APPROVED | Kind.ADJUDICATED | Kind.HANDED_OVER:
            return article_of(notice).get_absolute_url()
        case Kind.QUESTION | Kind.ANSWER | Kind.RESOLVED:
            return f"/threads/{notice.thread_id}/"
        case Kind.GUIDELINE:
            return f"/guidelines/{notice.guideline_id}/"
        case Kind.TARGET if notice.target:
            return f"/corpora/{notice.corpus.slug}/agreement/"
        case Kind.PLAN:
            return f"/corpora/{notice.corpus.slug}/plans/{notice.plan_id}/"
        case _:
            return f"/articles/{notice.article_id}/"


def counted(kind: str, count: int) -> str:
    """“3 late articles”."""
    one, several = COUNTED[Kind(kind)]
    return f"{count:,} {one if count == 1 else several}"
