"""The members of a corpus: a manager adds them, changes their roles and removes them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from corpus.edits import members as edits
from corpus.edits.articles import undo_article
from corpus.edits.history import UNDOABLE, EditError, history
from corpus.edits.links import resettable
from corpus.models import Corpus, Edit, Invitation, Membership
from corpus.views.edit_forms import InvitationForm, MemberForm, MemberRoleForm, MemberWorkForm
from corpus.views.intakes import FORM, managed

PAGE = 100
SHOWN_EDITS = 20
KINDS = [Edit.Kind.MEMBER, Edit.Kind.INVITATION, Edit.Kind.PASSWORD]


@require_http_methods(FORM)
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is a member, in which role, and what was changed; a POST adds a member."""
    corpus = managed(request, slug)
    form = MemberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            edits.add_member(corpus, form.account, form.cleaned_data["role"], request.user)
        except EditError as error:
            form.add_error("user_name", str(error))
        else:
            messages.success(request, f"“{form.account}” added as {form.cleaned_data['role']}.")
            return redirect("corpus:members", slug)
    return render(request, "corpus/members.html", members_page(request, corpus, form=form))


def members_page(request: HttpRequest, corpus: Corpus, **more: Any) -> dict[str, Any]:
    rows = corpus.memberships.select_related("user").order_by("user__username")
    return {
        "corpus": corpus,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "roles": Membership.Role.choices,
        "edits": history(corpus, KINDS)[:SHOWN_EDITS],
        "undoable": UNDOABLE,
        "form": MemberForm(),
        "invitation_form": InvitationForm(),
        "invitations": Invitation.objects.usable().filter(corpus=corpus).select_related("created_by"),
        "resettable": set(resettable(corpus, request.user).values_list("pk", flat=True)),
    } | more


def managed_member(request: HttpRequest, slug: str, pk: int) -> Membership:
    corpus = managed(request, slug)
    return get_object_or_404(corpus.memberships.select_related("user", "corpus"), pk=pk)


@require_POST
def change_member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    member = managed_member(request, slug, pk)
    form = MemberRoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose a role from the list.")
        return redirect("corpus:members", slug)
    try:
        edit = edits.change_role(member.corpus, member, form.cleaned_data["role"], request.user)
    except EditError as error:
        messages.error(request, str(error))
    else:
        role = form.cleaned_data["role"]
        messages.success(request, f"“{member.user}” is now {role}." if edit else f"“{member.user}” is already {role}.")
    return redirect_to_members(member.corpus, request.user)


@require_http_methods(FORM)
def member_work(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Languages, capacity and pause of a member: what they are offered, and what the preview of an assignment looks at."""
    member = managed_member(request, slug, pk)
    initial = {"languages": ", ".join(member.languages), "capacity": member.capacity, "paused": member.paused}
    form = MemberWorkForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            edits.change_work(member.corpus, member, form.cleaned_data, request.user)
        except EditError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Work of “{member.user}” saved.")
        return redirect("corpus:members", slug)
    return render(request, "corpus/member_work.html", {"member": member, "corpus": member.corpus, "form": form})


@require_http_methods(FORM)
def remove_member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first. The account and its annotations stay."""
    member = managed_member(request, slug, pk)
    if request.method == "POST":
        try:
            edits.remove_member(member.corpus, member, request.user)
        except EditError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"“{member.user}” removed. Undo it in the history below.")
        return redirect_to_members(member.corpus, request.user)
    return render(request, "corpus/remove_member.html", {"member": member, "corpus": member.corpus})


def redirect_to_members(corpus: Corpus, user: Any) -> HttpResponse:
    """Who has just given up managing does not come back to the page of managers."""
    if corpus.allows(user, "manager"):
        return redirect("corpus:members", corpus.slug)
    return redirect(corpus if corpus.role_of(user) else "/")


@require_POST
def undo_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Undo one edit of a member or an article, as a new edit."""
    corpus = managed(request, slug)
    edit = get_object_or_404(Edit.objects.filter(corpus=corpus, kind__in=UNDOABLE, undone_by=None), pk=pk)
    undo = edits.undo_member if edit.kind == Edit.Kind.MEMBER else undo_article
    try:
        undo(edit, request.user)
    except EditError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Undone: {edit.label}.")
    if edit.kind == Edit.Kind.ARTICLE:
        return redirect("corpus:edit_metadata", edit.object)
    return redirect_to_members(corpus, request.user)
