"""“View on site”: where a row of the lower apps has its page. They know no page of ours, so they are told."""

from __future__ import annotations

from django.urls import reverse

from corpus.admin.articles import ArticleAdmin
from corpus.admin.corpora import CorpusAdmin
from corpus.admin.texts import DocumentAdmin
from corpus.models import Article, Corpus, Document
from registry.admin.entities import EntityAdmin
from registry.admin.measures import MeasureAdmin
from registry.models import Entity, Measure


def corpus_page(row: Corpus) -> str:
    return reverse("annotations:articles", args=[row.slug])


def article_page(row: Article) -> str:
    return reverse("annotations:article", args=[row.pk])


def text_page(row: Document) -> str:
    return reverse("annotations:article", args=[row.article_id])


def entity_page(row: Entity) -> str:
    return reverse("annotations:entity", args=[row.pk])


def measure_page(row: Measure) -> str:
    return reverse("annotations:measure", args=[row.code])


CorpusAdmin.view_on_site = staticmethod(corpus_page)
ArticleAdmin.view_on_site = staticmethod(article_page)
DocumentAdmin.view_on_site = staticmethod(text_page)
EntityAdmin.view_on_site = staticmethod(entity_page)
MeasureAdmin.view_on_site = staticmethod(measure_page)
