"""Many articles at once: their metadata edited, or assigned to a member. Each with a preview that counts, then a confirmation."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from annotations.assign import open_for
from annotations.models import Assignment
from annotations.notices.events import notify_of_assignment
from annotations.plans.batches import record_assigned
from annotations.schemes.of_corpus import NoScheme
from annotations.views.article_list import SelectionError, selected
from annotations.views.hand_over import MemberField
from corpus.accounts.signed_in import SignedIn
from corpus.edits.articles import MOST, changes, edit_articles
from corpus.edits.fields import LanguageField, OutletNameField, PublishedField, field_of
from corpus.edits.history import EditError
from corpus.models import Article, Corpus, Document, Membership

SHOWN = 8  # titles of the selection
MOST_ASSIGNED = 1_000


class ManyMetadataForm(forms.Form):
    """Values for all selected articles; an empty field leaves theirs as they are."""

    outlet = OutletNameField()
    published = PublishedField()
    language = LanguageField()

    def clean(self) -> dict[str, Any]:
        data = {name: value for name, value in self.cleaned_data.items() if value}
        if not data and not self.errors:
            raise ValidationError("Enter a value in one of the fields.")
        return data


class AssignForm(forms.Form):
    """The member who annotates the selected articles, and until when."""

    member = MemberField(Membership.objects.none(), label="Assign to", empty_label="Choose a member")
    due = forms.DateField(
        required=False, label="Due date", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), help_text="Empty: none."
    )

    def __init__(self, data: Any, corpus: Corpus) -> None:
        super().__init__(data)
        members = corpus.memberships.filter(role__in=Membership.Role.from_rank("annotator"), user__is_active=True)
        field_of(self, "member", MemberField).queryset = members.select_related("user").order_by("user__username")


@require_POST
def selection(request: SignedIn, slug: str, act: str) -> HttpResponse:
    """`act`: metadata or assign. The first request shows the form, one with `preview` counts, one with `save` acts.

    Members are assigned what was selected at once, since the page after it takes it back; where fewer would be, it counts first.
    """
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, "manager")
    try:
        articles = selected(request.POST, corpus, request.user)
    except SelectionError as error:
        messages.error(request, str(error))
        return redirect(corpus)
    return (assign if act == "assign" else edit_metadata_of_many)(request, corpus, articles)


def edit_metadata_of_many(request: SignedIn, corpus: Corpus, articles: QuerySet[Article]) -> HttpResponse:
    form = ManyMetadataForm(sent(request))
    count = changing(articles, form.cleaned_data, request.user) if form.is_bound and form.is_valid() else None
    if count and confirmed(request, count):
        try:
            edits = edit_articles(corpus, list(keys_of(articles)), form.cleaned_data, request.user)
        except EditError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{len(edits)} article{'' if len(edits) == 1 else 's'} edited.")
            return redirect("corpus:batch", corpus.slug, edits[0].batch) if edits else redirect(corpus)
    more = {"act": "metadata", "heading": "Edit metadata", "outlets": corpus.outlets.all(), "verb": "Edit"}
    return shown(request, corpus, articles, form, count, more)


def changing(articles: QuerySet[Article], values: dict[str, Any], user: User) -> int:
    """How many of the articles the values change."""
    rows = Article.objects.filter(pk__in=keys_of(articles)).select_related("outlet")
    return sum(bool(changes(row, values, user)[1]) for row in rows[: MOST + 1])


def assign(request: SignedIn, corpus: Corpus, articles: QuerySet[Article]) -> HttpResponse:
    form = AssignForm(sent(request), corpus)
    count = None
    if form.is_bound and form.is_valid():
        member = form.cleaned_data["member"]
        documents = unassigned(articles, member.user)
        count = documents.count()
        if count > MOST_ASSIGNED:
            form.add_error(None, f"{count:,} articles are selected, the limit is {MOST_ASSIGNED:,}. Narrow the filter.")
        elif count and (confirmed(request, count) or as_selected(request, articles, documents, member)):
            try:
                batch = assign_all(member, documents, form.cleaned_data["due"], request.user)
            except NoScheme as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"{count} article{'' if count == 1 else 's'} assigned to {member.user}.")
                return redirect("annotations:assigned", corpus.slug, batch)
    more = {"act": "assign", "heading": "Assign", "verb": "Assign"}
    if count:
        more |= against_member(documents, member)
    return shown(request, corpus, articles, form, count, more)


def as_selected(request: SignedIn, articles: QuerySet[Article], documents: Any, member: Membership) -> bool:
    """Whether *Assign* of the first page does what it says: all of the articles, none in a language that the member does not read."""
    first = "save" in request.POST and "seen" not in request.POST
    return first and documents.count() == articles.count() and not against_member(documents, member)["other_languages"]


def unassigned(articles: QuerySet[Article], account: User) -> Any:
    """The newest text of each article that has one and of which the account annotates none."""
    own = Assignment.objects.read_by(account).order_by().values("document__article")
    rows = Document.objects.filter(article__in=keys_of(articles)).exclude(article__in=own)
    newest = rows.order_by("article_id", "-version").distinct("article_id").values("pk")
    return Document.objects.filter(pk__in=newest).select_related("corpus").defer("text", "source_map")


def against_member(documents: Any, member: Membership) -> dict[str, Any]:
    """What of these texts does not fit the member: how many are in other languages, and the characters beside the capacity."""
    languages = {code.partition("-")[0].lower() for code in member.languages}
    codes = documents.exclude(article__language="").values_list("article__language", flat=True)
    other = sum(code.partition("-")[0].lower() not in languages for code in codes) if languages else 0
    own = Assignment.objects.filter(annotator=member.user, document__corpus=member.corpus_id, status=Assignment.Status.OPEN)
    begun = own.filter(role=Assignment.Role.ANNOTATION).aggregate(total=Sum("document__length"))["total"] or 0
    more = documents.aggregate(total=Sum("length"))["total"] or 0
    return {"member": member, "other_languages": other, "begun": begun, "more": more}


@transaction.atomic
def assign_all(member: Membership, documents: Any, due: date | None, by: User) -> UUID:
    """The batch of edits under which `annotations.bin.assigned` takes it back."""
    rows = documents.select_related("article").order_by("article__created", "pk")
    opened = [(document, *open_for(member.user, document, due=due)) for document in rows]
    made = [(reading, document.article.title) for document, reading, is_new in opened if is_new]
    notify_of_assignment(member.user, member.corpus, len(made), by)
    return record_assigned(member.corpus, made, by)


# What both have in common


def sent(request: SignedIn) -> Any:
    """The fields of the form, once it was shown."""
    return request.POST if {"preview", "save"} & set(request.POST) else None


def confirmed(request: SignedIn, count: int) -> bool:
    """Whether the person has seen this count: where the articles have changed meanwhile, they see the new one first."""
    return "save" in request.POST and request.POST.get("seen") == str(count)


def keys_of(articles: QuerySet[Article]) -> Any:
    return articles.order_by().values_list("pk", flat=True)


def shown(
    request: SignedIn, corpus: Corpus, articles: QuerySet[Article], form: forms.Form, count: int | None, more: dict[str, Any]
) -> HttpResponse:
    total = articles.order_by().count()
    page = {
        "corpus": corpus,
        "form": form,
        "articles": articles.order_by("title", "pk")[:SHOWN],
        "total": total,
        "further": max(0, total - SHOWN),
        "count": count,
        "unchanged": None if count is None else total - count,
        "query": request.POST.get("query", "")[:4000],
        "all": bool(request.POST.get("all")),
        "keys": [] if request.POST.get("all") else request.POST.getlist("article"),
    }
    return render(request, "annotations/selection.html", page | more)
