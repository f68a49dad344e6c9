"""The admin site: under our content security policy, and grouped as people speak of the tables."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csp import csp_override

# The admin's own jQuery and Select2 build elements from strings of their own, which trusted types forbid. Everything else of
# the policy holds there too: no inline script or style, nothing from another host.
ADMIN_CSP: dict[str, Any] = {
    name: sources for name, sources in settings.SECURE_CSP.items() if name not in {"require-trusted-types-for", "trusted-types"}
}


@dataclass(frozen=True)
class TableGroup:
    """Tables that belong together: those that one works in, and those that are looked up now and then."""

    code: str
    name: str
    about: str
    tables: str
    parts: str = ""


GROUPS = [
    TableGroup(
        "articles",
        "Articles and texts",
        "Articles, their immutable texts, outlets, imports and feeds.",
        "corpus.Article corpus.Outlet corpus.Document corpus.Cluster corpus.Intake corpus.Feed lake.Lake",
        "corpus.Segment corpus.Zone corpus.Repair corpus.Raw corpus.Sketch corpus.IntakeItem corpus.Delivery corpus.Held "
        "corpus.SearchPassage corpus.SearchWord corpus.UnindexedArticle corpus.RunningCount lake.Promotion",
    ),
    TableGroup(
        "marks",
        "Marks",
        "Assignments and annotations. Read-only here; edit them in the annotator.",
        "annotations.Assignment annotations.Span annotations.Figure annotations.Event annotations.Claim annotations.Citation",
        "annotations.Argument annotations.Link annotations.Note annotations.SuggestionOutcome annotations.SuggestionsShown",
    ),
    TableGroup(
        "register",
        "Register",
        "Entities, the shared register, sanctions lists and legal measures that annotations refer to.",
        "registry.Entity registry.Relation registry.BaseEntity registry.SanctionsList registry.ListVersion registry.ListEntry "
        "registry.Measure",
        "registry.EntityName registry.EntityBirth registry.EntityIdentifier registry.ListLink registry.Decision registry.Paragraph registry.BaseName "
        "registry.ParagraphEffect registry.RegisterSource registry.ListFile registry.ListedName",
    ),
    TableGroup(
        "screening",
        "Screening",
        "Lists that corpora are screened against, runs and candidates. Read-only here; decide on the pages.",
        "registry.ScreenedBy registry.SecondPersonRule registry.ScreeningRun registry.ListCandidate",
        "registry.Screened registry.EntityKeys",
    ),
    TableGroup(
        "scheme",
        "Scheme",
        "Labels, attributes, roles and rules. A version in use is read-only; copy it to change it.",
        "annotations.Scheme annotations.Label annotations.Attribute annotations.CorpusScheme annotations.FormatMapping",
        "annotations.SchemeDraft annotations.Layer annotations.Choice annotations.Role annotations.Rule",
    ),
    TableGroup(
        "team",
        "Teams",
        "Plans, guidelines, discussion, agreement, adjudication and scheme changes. Read-only here; done on the pages of a corpus.",
        "annotations.Plan annotations.Guideline annotations.Thread annotations.Adjudication annotations.Transition "
        "annotations.Move",
        "annotations.TeamSettings annotations.AgreementTarget annotations.PlanArticle annotations.PlanPerson annotations.PracticeArticle "
        "annotations.PracticeResult annotations.GuidelineVersion annotations.GuidelineRead annotations.Ruling "
        "annotations.ThreadPost annotations.PairScore annotations.AdjudicationInput annotations.AdjudicationDecision annotations.Carry "
        "annotations.CarryItem annotations.MoveItem annotations.Notice annotations.NoticeChoice annotations.NoticeSettings "
        "annotations.NoticeDigest annotations.Tally annotations.TallyReach",
    ),
    TableGroup(
        "questions",
        "Questions",
        "Saved questions, and which events are judged to be one. Read-only here; asked and judged on the pages.",
        "questions.SavedQuestion questions.Judgement",
        "questions.SeenState",
    ),
    TableGroup(
        "people",
        "People and access",
        "Corpora, members, accounts and API tokens.",
        "corpus.Corpus corpus.Membership auth.User corpus.Token",
        "corpus.Invitation corpus.PasswordLink corpus.KnownBrowser corpus.KnownNetwork",
    ),
    TableGroup(
        "log",
        "Log",
        "Change logs, edits by managers, background jobs, imports of annotations.",
        "annotations.Change annotations.Load annotations.Merge admin.LogEntry corpus.LoginFailure procrastinate.ProcrastinateJob",
        "annotations.MovedBatch corpus.Edit corpus.Deletion corpus.EvidenceLog corpus.Seal corpus.Site corpus.Robots",
    ),
]
# Packages name these for programmers.
NAMES = {"auth.User": "Accounts", "admin.LogEntry": "Admin log", "procrastinate.ProcrastinateJob": "Background jobs"}


class AttestAdminSite(AdminSite):
    site_header = "Attest"
    site_title = "Attest"
    index_title = "Manage"
    empty_value_display = "–"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Articles, texts and marks are evidence: nothing is deleted by the hundred.
        self.disable_action("delete_selected")

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        guarded = csp_override(ADMIN_CSP)(super().admin_view(view, cacheable))

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            """PostgreSQL takes no NUL: a search for one would be an error of ours, not of the sender."""
            if any("\0" in text for pair in request.GET.lists() for text in (pair[0], *pair[1])):
                raise BadRequest("The URL contains a NUL character.")
            return guarded(request, *args, **kwargs)

        inner.__dict__.update(guarded.__dict__)
        return inner

    def get_urls(self) -> list[Any]:
        """Without the redirect by content type, which would tell whether a row of another corpus exists."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    # One log-in, one password page, one log-out: those of the site.

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("login"))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("password_change")

    # The index

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The tables that the person may see, by group. Every registered table stands in one of GROUPS."""
        tables = {
            f"{app}.{table['object_name']}": table
            for app, section in self._build_app_dict(request).items()
            for table in section["models"]
        }
        groups = [grouped(group, tables) for group in GROUPS]
        return [group for group in groups if group["models"] or group["parts"]]

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:
        """Groups are not apps: there is one index."""
        return redirect("admin:index")


def grouped(group: TableGroup, tables: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """In the shape that Django's templates read, with the lesser tables apart."""
    return {
        "name": group.name,
        "about": group.about,
        "app_label": group.code,
        "app_url": reverse("admin:index") + f"#{group.code}",
        "has_module_perms": True,
        "models": list(listed_tables(group.tables, tables)),
        "parts": list(listed_tables(group.parts, tables)),
    }


def listed_tables(labels: str, tables: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for label in labels.split():
        if label in tables:
            yield tables[label] | {"name": NAMES.get(label, tables[label]["name"])}
