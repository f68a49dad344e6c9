"""Screening to look into: lists of corpora, runs, what was screened, candidates. Nothing of it is edited here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from corpus.admin.base import CorpusTable
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated
from registry.models import EntityKeys, ListCandidate, Screened, ScreenedBy, ScreeningRun, SecondPersonRule

OF_CORPUS = (("corpus", VisibleRelated),)
OF_ENTITY = (("entity__corpus", VisibleRelated),)


@admin.register(ScreenedBy)
class ScreenedByAdmin(CorpusTable):
    list_display = ("corpus", "list", "threshold", "programmes")
    list_filter = OF_CORPUS
    list_select_related = ("corpus", "list")
    search_fields = ("list__code",)
    ordering = ("corpus__slug", "list__code")
    csv_columns = columns("corpus=corpus.slug list=list.code threshold programmes")


@admin.register(SecondPersonRule)
class SecondPersonRuleAdmin(CorpusTable):
    list_display = ("corpus", "user", "since")
    list_filter = OF_CORPUS
    list_select_related = ("corpus", "user")
    ordering = ("corpus__slug",)
    csv_columns = columns("corpus=corpus.slug user=user.username since")


@admin.register(ScreeningRun)
class ScreeningRunAdmin(CorpusTable):
    list_display = ("started", "finished", "corpus", "trigger", "user", "done", "total", "matcher")
    list_filter = (*OF_CORPUS, "trigger")
    list_select_related = ("corpus", "user")
    date_hierarchy = "started"
    ordering = ("-started", "-id")
    csv_columns = columns("id=pk corpus=corpus.slug trigger versions matcher data components started finished done total counts")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without those whose numbers are not told."""
        return super().get_queryset(request).filter(is_counted=True)


@admin.register(EntityKeys)
class EntityKeysAdmin(CorpusTable):
    corpus_path = "entity__corpus"
    list_display = ("entity", "matcher")
    list_filter = OF_ENTITY
    list_select_related = ("entity__corpus",)
    search_fields = ("entity__name",)
    ordering = ("entity__name", "entity")
    csv_columns = columns("corpus=entity.corpus.slug entity=entity.name entity_id matcher keys")


@admin.register(Screened)
class ScreenedAdmin(CorpusTable):
    corpus_path = "entity__corpus"
    list_display = ("entity", "version", "at", "matcher", "threshold")
    list_filter = OF_ENTITY
    list_select_related = ("entity__corpus", "version__list")
    search_fields = ("entity__name", "list__code")
    date_hierarchy = "at"
    ordering = ("entity__name", "id")
    csv_columns = columns("corpus=entity.corpus.slug entity=entity.name entity_id version matcher threshold at")


@admin.register(ListCandidate)
class ListCandidateAdmin(CorpusTable):
    corpus_path = "entity__corpus"
    list_display = ("entity", "list", "ref", "score", "state", "version")
    list_filter = (*OF_ENTITY, "state")
    list_select_related = ("entity__corpus", "list")
    search_fields = ("entity__name", "ref")
    ordering = ("-score", "id")
    csv_columns = columns(
        "corpus=entity.corpus.slug entity=entity.name entity_id list=list.code ref score state version explanation"
    )
