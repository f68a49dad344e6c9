"""How a team works: plans, steps of assignments, agreement, adjudication, annotations carried to newer texts. Shown here, done on pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from annotations.models import (
    Adjudication,
    AdjudicationDecision,
    AdjudicationInput,
    AgreementTarget,
    Carry,
    CarryItem,
    Move,
    MoveItem,
    PairScore,
    Plan,
    PlanArticle,
    PlanPerson,
    PracticeArticle,
    PracticeResult,
    Tally,
    TallyReach,
    TeamSettings,
    Transition,
)
from corpus.admin.base import CORPUS_FILTER, CorpusTable
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated
from corpus.admin.logs import ReadOnlyLog


def corpora_of(path: str) -> tuple[str, type[VisibleRelated]]:
    return path, VisibleRelated


class PartTable(CorpusTable):
    """Rows of something else: seen by whoever sees that."""

    whole: str

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        model = self.model._meta.get_field(self.whole).related_model
        return rows.filter(**{f"{self.whole}__in": model.objects.for_user(request.user).order_by().values("pk")})


@admin.register(TeamSettings)
class TeamSettingsAdmin(CorpusTable):
    list_display = (
        "corpus",
        "self_service",
        "open_at_once",
        "lapse_days",
        "approve",
        "practice_tests",
        "practice_least",
        "show_people",
        "suggestions",
        "control_share",
    )
    list_filter = (CORPUS_FILTER,)
    list_select_related = ("corpus",)
    ordering = ("corpus__slug",)
    csv_columns = columns(
        "id=pk corpus=corpus.slug self_service open_at_once lapse_days approve practice_tests practice_least show_people "
        "suggestions control_share"
    )


@admin.register(AgreementTarget)
class AgreementTargetAdmin(CorpusTable):
    list_display = ("corpus", "layer", "label", "least", "under")
    list_filter = (CORPUS_FILTER, "layer")
    list_select_related = ("corpus",)
    search_fields = ("layer", "label")
    ordering = ("corpus__slug", "layer", "label")
    csv_columns = columns("id=pk corpus=corpus.slug layer label least under")


@admin.register(Tally)
class TallyAdmin(ReadOnlyLog):
    """For superusers: managers see it under Progress, if their corpus shows figures about persons."""

    list_display = ("corpus", "user", "week", "label", "made", "changed", "removed", "seconds")
    list_filter = (CORPUS_FILTER,)
    list_select_related = ("corpus", "user")
    search_fields = ("user__username", "label")
    ordering = ("corpus__slug", "user__username", "-week", "label")
    csv_columns = columns("id=pk corpus=corpus.slug user=user.username week label made changed removed seconds")


@admin.register(TallyReach)
class TallyReachAdmin(ReadOnlyLog):
    list_display = ("number",)
    ordering = ("id",)
    csv_columns = columns("number")


@admin.register(Plan)
class PlanAdmin(CorpusTable):
    list_display = ("name", "state", "readings", "share", "due", "created_by", "corpus")
    list_filter = (CORPUS_FILTER, "state")
    list_select_related = ("corpus", "created_by")
    search_fields = ("name",)
    ordering = ("corpus__slug", "name", "id")
    csv_columns = columns(
        "id=pk corpus=corpus.slug name state filter readings share chances due seed created_by=created_by.username created started revision"
    )


@admin.register(PlanArticle)
class PlanArticleAdmin(PartTable):
    whole, corpus_path = "plan", "plan__corpus"
    list_display = ("plan", "document", "needed", "live", "chance", "position")
    list_filter = (corpora_of("plan__corpus"), corpora_of("plan"))
    list_select_related = ("plan__corpus", "document__article")
    ordering = ("plan_id", "position", "id")
    csv_columns = columns("id=pk plan=plan_id document=document_id needed live chance position")


@admin.register(PlanPerson)
class PlanPersonAdmin(PartTable):
    whole, corpus_path = "plan", "plan__corpus"
    list_display = ("plan", "user", "weight")
    list_filter = (corpora_of("plan__corpus"),)
    list_select_related = ("plan__corpus", "user")
    search_fields = ("user__username",)
    ordering = ("plan_id", "user__username", "id")
    csv_columns = columns("id=pk plan=plan_id user=user.username weight")


@admin.register(PracticeArticle)
class PracticeArticleAdmin(CorpusTable):
    corpus_path = "plan__corpus"
    list_display = ("plan", "document", "kind", "created_by", "created")
    list_filter = (corpora_of("plan__corpus"), "kind")
    list_select_related = ("plan__corpus", "document__article", "created_by")
    ordering = ("plan_id", "kind", "id")
    csv_columns = columns("id=pk plan=plan_id document=document_id kind created_by=created_by.username created")


@admin.register(PracticeResult)
class PracticeResultAdmin(CorpusTable):
    corpus_path = "assignment__document__corpus"
    list_display = ("at", "assignment", "kind", "passed", "least", "revision")
    list_filter = (corpora_of("assignment__document__corpus"), "kind", "passed")
    list_select_related = ("assignment__document__article", "assignment__annotator")
    ordering = ("-at", "-id")
    csv_columns = columns("id=pk at assignment=assignment_id revision gold=gold_id gold_revision kind least passed")


@admin.register(Transition)
class TransitionAdmin(CorpusTable):
    corpus_path = "assignment__document__corpus"
    list_display = ("at", "assignment", "kind", "reason", "user", "previous_holder", "holder", "revision")
    list_filter = (corpora_of("assignment__document__corpus"), "kind")
    list_select_related = ("assignment__document__article", "assignment__annotator", "user", "previous_holder", "holder")
    search_fields = ("user__username", "note")
    ordering = ("-at", "-id")
    csv_columns = columns(
        "id=pk at assignment=assignment_id kind reason note user=user.username previous_holder=previous_holder.username holder=holder.username revision"
    )


@admin.register(PairScore)
class PairScoreAdmin(CorpusTable):
    corpus_path = "left__document__corpus"
    list_display = ("left", "left_revision", "right", "right_revision", "method", "at")
    list_filter = (corpora_of("left__document__corpus"),)
    list_select_related = ("left__document__article", "left__annotator", "right__document__article", "right__annotator")
    ordering = ("-id",)
    csv_columns = columns("id=pk left=left_id left_revision right=right_id right_revision method at")


@admin.register(Adjudication)
class AdjudicationAdmin(CorpusTable):
    corpus_path = "gold__document__corpus"
    list_display = ("gold", "user", "at", "seed", "reason")
    list_filter = (corpora_of("gold__document__corpus"),)
    list_select_related = ("gold__document__article", "gold__annotator", "user")
    ordering = ("-at", "-id")
    csv_columns = columns("id=pk gold=gold_id user=user.username at seed reason")


@admin.register(AdjudicationInput)
class AdjudicationInputAdmin(PartTable):
    whole, corpus_path = "adjudication", "adjudication__gold__document__corpus"
    list_display = ("adjudication", "position", "assignment", "revision", "at", "user")
    list_filter = (corpora_of("adjudication__gold__document__corpus"),)
    list_select_related = (
        "adjudication__gold__document__article", "assignment__document__article", "assignment__annotator", "user",
    )  # fmt: skip
    ordering = ("adjudication_id", "position", "id")
    csv_columns = columns("id=pk adjudication=adjudication_id position assignment=assignment_id revision at user=user.username")


@admin.register(AdjudicationDecision)
class AdjudicationDecisionAdmin(PartTable):
    whole, corpus_path = "adjudication", "adjudication__gold__document__corpus"
    list_display = ("adjudication", "position", "kind", "outcome", "reason", "user", "at")
    list_filter = (corpora_of("adjudication__gold__document__corpus"), "outcome", "reason")
    list_select_related = ("adjudication__gold__document__article", "user")
    search_fields = ("note", "user__username")
    ordering = ("adjudication_id", "position", "id")
    csv_columns = columns(
        "id=pk adjudication=adjudication_id position kind layer role start end number outcome taken=taken_id undoes=undoes_id reason note "
        "revision user=user.username at"
    )


@admin.register(Carry)
class CarryAdmin(CorpusTable):
    corpus_path = "assignment__document__corpus"
    list_display = ("source", "assignment", "user", "at")
    list_filter = (corpora_of("assignment__document__corpus"),)
    list_select_related = (
        "source__document__article",
        "source__annotator",
        "assignment__document__article",
        "assignment__annotator",
        "user",
    )
    ordering = ("-at", "-id")
    csv_columns = columns("id=pk source=source_id assignment=assignment_id user=user.username at")


@admin.register(CarryItem)
class CarryItemAdmin(CorpusTable):
    corpus_path = "carry__assignment__document__corpus"
    list_display = ("carry", "position", "kind", "quote", "outcome", "part", "decision", "decided_by")
    list_filter = (corpora_of("carry__assignment__document__corpus"), "outcome", "decision")
    list_select_related = (
        "carry__assignment__document",
        "carry__source__document__article",
        "carry__source__annotator",
        "decided_by",
    )
    search_fields = ("quote",)
    ordering = ("carry_id", "position", "id")
    csv_columns = columns(
        "id=pk carry=carry_id position kind object=object_id quote outcome part start end decision decided_by=decided_by.username decided_at"
    )


@admin.register(Move)
class MoveAdmin(CorpusTable):
    list_display = ("__str__", "state", "scope", "user", "at", "corpus")
    list_filter = (CORPUS_FILTER, "state", "scope")
    list_select_related = ("corpus", "source", "target", "user")
    search_fields = ("user__username",)
    ordering = ("-at", "id")
    csv_columns = columns(
        "id=pk corpus=corpus.slug source=source.version target=target.version scope state mapping user=user.username at started "
        "undone_by=undone_by.username undone_at"
    )


@admin.register(MoveItem)
class MoveItemAdmin(PartTable):
    whole, corpus_path = "move", "move__corpus"
    list_display = ("assignment", "outcome", "before", "after", "at")
    list_filter = (corpora_of("move__corpus"), "outcome")
    list_select_related = ("assignment__document__article", "assignment__annotator", "move__corpus")
    ordering = ("move_id", "id")
    csv_columns = columns("id=pk move=move_id assignment=assignment_id outcome before after findings at")
