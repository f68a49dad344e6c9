"""Guidelines and their versions. Written on their pages; shown here."""

from __future__ import annotations

from django.contrib import admin

from annotations.models import Guideline, GuidelineRead, GuidelineVersion, Ruling
from corpus.admin.base import CORPUS_FILTER, CorpusTable
from corpus.admin.download import columns
from corpus.admin.filters import VisibleRelated


@admin.register(Guideline)
class GuidelineAdmin(CorpusTable):
    list_display = ("__str__", "layer", "label", "corpus")
    list_filter = (CORPUS_FILTER, "layer")
    list_select_related = ("corpus",)
    search_fields = ("layer", "label")
    ordering = ("corpus__slug", "layer", "label", "id")
    csv_columns = columns("id=pk corpus=corpus.slug layer label")


@admin.register(GuidelineVersion)
class GuidelineVersionAdmin(CorpusTable):
    corpus_path = "guideline__corpus"
    list_display = ("title", "guideline", "number", "user", "at")
    list_filter = (("guideline__corpus", VisibleRelated),)
    list_select_related = ("guideline__corpus", "user")
    search_fields = ("title", "body", "note", "user__username")
    date_hierarchy = "at"
    ordering = ("-at", "-id")
    csv_columns = columns("id=pk corpus=guideline.corpus.slug guideline number title body note older user=user.username at")


@admin.register(GuidelineRead)
class GuidelineReadAdmin(CorpusTable):
    corpus_path = "version__guideline__corpus"
    list_display = ("version", "user", "at")
    list_filter = (("version__guideline__corpus", VisibleRelated),)
    list_select_related = ("version__guideline__corpus", "user")
    search_fields = ("version__title", "user__username")
    ordering = ("-at", "-id")
    csv_columns = columns("id=pk corpus=version.guideline.corpus.slug version=version_id user=user.username at")


@admin.register(Ruling)
class RulingAdmin(CorpusTable):
    """Without words and text: these are hidden from who annotates the text."""

    corpus_path = "version__guideline__corpus"
    list_display = ("__str__", "version", "why", "user", "at")
    fields = ("version", "right", "wrong", "why", "user", "at")
    list_filter = (("version__guideline__corpus", VisibleRelated),)
    list_select_related = ("version__guideline__corpus", "user")
    search_fields = ("right", "wrong", "why", "user__username")
    ordering = ("-at", "-id")
    csv_columns = columns("id=pk corpus=version.guideline.corpus.slug version=version_id right wrong why user=user.username at")
