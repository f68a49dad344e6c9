"""Pages of one article: where it comes from."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from corpus.models import Article, Document

# A downloaded file is kept from doing anything even where a browser opens it in spite of us.
SANDBOX = {"default-src": ["'none'"], "sandbox": [""]}


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
