"""Pages on which things are brought into a corpus, and that tell what became of each."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus.forms import ArticleForm, IntakeForm
from corpus.intake import deliveries, review
from corpus.intake.ingest import ingest_text
from corpus.jobs.running import long_job
from corpus.models import Corpus, Intake

FORM = ["GET", "HEAD", "POST"]


def managed(request: HttpRequest, slug: str) -> Corpus:
    """The corpus, for a manager. Raises PermissionDenied for anyone else."""
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, "manager")
    return corpus


@require_http_methods(FORM)
def add_article(request: HttpRequest, slug: str) -> HttpResponse:
    """By pasted text: first a look at what cleaning would do, then the article."""
    corpus = managed(request, slug)
    form = ArticleForm(request.POST if request.method == "POST" else None)
    page = {"corpus": corpus, "form": form, "intake_form": IntakeForm(), "outlets": corpus.outlets.all()}
    if request.method == "POST" and form.is_valid():
        if "look" not in request.POST:
            return store(request, corpus, form) or render(request, "corpus/add.html", page)
        page |= {"looked": True, "preview": form.preview}
    return render(request, "corpus/add.html", page)


@require_POST
def bring_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Files and addresses, for the worker to read."""
    corpus = managed(request, slug)
    form = IntakeForm(request.POST, request.FILES)
    if not form.is_valid():
        page = {"corpus": corpus, "form": ArticleForm(), "intake_form": form, "outlets": corpus.outlets.all()}
        return render(request, "corpus/add.html", page)
    data = form.cleaned_data
    files = ((file.name, file.read()) for file in data["files"])
    options = {name: data[name] for name in ("with_pages", "look_first", "outlet", "published", "language")}
    intake = deliveries.bring_in(corpus, files, data["addresses"], user=request.user, door=Intake.Door.PAGE, **options)
    return redirect("corpus:intake", intake.pk)


@require_safe
def intakes(request: HttpRequest, slug: str) -> HttpResponse:
    """What was brought in, when and by whom."""
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    rows = Intake.objects.filter(corpus=corpus).select_related("user").counted()
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    shown = {"corpus": corpus, "page": page, "manages": corpus.allows(request.user, "manager"), "long_job": long_job(corpus)}
    return render(request, "corpus/intakes.html", shown)


@require_safe
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """One act of bringing in: a result for each thing, live while there is anything to wait for."""
    intake = get_object_or_404(Intake.objects.for_user(request.user).select_related("corpus", "user").counted(), pk=pk)
    items = intake.items.select_related("document__article__copy_of").defer("document__text", "document__source_map")
    intake.read = intake.given - intake.waiting if intake.given else 1
    page = {
        "intake": intake,
        "held": intake.items.filter(outcome="held").first() if intake.held else None,
        "may_be_saved": review.without_claim(intake).count() if intake.held else 0,
        "looked": ("held", "left"),
        "corpus": intake.corpus,
        "page": Paginator(items, 200).get_page(request.GET.get("page")),
        "waiting": intake.deliveries.filter(state__in=["waiting", "reading"]).defer("content")[:200],
        "worker": deliveries.is_worker_alive(),
        "long_job": long_job(intake.corpus),
        "manages": intake.corpus.allows(request.user, "manager"),
    }
    return render(request, "corpus/intake.html", page)


@require_POST
def retry_intake(request: HttpRequest, pk: int) -> HttpResponse:
    intake = get_object_or_404(Intake.objects.for_user(request.user), pk=pk)
    managed(request, intake.corpus.slug)
    count = deliveries.retry(intake)
    if count:
        messages.success(request, f"Retrying {count} {'item' if count == 1 else 'items'}.")
    else:
        messages.info(request, "Nothing to retry: the failed files are no longer stored. Upload them again.")
    return redirect("corpus:intake", intake.pk)


def store(request: HttpRequest, corpus: Corpus, form: ArticleForm) -> HttpResponse | None:
    """Go to the stored article; None where it could not be stored and the form says why."""
    data = form.cleaned_data
    refuse = form.preview.refused if form.preview else ()
    options = {"title": data["title"], "as_is": data["as_is"], "refuse": refuse, "facts": form.facts()}
    try:
        stored = ingest_text(corpus, data["text"], user=request.user, door=Intake.Door.PAGE, **options)
    except ValueError as error:
        form.add_error("text", str(error))
        return None
    if stored.created:
        messages.success(request, "Article added. Its text repairs are listed below.")
    else:
        messages.info(request, "This article is already in the corpus. Nothing was changed.")
    return redirect(stored.document.article)
