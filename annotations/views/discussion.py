"""Threads about marks: a list for the corpus, one thread with its posts, and the form that opens one."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.discussion import threads
from annotations.guidelines.versions import newest_for, subjects
from annotations.models import Assignment, GuidelineVersion, Span, Thread
from corpus.accounts.signed_in import SignedIn
from corpus.edits.fields import field_of
from corpus.edits.history import EditError
from corpus.models import Corpus

PAGE = 50
STATES = {"": "Open and answered", **dict(Thread.State.choices), "all": "All"}


class PostForm(forms.Form):
    """The text of a post."""

    text = forms.CharField(max_length=threads.LONGEST, widget=forms.Textarea(attrs={"rows": 4}))

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class AssigneeForm(forms.Form):
    """Who is to answer a thread, of those who see it."""

    assignee = forms.ChoiceField(required=False, label="To be answered by")

    def __init__(self, row: Thread, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options | {"initial": {"assignee": row.assignee_id}})
        field_of(self, "assignee", forms.ChoiceField).choices = [
            ("", "Nobody in particular"),
            *((each.pk, each) for each in threads.assignees(row)),
        ]


class ResolveForm(forms.Form):
    """The guideline that settles a thread, if there is one."""

    guideline = forms.ModelChoiceField(GuidelineVersion.objects.none(), required=False, empty_label="None")

    def __init__(self, corpus: Corpus, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field_of(self, "guideline", forms.ModelChoiceField).queryset = newest_for(corpus, user)


@require_safe
def discussion(request: SignedIn, slug: str) -> HttpResponse:
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, "annotator")
    state, own, given = request.GET.get("state", ""), request.GET.get("own") == "on", request.GET.get("given") == "on"
    rows = threads.threads_of(corpus, request.user)
    names = subjects(corpus)
    labels = {code: names.get(code, code) for code in sorted(set(rows.order_by().values_list("label", flat=True)) - {""})}
    label = request.GET.get("label", "")
    if label in labels:
        rows = rows.filter(label=label)
    if state in Thread.State.values:
        rows = rows.filter(state=state)
    elif state != "all":
        rows = rows.exclude(state=Thread.State.RESOLVED)
    if own:
        rows = rows.filter(opened_by=request.user)
    if given:
        rows = rows.filter(assignee=request.user)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    reviews, drawn = corpus.allows(request.user, threads.DECIDES), list(page)
    for row, after in zip(drawn, [*drawn[1:], *drawn[-2:-1], None], strict=False):
        row.subject = names.get(row.label, row.label)
        row.resolves = row.is_seen and row.state != Thread.State.RESOLVED and (reviews or row.opened_by_id == request.user.pk)
        row.after = f"{request.get_full_path()}#thread-{after.pk}" if after else request.get_full_path()
    shown = {"corpus": corpus, "page": page, "states": STATES, "state": state, "own": own, "given": given}
    shown |= {"labels": labels, "label": label if label in labels else ""}
    return render(request, "annotations/discussion.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def new_thread(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    """A question about a mark of the assignment (`?mark=`), or about the whole."""
    if Assignment.readable(request.user, pk) is None:
        raise Http404
    assignment = Assignment.whole(pk)
    corpus = assignment.document.article.corpus
    corpus.require(request.user, "annotator")
    mark, problem = mark_of(request), ""
    span = Span.objects.filter(pk=mark, assignment=assignment).select_related("label__layer").first() if mark else None
    form = PostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            thread = threads.open_thread(assignment, mark, form.cleaned_data["text"], request.user)
        except EditError as error:
            problem = str(error)
        else:
            messages.success(request, "Thread opened. Reviewers and the annotator of this reading see it.")
            return redirect(thread)
    shown = {"corpus": corpus, "assignment": assignment, "span": span, "mark": mark, "form": form, "problem": problem}
    return render(request, "annotations/new_thread.html", shown)


def mark_of(request: SignedIn) -> uuid.UUID | None:
    """Raises Http404 for what is no id."""
    text = request.GET.get("mark", "")
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        raise Http404 from None


def readable_thread(request: SignedIn, pk: uuid.UUID) -> Thread:
    return get_object_or_404(with_relations(Thread.objects.for_user(request.user)), pk=pk)


def with_relations(rows: QuerySet[Thread]) -> QuerySet[Thread]:
    return rows.select_related("corpus", "opened_by", "assignee", "resolved_by", "guideline", "assignment__document__article")


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    """All posts; a POST adds one."""
    row = get_object_or_404(with_relations(Thread.objects.readable_by(request.user)), pk=pk)
    if not row.is_seen:
        if request.method == "POST":
            raise Http404
        return render(request, "annotations/public_thread.html", {"corpus": row.corpus, "thread": row, **subject_of(row)})
    form = PostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        threads.answer(row, form.cleaned_data["text"], request.user)
        return redirect(row)
    shown = {
        "corpus": row.corpus,
        "thread": row,
        **subject_of(row),
        "form": form,
        "resolving": ResolveForm(row.corpus, request.user) if threads.may_resolve(row, request.user) else None,
        "publishes": row.corpus.allows(request.user, threads.DECIDES),
        "giving": AssigneeForm(row) if threads.may_resolve(row, request.user) else None,
        "is_readable": Assignment.readable(request.user, row.assignment_id) is not None,
        "is_marked": row.mark is not None and Span.objects.filter(pk=row.mark, assignment=row.assignment_id).exists(),
    }
    return render(request, "annotations/thread.html", shown)


def subject_of(row: Thread) -> dict[str, Any]:
    return {"subject": subjects(row.corpus).get(row.label, row.label), "posts": row.posts.select_related("user")}


@require_POST
def publish_thread(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    row = readable_thread(request, pk)
    threads.publish(row, request.user, is_public=request.POST.get("public") == "1")
    return redirect(row)


@require_POST
def give_thread(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    row = readable_thread(request, pk)
    form = AssigneeForm(row, request.POST)
    if form.is_valid():
        threads.give(row, int(form.cleaned_data["assignee"] or 0) or None, request.user)
    else:
        messages.error(request, "Choose somebody from the list, or nobody.")
    return redirect(row)


@require_POST
def resolve_thread(request: SignedIn, pk: uuid.UUID) -> HttpResponse:
    """From its own page, or from the list, to which `next` leads back."""
    row = readable_thread(request, pk)
    there = request.POST.get("next", "")
    form = ResolveForm(row.corpus, request.user, request.POST)
    if form.is_valid():
        threads.resolve(row, request.user, form.cleaned_data["guideline"])
        messages.success(request, "Thread resolved. Another post opens it again.")
    else:
        messages.error(request, "Choose a guideline from the list, or none.")
    return redirect(there if url_has_allowed_host_and_scheme(there, allowed_hosts=None) else row)
