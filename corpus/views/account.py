"""Pages of an account: log-in, password, API tokens."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from corpus.accounts.known import remember
from corpus.accounts.sessions import sign_in
from corpus.forms import LoginForm, PasswordForm, TokenForm
from corpus.models import PasswordLink, Token
from corpus.views.secret_addresses import tells_no_path

FORM = ["GET", "HEAD", "POST"]


# The account


@login_not_required
@never_cache
@tells_no_path  # `next` may be the address of an invitation
@sensitive_post_parameters("password")
@require_http_methods(FORM)
def log_in(request: HttpRequest) -> HttpResponse:
    """Each log-in begins a new session, also where one was open."""
    form = LoginForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sign_in(request, form.get_user())
        return remember_browser(request, redirect(next_page(request)))
    status = 429 if form.wait else 200
    page = {"form": form, "mails": form.wait and settings.MAIL_FROM}
    answer = render(request, "registration/login.html", page, status=status)
    if form.wait:
        answer["Retry-After"] = str(form.wait)
    return answer


def remember_browser(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer to somebody who has just logged in: from now on the browser is known to be theirs."""
    remember(request, request.user, answer)
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
    messages.success(request, "You are signed out.")
    return redirect("login")


@sensitive_post_parameters()
@require_http_methods(FORM)
def password(request: HttpRequest) -> HttpResponse:
    """A new password ends every session and every token of the person; this browser stays in."""
    form = PasswordForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        request.session.flush()
        login(request, user, backend="corpus.accounts.login.PacedBackend")
        messages.success(request, "Password changed. You are signed out everywhere else, and your API tokens are revoked.")
        return remember_browser(request, redirect("/"))
    links = PasswordLink.objects.filter(user=request.user.pk).select_related("created_by", "corpus")
    page = {"form": form, "links": links, "now": timezone.now()}
    return render(request, "registration/password.html", page)


# API tokens


@require_http_methods(FORM)
def tokens(request: HttpRequest) -> HttpResponse:
    """The secret of a new token stands in this one answer and nowhere else."""
    form, secret = TokenForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        _, secret = form.issue(request.user)
        form = TokenForm()
    own = Token.objects.filter(user=request.user.pk)
    page = {"form": form, "secret": secret, "tokens": own, "now": timezone.now()}
    return render(request, "corpus/tokens.html", page)


@require_http_methods(FORM)
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(Token, pk=pk, user=request.user.pk, revoked=None)
    if request.method == "POST":
        token.revoked = timezone.now()
        token.save(update_fields=["revoked"])
        messages.success(request, f"“{token.name}” revoked. Programs can no longer use it.")
        return redirect("corpus:tokens")
    return render(request, "corpus/revoke.html", {"token": token})
