"""Pages of saved questions: saving one, its answer with what is new in it, renaming, sharing and deleting it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from questions.address.parameters import LEDGERS
from questions.address.question import AddressError, Question
from questions.asking.asker import Asker, NotThere
from questions.asking.time_limits import TooBroad
from questions.drawing.addresses import page_of, with_paging
from questions.drawing.every import VIEWS
from questions.ledgers.answered import answered
from questions.models import SavedQuestion
from questions.models.saved import LONGEST_NAME, LONGEST_NOTE
from questions.saved import store
from questions.saved.news import AnswerMoved, News, look, news_of
from questions.saved.readable import readable
from questions.saved.remains import remains
from questions.values.seals import row_key
from questions.views.ask import PAGING, about, corpus_of, problem_of, size_of, view_of
from questions.wording.code_names import CodeNames
from questions.wording.news_words import count_words
from questions.wording.sentence import in_words

FORM = ("GET", "HEAD", "POST")
MOST_GONE = 50
NOT_ASKABLE = (AddressError, NotThere, TooBroad)


class QuestionForm(forms.Form):
    """Name, note and who reads a question."""

    name = forms.CharField(max_length=LONGEST_NAME, label="Name")
    note = forms.CharField(
        required=False, max_length=LONGEST_NOTE, label="Note", widget=forms.Textarea(attrs={"rows": 3}), help_text="Optional."
    )
    is_shared = forms.BooleanField(required=False, label="Share with everyone who has access to the corpus")


class SavingForm(QuestionForm):
    """The same, and which saved question gets these filters, if it is no new one."""

    replace = forms.ModelChoiceField(
        SavedQuestion.objects.none(),
        required=False,
        label="Replace the filters of",
        empty_label="None: save as a new question",
        help_text="The question that you choose keeps its name, note and sharing.",
    )
    field_order = ("replace", "name", "note", "is_shared")

    def __init__(self, owned: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choice: Any = self.fields["replace"]
        choice.queryset = owned
        self.fields["name"].required = False
        if not owned.exists():
            del self.fields["replace"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("replace") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", "Enter a name.")
        return cleaned


@require_http_methods(FORM)
def save(request: HttpRequest, slug: str, ledger: str) -> HttpResponse:
    """Save the question that the address asks, under a new name or in place of an own one."""
    corpus = corpus_of(request, slug)
    if ledger not in LEDGERS:
        raise Http404
    owned = SavedQuestion.objects.for_user(request.user).filter(corpus=corpus, owner=request.user.pk).order_by("name", "pk")
    form = SavingForm(owned, request.POST if request.method == "POST" else None)
    shown = {"corpus": corpus, "ledger": LEDGERS[ledger], "form": form}
    query = request.GET.urlencode()
    try:
        question = store.checked_question(ledger, query, corpus, request.user)
    except NOT_ASKABLE as error:
        problem = problem_of(error)
        return render(request, "questions/save.html", {**shown, **problem}, status=problem["status"])
    if form.is_bound and form.is_valid():
        saved = save_as(form, question, corpus, request.user)
        if saved:
            messages.success(request, f"“{saved}” saved.")
            return redirect(saved)
    words = in_words(Asker(question, corpus, request.user).pieces)
    return render(request, "questions/save.html", {**shown, "words": words, "address": page_of(slug, question)})


def save_as(form: SavingForm, question: Question, corpus: Any, user: Any) -> SavedQuestion | None:
    """None where the form says what is wrong."""
    filters = {"ledger": question.ledger.name, "query": question.query}
    replaced = form.cleaned_data.get("replace")
    fields = {name: form.cleaned_data[name] for name in ("name", "note", "is_shared")}
    try:
        return store.change(replaced, user, filters) if replaced else store.create(corpus, user, filters | fields)
    except (store.UsedName, AddressError) as error:
        form.add_error(*refused_field(error))
        return None


def refused_field(error: Exception) -> tuple[str | None, str]:
    """The field of a form, and what is wrong with it."""
    if isinstance(error, AddressError):
        return (error.name if error.name in ("name", "note") else None), str(error)
    return "name", str(error)


def saved_of(request: HttpRequest, pk: UUID) -> SavedQuestion:
    saved: SavedQuestion = get_object_or_404(readable(request.user), pk=pk)
    return saved


def owned_by(request: HttpRequest, pk: UUID) -> SavedQuestion:
    saved = saved_of(request, pk)
    if saved.owner_id != request.user.pk:
        raise PermissionDenied("Only its owner can change or delete a saved question. Save it under a name of your own.")
    return saved


@require_safe
def saved_question(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answer to a saved question, with what is new, changed and gone since the person looked. Opening it changes nothing."""
    saved = saved_of(request, pk)
    corpus, own = saved.corpus, saved.owner_id == request.user.pk
    shown: dict[str, Any] = {"saved": saved, "corpus": corpus, "ledger": LEDGERS.get(saved.ledger), "is_own": own}
    try:
        question = store.question_of(saved.ledger, saved.query)
        paging = {name: request.GET.get(name, "") for name in ("view", "rows", "cursor")}
        view = view_of(saved.ledger, paging["view"])
        answer = answered(question, corpus, request.user, size_of(question, paging), paging["cursor"])
        shown |= about(answer, corpus.slug, view, paging["rows"])
        news = news_of(saved, request.user)
    except NOT_ASKABLE as error:
        problem = problem_of(error)
        status = problem["status"] if isinstance(error, TooBroad) or getattr(error, "name", "") in PAGING else 409
        return render(request, "questions/saved.html", {**shown, **problem, "status": status}, status=status)
    here = saved.get_absolute_url()
    context = {
        **shown,
        "question": question,
        "names": CodeNames(answer.asker.scheme),
        **about_news(news, answer.page.rows, request.user),
        "next": answer.following and with_paging(here, view=view, rows=paging["rows"], cursor=answer.following),
        "first": with_paging(here, view=view, rows=paging["rows"]),
        "at_once": shown["at_once"] and with_paging(here, view=view, rows="all"),
        "table": here,
        "view_address": with_paging(here, view=VIEWS.get(saved.ledger, "")),
        "address": page_of(corpus.slug, question),
    }
    return render(request, "questions/saved.html", context)


def about_news(news: News, rows: list[dict[str, Any]], user: Any) -> dict[str, Any]:
    """What the page shows of the news; each of its rows that is new or changed says so."""
    new, changed, gone = set(news.new or []), news.changed or {}, news.gone or []
    for row in rows:
        key = row_key(news.answer.ledger, row)
        if key in new:
            row["news"] = {"state": "new", "aspects": []}
        elif key in changed:
            row["news"] = {"state": "changed", "aspects": changed[key]}
    left = remains(gone[:MOST_GONE], user)
    # An event that was linked with another one is no row any more, and still in the answer.
    events = {entry["event"] for row in news.answer.rows.values() for entry in row.get("entries", ())}
    for each in (each for objects in left.values() for each in objects):
        each["in_row"] = each["id"] in events
    return {
        "seen": news.seen,
        "counts": count_words(**news.counts),
        "answer_seal": news.answer.seal,
        "is_whole": news.answer.is_whole and (news.seen is None or news.seen.is_whole),
        "is_updated": news.changed is None,
        "gone": [left[key] for key in gone[:MOST_GONE]],
        "gone_more": max(0, len(gone) - MOST_GONE),
    }


@require_POST
def look_at(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Store the rows that were shown as seen."""
    saved = saved_of(request, pk)
    try:
        look(saved, request.user, request.POST.get("seal", "")[:16])
    except AnswerMoved:
        messages.warning(
            request, "The answer has changed since you opened it, so nothing was marked as seen. Check the new marks first."
        )
    except NOT_ASKABLE:
        messages.error(request, "The question can't be answered now, so nothing was marked as seen.")
    else:
        messages.success(request, "Marked as seen. Rows that change from now on are marked here.")
    return redirect(saved)


@require_http_methods(FORM)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rename a question of one's own, edit its note, share it or stop sharing it."""
    saved = owned_by(request, pk)
    initial = {"name": saved.name, "note": saved.note, "is_shared": saved.is_shared}
    form = QuestionForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            store.change(saved, request.user, form.cleaned_data)
        except (store.UsedName, AddressError) as error:
            form.add_error(*refused_field(error))
        else:
            messages.success(request, f"“{saved}” saved.")
            return redirect(saved)
    return render(request, "questions/change.html", {"saved": saved_of(request, pk), "corpus": saved.corpus, "form": form})


@require_http_methods(FORM)
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete a question of one's own. Its filters stay on the page that follows, from where it can be saved again."""
    saved = owned_by(request, pk)
    if request.method == "POST":
        slug = saved.corpus.slug
        try:
            following = page_of(slug, store.question_of(saved.ledger, saved.query))
        except AddressError:
            following = reverse("questions:questions", args=[slug])
        saved.delete()
        messages.success(request, f"“{saved}” deleted. To keep these filters, save them again.")
        return redirect(following)
    others = saved.seen_states.exclude(user=request.user.pk).count() if saved.is_shared else 0
    return render(request, "questions/delete.html", {"saved": saved, "corpus": saved.corpus, "others": others})
