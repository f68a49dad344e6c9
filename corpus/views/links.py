"""Links that end: managers make and revoke them, whoever has one joins a corpus or sets a new password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from corpus.accounts import browser_links
from corpus.accounts.login import origin_of_link
from corpus.accounts.pace import TooManyTries, take_turn
from corpus.edits import links
from corpus.edits.history import EditError
from corpus.models import Invitation
from corpus.views.account import remember_browser
from corpus.views.edit_forms import InvitationForm, JoinForm, NewPasswordForm
from corpus.views.intakes import FORM, managed
from corpus.views.members import managed_member, members_page
from corpus.views.secret_addresses import tells_no_path

BACKEND = "corpus.accounts.login.PacedBackend"


# For managers


@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """The link stands in this one answer and nowhere else."""
    corpus = managed(request, slug)
    form, link = InvitationForm(request.POST), ""
    if form.is_valid():
        try:
            _, secret = links.invite(corpus, request.user, **form.cleaned_data)
        except EditError as error:
            form.add_error(None, str(error))
        else:
            link = request.build_absolute_uri(reverse("corpus:invitation", args=[secret]))
            form = InvitationForm()
    page = members_page(request, corpus, invitation_form=form, link=link, link_name="Invitation")
    return render(request, "corpus/members.html", page)


@require_POST
def revoke_invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    corpus = managed(request, slug)
    invitation = get_object_or_404(Invitation.objects.usable().filter(corpus=corpus), pk=pk)
    links.revoke_invitation(invitation, request.user)
    messages.success(request, "Invitation revoked. Its link no longer works.")
    return redirect("corpus:members", slug)


@require_http_methods(FORM)
def password_link(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first; then the link stands in this one answer and nowhere else."""
    member = managed_member(request, slug, pk)
    if request.method != "POST":
        allowed = links.resettable(member.corpus, request.user).filter(pk=member.user_id).exists()
        return render(request, "corpus/password_link.html", {"member": member, "corpus": member.corpus, "allowed": allowed})
    try:
        _, secret = links.make_password_link(member.corpus, member.user, request.user)
    except EditError as error:
        messages.error(request, str(error))
        return redirect("corpus:members", slug)
    link = request.build_absolute_uri(reverse("corpus:password_by_link", args=[secret]))
    page = members_page(request, member.corpus, link=link, link_name=f"Password link of {member.user}")
    return render(request, "corpus/members.html", page)


# For whoever has the link


@login_not_required
@never_cache
@tells_no_path
@sensitive_variables("secret", "form")
@sensitive_post_parameters("password1", "password2")
@require_http_methods(FORM)
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Join a corpus: with the account that is signed in, or with a new one."""
    try:
        turn = take_turn(origin_of_link(request)) if request.method == "POST" else None
    except TooManyTries as error:
        return too_early(request, error)
    offer = links.usable_invitation(secret)
    if offer is None:
        return render(request, "corpus/link_ended.html", {"why": links.ENDED}, status=410)
    form = None if request.user.is_authenticated else JoinForm(request.POST if request.method == "POST" else None)
    if turn and (form is None or form.is_valid()):
        turn.delete()
        if answer := joined(request, secret, form):
            return answer
    return render(request, "corpus/invitation.html", {"invitation": offer, "form": form, "is_member": is_member(request, offer)})


def is_member(request: HttpRequest, offer: Invitation) -> bool:
    return request.user.is_authenticated and offer.corpus.memberships.filter(user=request.user).exists()


def joined(request: HttpRequest, secret: str, form: JoinForm | None) -> HttpResponse | None:
    """Go to the corpus as its new member; None where that failed and form or messages say why."""
    try:
        offer, account = links.accept(secret, form.save if form else lambda: request.user)
    except IntegrityError:
        if form is None:
            raise
        form.add_error("username", "A user with that user name already exists.")
        return None
    except EditError as error:
        messages.error(request, str(error))
        return None
    messages.success(request, f"You are now a member of “{offer.corpus}” as {offer.role}.")
    if form is None:
        return redirect(offer.corpus)
    request.session.flush()
    login(request, account, backend=BACKEND)
    return remember_browser(request, redirect(offer.corpus))


@login_not_required
@never_cache
@tells_no_path
@sensitive_variables("secret", "form")
@sensitive_post_parameters()
@require_http_methods(FORM)
def password_by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Set a new password; signing in is the next step, so that the link alone opens nothing."""
    try:
        turn = take_turn(origin_of_link(request)) if request.method == "POST" else None
    except TooManyTries as error:
        return too_early(request, error)
    link = links.usable_password_link(secret)
    if link is None:
        return render(request, "corpus/link_ended.html", {"why": links.ENDED}, status=410)
    form = NewPasswordForm(link.user, request.POST if request.method == "POST" else None)
    if turn and form.is_valid():
        turn.delete()
        try:
            links.set_password(secret, form.save)
        except EditError as error:
            return render(request, "corpus/link_ended.html", {"why": str(error)}, status=410)
        messages.success(request, "Password set. Sign in with it.")
        return redirect("login")
    return render(request, "corpus/password_by_link.html", {"link": link, "form": form})


@never_cache
@tells_no_path
@require_http_methods(FORM)
def confirm_password(request: HttpRequest, secret: str) -> HttpResponse:
    """GET asks whether the member set the password by the link, POST stores that they did."""
    link = links.confirmable(secret, request.user)
    if link is None:
        raise Http404
    if request.method == "POST":
        links.confirm(link, request.user)
        messages.success(request, "Confirmed. What you wrote and signed since is no longer marked.")
        return redirect("password_change")
    return render(request, "corpus/confirm_password.html", {"link": link})


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_POST
def mail_browser_link(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether or not there is an account of that name."""
    try:
        take_turn(origin_of_link(request))
    except TooManyTries as error:
        return too_early(request, error)
    browser_links.defer_link(request.POST.get("username", ""))
    messages.success(
        request, "If the account has a mail address, a link is in its mailbox within minutes. Open it in this browser."
    )
    return redirect("login")


@login_not_required
@never_cache
@tells_no_path
@sensitive_variables("secret")
@require_http_methods(FORM)
def browser_link(request: HttpRequest, pk: int, secret: str) -> HttpResponse:
    """GET asks, since programs open links of mails too; POST makes the browser known."""
    if not browser_links.is_usable(pk, secret):
        return render(request, "corpus/link_ended.html", {"why": browser_links.ENDED}, status=410)
    if request.method != "POST":
        return render(request, "corpus/browser_link.html")
    answer = redirect("login")
    browser_links.let_in(request, secret, answer)
    messages.success(request, "Sign in: this browser waits for nobody now.")
    return answer


def too_early(request: HttpRequest, error: TooManyTries) -> HttpResponse:
    answer = render(request, "corpus/link_ended.html", {"why": str(error)}, status=429)
    answer["Retry-After"] = str(error.seconds)
    return answer
