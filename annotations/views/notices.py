"""My notices, how I want them, and the link that ends mails without a sign-in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.models import Notice, NoticeChoice, NoticeSettings
from annotations.notices.choices import Channels, account_of, channels_of, choose, end_mails
from annotations.notices.wording import line_of, with_subjects
from corpus.accounts.signed_in import SignedIn
from corpus.views.secret_addresses import tells_no_path

PAGE = 50
FORM = ["GET", "HEAD", "POST"]


class NoticeChoiceForm(forms.Form):
    """Fields `app_<kind>` and `mail_<kind>` for each kind."""

    mail = forms.BooleanField(required=False, label="Mails")
    corpus_names = forms.BooleanField(required=False, label="Names of corpora in mails")

    def __init__(self, data: Any, user: User) -> None:
        chosen = NoticeSettings.of(user)
        super().__init__(data, initial={"mail": chosen.mail, "corpus_names": chosen.corpus_names})
        self.user, self.channels = user, channels_of(user)
        for kind, channel in self.channels.items():
            name = Notice.Kind(kind).label
            self.fields[f"app_{kind}"] = forms.BooleanField(
                required=False,
                initial=channel.in_app,
                label=f"{name}: in the app",
            )
            self.fields[f"mail_{kind}"] = forms.ChoiceField(
                choices=NoticeChoice.Mail.choices, initial=channel.mail, label=f"{name}: by mail"
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {"name": Notice.Kind(kind).label, "app": self[f"app_{kind}"], "mail": self[f"mail_{kind}"]} for kind in self.channels
        ]

    def save(self) -> None:
        data = self.cleaned_data
        channels = {kind: Channels(data[f"app_{kind}"], data[f"mail_{kind}"]) for kind in self.channels}
        choose(self.user, channels, data["mail"], data["corpus_names"])


@require_safe
def notices(request: SignedIn) -> HttpResponse:
    """The unread ones, or with `?show=all` also those that were read; with `?kind=` those of a kind."""
    every, is_all = Notice.objects.for_user(request.user), request.GET.get("show") == "all"
    kind = request.GET.get("kind", "")
    kind = kind if kind in Notice.Kind.values else ""
    rows = every.filter(kind=kind) if kind else every
    present = set(every.order_by().values_list("kind", flat=True).distinct()) | ({kind} if kind else set())
    newest = every.unread().values_list("pk", flat=True).first()
    page = Paginator(with_subjects(rows if is_all else rows.unread()), PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.line = line_of(row)
    kinds = [(value, label) for value, label in Notice.Kind.choices if value in present]
    shown = {"page": page, "is_all": is_all, "newest": newest, "kind": kind, "kinds": kinds}
    return render(request, "annotations/notices.html", shown)


@require_POST
def read_notice(request: SignedIn, pk: int) -> HttpResponse:
    """Mark it as read; `open`: and go where it leads."""
    notice = get_object_or_404(with_subjects(Notice.objects.for_user(request.user)), pk=pk)
    Notice.objects.filter(pk=notice.pk, read=None).update(read=timezone.now())
    return redirect(line_of(notice).address if "open" in request.POST else "annotations:notices")


@require_POST
def read_all(request: SignedIn) -> HttpResponse:
    """Mark as read what the person has seen: nothing newer than `newest`."""
    newest = request.POST.get("newest", "")
    rows = Notice.objects.for_user(request.user).unread()
    if newest.isascii() and newest.isdigit() and len(newest) < 19:
        seen = Notice.objects.filter(user=request.user.pk, pk=newest).values("at")[:1]
        rows = rows.filter(at__lte=seen)
    count = Notice.objects.filter(pk__in=rows.order_by().values("pk")).update(read=timezone.now())
    messages.success(request, f"{count:,} notice{'' if count == 1 else 's'} marked as read. “All” still shows them.")
    return redirect("annotations:notices")


@require_http_methods(FORM)
def notice_choices(request: SignedIn) -> HttpResponse:
    form = NoticeChoiceForm(request.POST if request.method == "POST" else None, request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Choices saved. They hold for new notices, and for mails that are not sent yet.")
        return redirect("annotations:notice_choices")
    return render(request, "annotations/notice_choices.html", {"form": form, "is_mail_on": bool(settings.MAIL_FROM)})


# The token of a form would be of no use: who has the link may end the mails, and programs of mail do it with one request.
@csrf_exempt
@login_not_required
@tells_no_path
@require_http_methods(FORM)
def stop_mails(request: SignedIn, key: str) -> HttpResponse:
    """GET asks, POST ends the mails. Signed in or not, whoever has the link."""
    if account_of(key) is None:
        raise Http404
    is_done = request.method == "POST" and end_mails(key)
    return render(request, "annotations/stop_mails.html", {"is_done": is_done})
