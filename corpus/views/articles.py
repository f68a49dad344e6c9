"""Pages of one article: where it comes from, what it is a copy of, and which others tell its story."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from corpus.models import Article, Document
from corpus.near_duplicates import duplicates, stories
from corpus.objects.raws import DamagedObject, bytes_of
from corpus.passages.index import not_indexed
from corpus.passages.search import articles_with
from corpus.text.diff import sides
from corpus.words.patterns import PatternError

FORM = ["GET", "HEAD", "POST"]
OFFERED = 20
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")

# A downloaded file is kept from doing anything even where a browser opens it in spite of us.
SANDBOX = {"default-src": ["'none'"], "sandbox": [""]}


@require_safe
@csp_override(SANDBOX)
def raw(request: HttpRequest, pk: str) -> HttpResponse:
    """The bytes from which a document was read, or a range of them, always as a file to keep."""
    documents = Document.objects.for_user(request.user).select_related("raw", "article")
    document = get_object_or_404(documents, pk=pk)
    try:
        content = bytes_of(document.raw)
    except DamagedObject as error:
        return render(request, "corpus/damaged.html", {"why": str(error), "document": document}, status=500)
    answer = ranged(request.headers.get("Range", ""), content)
    answer["Content-Disposition"] = f'attachment; filename="{file_name(document)}"'
    answer["ETag"] = f'"{document.raw.sha256}"'
    return answer


def ranged(header: str, content: bytes) -> HttpResponse:
    """The whole, or the one range of bytes that is asked for; more of them at once are answered with the whole (RFC 9110, 14.2)."""
    size, kind = len(content), "application/octet-stream"
    match = RANGE.fullmatch(header)
    if not match or header == "bytes=-":
        return HttpResponse(content, content_type=kind, headers={"Accept-Ranges": "bytes"})
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if start >= end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {start}-{end - 1}/{size}"}
    return HttpResponse(content[start:end], status=206, content_type=kind, headers=headers)


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
        raise Http404("The article has no URL.")
    return render(request, "corpus/original.html", {"article": article, "host": parts.hostname})


# Copies, stories, versions


def article_for(request: HttpRequest, pk: str) -> Article:
    rows = Article.objects.for_user(request.user).select_related("corpus", "outlet", "cluster", "copy_of__outlet")
    return get_object_or_404(rows, pk=pk)


def other_of(request: HttpRequest, article: Article) -> Article:
    """The article of the same corpus that the address or the form names."""
    key = request.POST.get("of") or request.GET.get("of") or ""
    if not re.fullmatch(r"[0-9a-f-]{32,36}", key):
        raise Http404("The other article is missing from the request.")
    rows = Article.objects.outside_bin().filter(corpus=article.corpus_id).select_related("outlet", "cluster")
    return get_object_or_404(rows.exclude(pk=article.pk), pk=key)


@require_http_methods(FORM)
def copy(request: HttpRequest, pk: str) -> HttpResponse:
    """An article beside the one of which it is a copy, or may be; a manager says whether it is."""
    article = article_for(request, pk)
    if request.method == "POST":
        article.corpus.require(request.user, "manager")
    key = request.POST.get("of") or request.GET.get("of")
    other = article.copy_of if article.copy_of and key in (None, "", str(article.copy_of_id)) else other_of(request, article)
    if request.method == "POST":
        return decided(request, article, other)
    texts = (other.current, article.current)
    if None in texts:
        raise Http404("One of the articles has no text.")
    page = {
        "article": article,
        "other": other,
        "corpus": article.corpus,
        "is_copy": article.copy_of_id == other.pk,
        "manages": article.corpus.allows(request.user, "manager"),
        "likeness": round(100 * duplicates.likeness(*texts)),
        **sides(*(each.text for each in texts)),
    }
    return render(request, "corpus/copy.html", page)


def decided(request: HttpRequest, article: Article, other: Article) -> HttpResponse:
    try:
        if request.POST.get("verdict") != "copy":
            duplicates.decide(article, is_copy=False)
            messages.success(request, "Kept as a separate article.")
        elif article.copy_of_id == other.pk:
            duplicates.decide(article, is_copy=True)
            messages.success(request, "Confirmed as duplicate. Both articles count as one.")
        else:
            duplicates.declare(article, other)
            messages.success(request, "Confirmed as duplicate. Both articles count as one.")
    except ValueError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('corpus:copy', args=[article.pk])}?of={other.pk}")


@require_safe
def changes(request: HttpRequest, pk: str) -> HttpResponse:
    """A text of an article beside the one before it."""
    documents = Document.objects.for_user(request.user).select_related("article__corpus")
    document = get_object_or_404(documents, pk=pk)
    before = get_object_or_404(Document, article=document.article_id, version=document.version - 1)
    page = {
        "article": document.article,
        "corpus": document.article.corpus,
        "document": document,
        "before": before,
        **sides(before.text, document.text),
    }
    return render(request, "corpus/changes.html", page)


@require_http_methods(FORM)
def story(request: HttpRequest, pk: str) -> HttpResponse:
    """The articles that tell one story, and others that a manager may put to them."""
    article = article_for(request, pk)
    article.corpus.require(request.user, "manager")
    if request.method == "POST":
        if "leave" in request.POST:
            stories.leave(article)
            messages.success(request, "Article removed from the story.")
        else:
            stories.join(article, other_of(request, article))
            messages.success(request, "Articles linked to the same story.")
        return redirect("corpus:story", article.pk)
    words = request.GET.get("q", "").replace("\x00", "")[:200]
    others = (
        Article.objects.outside_bin().filter(corpus=article.corpus_id).exclude(pk=article.pk).select_related("outlet", "cluster")
    )
    offered = others.exclude(cluster=article.cluster_id) if article.cluster_id else others
    refused = ""
    try:
        matching = offered.filter(pk__in=articles_with(article.corpus, words)) if words else stories.likely(article, offered)
    except PatternError as error:
        matching, refused = offered.none(), str(error)
    page = {
        "article": article,
        "corpus": article.corpus,
        "q": words,
        "refused": refused,
        "not_indexed": not_indexed(article.corpus) if words else 0,
        "told": others.filter(cluster=article.cluster_id) if article.cluster_id else [],
        "offered": matching[:OFFERED],
        "most": OFFERED,
    }
    return render(request, "corpus/story.html", page)
