"""Addresses under /api/v1/ that this app answers."""

from django.urls import path

from annotations.api import (
    adjudications,
    agreement,
    approval,
    assignments,
    comparisons,
    decisions,
    discussion,
    downloads,
    entities,
    evidence,
    guidelines,
    loads,
    mappings,
    marks,
    merges,
    mirror,
    plans,
    practice,
    review,
    rulings,
    screening,
    times,
)

LISTING = {"get": "list"}

urlpatterns = [
    path(
        "assignments/",
        assignments.Assignments.as_view(LISTING | {"post": "create"}),
        name="assignment-list",
    ),
    path(
        "assignments/<uuid:pk>/",
        assignments.Assignments.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="assignment-detail",
    ),
    path(
        "assignments/<uuid:pk>/changes/",
        assignments.Changes.as_view(LISTING | {"post": "create"}),
        name="change-list",
    ),
    path(
        "assignments/<uuid:pk>/checks/",
        review.Checks.as_view({"get": "retrieve"}),
        name="assignment-checks",
    ),
    path(
        "assignments/<uuid:pk>/comparison/",
        comparisons.Comparisons.as_view({"get": "retrieve"}),
        name="assignment-comparison",
    ),
    path(
        "assignments/<uuid:pk>/times/",
        times.Times.as_view({"get": "retrieve"}),
        name="assignment-times",
    ),
    path(
        "corpora/<slug:slug>/agreement/",
        agreement.Agreement.as_view({"get": "retrieve"}),
        name="agreement",
    ),
    path(
        "corpora/<slug:slug>/agreement/file/",
        agreement.AgreementFile.as_view({"get": "retrieve"}),
        name="agreement-file",
    ),
    path(
        "corpora/<slug:slug>/agreement/pairs/<int:pk>/",
        agreement.AgreementPairs.as_view({"get": "retrieve"}),
        name="agreement-pair",
    ),
    path(
        "corpora/<slug:slug>/threads/",
        discussion.Threads.as_view(LISTING | {"post": "create"}),
        name="thread-list",
    ),
    path(
        "threads/<uuid:pk>/",
        discussion.OneThread.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="thread-detail",
    ),
    path(
        "threads/<uuid:pk>/posts/",
        discussion.ThreadPosts.as_view(LISTING | {"post": "create"}),
        name="thread-posts",
    ),
    path(
        "corpora/<slug:slug>/guidelines/",
        guidelines.Guidelines.as_view(LISTING | {"post": "create"}),
        name="guideline-list",
    ),
    path(
        "guidelines/<int:pk>/versions/",
        guidelines.GuidelineVersions.as_view(LISTING | {"post": "create"}),
        name="guideline-versions",
    ),
    path("guidelines/<int:pk>/rulings/", rulings.Rulings.as_view(LISTING | {"post": "create"}), name="guideline-rulings"),
    path(
        "documents/<uuid:pk>/adjudication/",
        adjudications.BeginAdjudication.as_view({"post": "create"}),
        name="document-adjudication",
    ),
    path(
        "adjudications/<uuid:pk>/",
        adjudications.Adjudications.as_view({"get": "retrieve"}),
        name="adjudication-detail",
    ),
    path(
        "adjudications/<uuid:pk>/decisions/",
        adjudications.AdjudicationDecisions.as_view({"get": "retrieve", "post": "create"}),
        name="adjudication-decisions",
    ),
    path("corpora/<slug:slug>/approval/", approval.Awaiting.as_view(LISTING), name="approval"),
    path("corpora/<slug:slug>/approval/gold/", approval.ApprovedGold.as_view({"post": "create"}), name="approval-gold"),
    path("assignments/<uuid:pk>/verdicts/", approval.Verdicts.as_view(LISTING), name="assignment-verdicts"),
    path("queue/next/", plans.NextArticle.as_view({"post": "create"}), name="queue-next"),
    path("corpora/<slug:slug>/team/", plans.Team.as_view({"get": "retrieve", "patch": "partial_update"}), name="team"),
    path("corpora/<slug:slug>/plans/", plans.Plans.as_view(LISTING | {"post": "create"}), name="plan-list"),
    path(
        "corpora/<slug:slug>/plans/<int:pk>/",
        plans.Plans.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="plan-detail",
    ),
    path(
        "corpora/<slug:slug>/plans/<int:pk>/preview/",
        plans.PlanPreviews.as_view({"get": "retrieve"}),
        name="plan-preview",
    ),
    path("corpora/<slug:slug>/plans/<int:pk>/start/", plans.PlanStarts.as_view({"post": "create"}), name="plan-start"),
    path(
        "corpora/<slug:slug>/plans/<int:pk>/practice/",
        practice.PlanPractice.as_view(LISTING | {"post": "create"}),
        name="plan-practice",
    ),
    path("assignments/<uuid:pk>/results/", practice.Results.as_view(LISTING), name="assignment-results"),
    path("changes/", mirror.Mirror.as_view(LISTING), name="changes"),
    path("spans/", marks.Spans.as_view(LISTING), name="span-list"),
    path("figures/", marks.Figures.as_view(LISTING), name="figure-list"),
    path("events/", marks.Events.as_view(LISTING), name="event-list"),
    path("claims/", marks.Claims.as_view(LISTING), name="claim-list"),
    path("entities/<uuid:pk>/", entities.OneEntity.as_view({"get": "retrieve"}), name="entity-detail"),
    path("entities/<uuid:pk>/merge/", merges.Merging.as_view({"post": "create"}), name="entity-merge"),
    path(
        "entities/<uuid:pk>/decisions/",
        decisions.Decisions.as_view(LISTING | {"post": "create"}),
        name="entity-decisions",
    ),
    path("merges/<uuid:pk>/", merges.Merging.as_view({"get": "retrieve"}), name="merge-detail"),
    path("merges/<uuid:pk>/undo/", merges.Merging.as_view({"post": "undo"}), name="merge-undo"),
    path("corpora/<slug:slug>/merges/", merges.Merges.as_view(LISTING), name="corpus-merges"),
    path(
        "corpora/<slug:slug>/proposals/",
        entities.Proposals.as_view({"get": "retrieve"}),
        name="corpus-proposals",
    ),
    path(
        "corpora/<slug:slug>/export/",
        downloads.Downloads.as_view({"get": "download"}),
        name="corpus-export",
    ),
    path(
        "corpora/<slug:slug>/export/losses/",
        downloads.ExportLosses.as_view({"get": "losses"}),
        name="corpus-export-losses",
    ),
    path("corpora/<slug:slug>/mappings/", mappings.Mappings.as_view(LISTING), name="mapping-list"),
    path(
        "corpora/<slug:slug>/mappings/<slug:name>/",
        mappings.Mappings.as_view({"get": "retrieve", "put": "update", "delete": "destroy"}),
        name="mapping-detail",
    ),
    path("corpora/<slug:slug>/evidence/", evidence.SavedTables.as_view({"post": "create"}), name="corpus-evidence"),
    path(
        "corpora/<slug:slug>/screening/",
        screening.Screening.as_view({"get": "retrieve", "post": "create"}),
        name="corpus-screening",
    ),
    path(
        "corpora/<slug:slug>/screening/runs/<int:pk>/",
        screening.ScreeningRuns.as_view({"get": "retrieve"}),
        name="screening-run",
    ),
    path("corpora/<slug:slug>/candidates/", screening.Candidates.as_view(LISTING), name="corpus-candidates"),
    path(
        "candidates/<int:pk>/decision/",
        screening.CandidateDecision.as_view({"post": "create"}),
        name="candidate-decision",
    ),
    path("list-links/", screening.ListLinks.as_view(LISTING), name="list-links"),
    path("match/", screening.Matching.as_view({"post": "create"}), name="match"),
    path("documents/<uuid:pk>/listed/", screening.ListedInText.as_view({"get": "retrieve"}), name="document-listed"),
    path("corpora/<slug:slug>/load/", loads.Loads.as_view({"post": "create"}), name="corpus-load"),
]
