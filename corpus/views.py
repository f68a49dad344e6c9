"""Pages of an account, and of an article's way into a corpus."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus import deliveries
from corpus.forms import ArticleForm, IntakeForm, LoginForm, PasswordForm, TokenForm
from corpus.ingest import ingest_text
from corpus.models import Article, Corpus, Document, Intake, Token

FORM = ["GET", "HEAD", "POST"]

# A downloaded file is kept from doing anything even where a browser opens it in spite of us.
SANDBOX = {"default-src": ["'none'"], "sandbox": [""]}


# The account


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(FORM)
def log_in(request: HttpRequest) -> HttpResponse:
    """Each log-in begins a new session, also where one was open."""
    form = LoginForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        request.session.flush()
        login(request, form.get_user())
        return redirect(next_page(request))
    status = 429 if form.wait else 200
    answer = render(request, "registration/login.html", {"form": form}, status=status)
    if form.wait:
        answer["Retry-After"] = str(form.wait)
    return answer


def next_page(request: HttpRequest) -> str:
    """Where `next` says, if that is on this host."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if own else resolve_url("/")


@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, "You are logged out.")
    return redirect("login")


@sensitive_post_parameters()
@require_http_methods(FORM)
def password(request: HttpRequest) -> HttpResponse:
    """A new password ends every session and every token of the person; this browser stays in."""
    form = PasswordForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        request.session.flush()
        login(request, user, backend="corpus.login.PacedBackend")
        messages.success(request, "Your password is changed. Other sessions and all your API tokens have ended.")
        return redirect("/")
    return render(request, "registration/password.html", {"form": form})


# API tokens


@require_http_methods(FORM)
def tokens(request: HttpRequest) -> HttpResponse:
    """The secret of a new token stands in this one answer and nowhere else."""
    form, secret = TokenForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        _, secret = form.issue(request.user)
        form = TokenForm()
    own = Token.objects.filter(user=request.user)
    page = {"form": form, "secret": secret, "tokens": own, "now": timezone.now()}
    return render(request, "corpus/tokens.html", page)


@require_http_methods(FORM)
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(Token, pk=pk, user=request.user, revoked=None)
    if request.method == "POST":
        token.revoked = timezone.now()
        token.save(update_fields=["revoked"])
        messages.success(request, f"“{token.name}” is revoked: programs that use it are refused.")
        return redirect("corpus:tokens")
    return render(request, "corpus/revoke.html", {"token": token})


# Articles


def managed(request: HttpRequest, slug: str) -> Corpus:
    """The corpus, for one who may bring things in."""
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    if not corpus.allows(request.user, "manager"):
        raise PermissionDenied("Only a manager of the corpus adds articles.")
    return corpus


@require_http_methods(FORM)
def add_article(request: HttpRequest, slug: str) -> HttpResponse:
    """By pasted text: first a look at what cleaning would do, then the article."""
    corpus = managed(request, slug)
    form = ArticleForm(request.POST if request.method == "POST" else None)
    page = {"corpus": corpus, "form": form, "intake_form": IntakeForm()}
    if request.method == "POST" and form.is_valid():
        if "look" not in request.POST:
            return store(request, corpus, form) or render(request, "corpus/add.html", page)
        page["cleaned"] = form.reading
    return render(request, "corpus/add.html", page)


@require_POST
def bring_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Files and addresses, for the worker to read."""
    corpus = managed(request, slug)
    form = IntakeForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "corpus/add.html", {"corpus": corpus, "form": ArticleForm(), "intake_form": form})
    data = form.cleaned_data
    files = ((file.name, file.read()) for file in data["files"])
    intake = deliveries.bring_in(corpus, files, data["addresses"], user=request.user, door=Intake.Door.PAGE, with_pages=data["with_pages"])
    return redirect("corpus:intake", intake.pk)


@require_safe
def intakes(request: HttpRequest, slug: str) -> HttpResponse:
    """What was brought in, when and by whom."""
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    rows = Intake.objects.filter(corpus=corpus).select_related("user").counted()
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "corpus/intakes.html", {"corpus": corpus, "page": page})


@require_safe
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """One act of bringing in: a result for each thing, live while there is anything to wait for."""
    found = get_object_or_404(Intake.objects.for_user(request.user).select_related("corpus", "user").counted(), pk=pk)
    items = found.items.select_related("document__article__copy_of").defer("document__text", "document__source_map")
    found.read = found.given - found.waiting if found.given else 1
    page = {
        "intake": found,
        "corpus": found.corpus,
        "page": Paginator(items, 200).get_page(request.GET.get("page")),
        "waiting": found.deliveries.filter(state__in=["waiting", "reading"]).defer("content")[:200],
        "worker": deliveries.is_worker_alive(),
        "manages": found.corpus.allows(request.user, "manager"),
    }
    return render(request, "corpus/intake.html", page)


@require_POST
def retry_intake(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Intake.objects.for_user(request.user), pk=pk)
    managed(request, found.corpus.slug)
    count = deliveries.retry(found)
    if count:
        messages.success(request, f"{count} {'is' if count == 1 else 'are'} tried again.")
    else:
        messages.info(request, "Nothing can be tried again: what failed is no longer there. Give it once more.")
    return redirect("corpus:intake", found.pk)


def store(request: HttpRequest, corpus: Corpus, form: ArticleForm) -> HttpResponse | None:
    """Go to the stored article; None where it could not be stored and the form says why."""
    data = form.cleaned_data
    options = {"title": data["title"], "as_is": data["as_is"], "facts": form.facts()}
    try:
        stored = ingest_text(corpus, data["text"], user=request.user, door=Intake.Door.PAGE, **options)
    except ValueError as error:
        form.add_error("text", str(error))
        return None
    if stored.created:
        messages.success(request, "The article is added. Below stands what cleaning did.")
    else:
        messages.info(request, "This article is already there; nothing was changed.")
    return redirect(stored.document.article)


@require_safe
@csp_override(SANDBOX)
def raw(request: HttpRequest, pk: str) -> HttpResponse:
    """The bytes from which a document was read, always as a file to keep."""
    documents = Document.objects.for_user(request.user).select_related("raw", "article")
    document = get_object_or_404(documents, pk=pk)
    answer = HttpResponse(bytes(document.raw.content), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(document)}"'
    return answer


def file_name(document: Document) -> str:
    """Of letters that mean nothing to a header or a file system."""
    name = document.article.source_file or f"{document.article.key or document.pk}.txt"
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name.rpartition("/")[2])[-100:].lstrip(".") or "article"


@require_safe
def original(request: HttpRequest, pk: str) -> HttpResponse:
    """The last page before another host: only a click there leaves Attest."""
    article = get_object_or_404(Article.objects.for_user(request.user), pk=pk)
    parts = urlsplit(article.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Http404("The article has no address on the web.")
    return render(request, "corpus/original.html", {"article": article, "host": parts.hostname})
