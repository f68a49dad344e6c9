"""The page of a corpus's subscriptions to feeds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from corpus.intake import deliveries
from corpus.intake import feeds as subscriptions
from corpus.intake.fetch import checked
from corpus.intake.limits import FetchError
from corpus.jobs.running import long_job
from corpus.models import Corpus, Feed
from corpus.views.intakes import FORM, managed


class FeedForm(forms.Form):
    """A subscription."""

    url = forms.CharField(max_length=2000, label="URL", help_text="RSS or Atom.")
    minutes = forms.TypedChoiceField(
        label="Refresh",
        coerce=int,
        choices=[(15, "every 15 minutes"), (60, "every hour"), (360, "every 6 hours"), (1440, "every day")],
        initial=60,
    )
    with_pages = forms.BooleanField(required=False, initial=True, label="Also fetch each linked page")
    other_sites = forms.BooleanField(required=False, label="Also fetch linked pages on other sites")

    def clean_url(self) -> str:
        try:
            checked(self.cleaned_data["url"])
        except FetchError as error:
            raise ValidationError(str(error)) from None
        return str(self.cleaned_data["url"]).strip()

    def subscribe(self, corpus: Corpus, user: Any) -> Feed:
        """The form must be valid."""
        return subscriptions.subscribe(corpus, user=user, **self.cleaned_data)


@require_http_methods(FORM)
def feeds(request: HttpRequest, slug: str) -> HttpResponse:
    """What is subscribed to, and how the last look went; a manager adds more."""
    corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    form = FeedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        managed(request, slug)
        if form.is_valid():
            known = corpus.feeds.filter(url=form.cleaned_data["url"]).exists()
            feed = form.subscribe(corpus, request.user)
            words = (
                f"Already subscribed to “{feed}”."
                if known
                else f"Subscribed to “{feed}”. The first refresh starts within a minute."
            )
            messages.success(request, words)
            return redirect("corpus:feeds", slug)
    page = {
        "corpus": corpus,
        "form": form,
        "page": Paginator(corpus.feeds.all(), 100).get_page(request.GET.get("page")),
        "manages": corpus.allows(request.user, "manager"),
        "worker": deliveries.is_worker_alive(),
        "long_job": long_job(corpus),
        "most": subscriptions.MOST,
    }
    return render(request, "corpus/feeds.html", page)


def managed_feed(request: HttpRequest, pk: int) -> Feed:
    feed = get_object_or_404(Feed.objects.for_user(request.user).select_related("corpus"), pk=pk)
    managed(request, feed.corpus.slug)
    return feed


@require_POST
def change_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause it, go on with it, look now, or choose of which sites pages are fetched."""
    feed = managed_feed(request, pk)
    if "look" in request.POST:
        subscriptions.look_now(feed)
        messages.success(request, f"Refresh of “{feed}” queued.")
    elif "other_sites" in request.POST or "own_site" in request.POST:
        subscriptions.adjust(feed, other_sites="other_sites" in request.POST)
        messages.success(
            request,
            f"“{feed}”: linked pages on {'all sites' if feed.other_sites else 'its own site only'} from the next refresh.",
        )
    else:
        subscriptions.adjust(feed, is_active="resume" in request.POST)
        messages.success(request, f"“{feed}” {'resumed' if feed.is_active else 'paused'}.")
    return redirect("corpus:feeds", feed.corpus.slug)


@require_http_methods(FORM)
def remove_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """The subscription goes; what came in through it stays."""
    feed = managed_feed(request, pk)
    if request.method == "POST":
        feed.delete()
        messages.success(request, f"Subscription to “{feed}” removed.")
        return redirect("corpus:feeds", feed.corpus.slug)
    return render(request, "corpus/remove_feed.html", {"feed": feed, "corpus": feed.corpus})
