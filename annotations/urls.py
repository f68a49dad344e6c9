"""Addresses of the pages of the work, and of what marks point at."""

from django.urls import path

from annotations.views import (
    annotate,
    articles,
    base_register,
    candidates,
    decisions,
    entities,
    evidence,
    exports,
    loads,
    measures,
    new_corpus,
    queue,
    register,
    report,
    screening,
    screening_run,
    selection,
)

app_name = "annotations"

urlpatterns = [
    path("", articles.corpora, name="corpora"),
    path("new-corpus/", new_corpus.new_corpus, name="new_corpus"),
    path("corpora/<slug:slug>/", articles.articles, name="articles"),
    path("corpora/<slug:slug>/selection/<str:act>/", selection.selection, name="selection"),
    path("articles/<uuid:pk>/", articles.article, name="article"),
    path("articles/<uuid:pk>/annotate/", articles.begin, name="begin"),
    path("annotate/<uuid:pk>/", annotate.annotate, name="annotate"),
    path("schemes/<slug:code>/<str:version>.json", annotate.scheme, name="scheme"),
    path("queue/", queue.queue, name="queue"),
    path("corpora/<slug:slug>/entities/", entities.entities, name="entities"),
    path("corpora/<slug:slug>/screening/", screening.screening, name="screening"),
    path("corpora/<slug:slug>/screening/run/", screening.screen, name="screen"),
    path("corpora/<slug:slug>/screening/runs/<int:pk>/", screening_run.screening_run, name="screening_run"),
    path("corpora/<slug:slug>/screening/lists/", screening.screened_by, name="screened_by"),
    path("candidates/<int:pk>/", candidates.candidate, name="candidate"),
    path("corpora/<slug:slug>/export/", exports.export, name="export"),
    path("corpora/<slug:slug>/export/words/", exports.save_words, name="save_words"),
    path("corpora/<slug:slug>/evidence/", evidence.saved, name="evidence"),
    path("corpora/<slug:slug>/evidence/lines/", report.choose, name="report"),
    path("entities/<uuid:pk>/", register.entity, name="entity"),
    path("entities/<uuid:pk>/decisions/", decisions.decisions, name="decisions"),
    path("entities/<uuid:pk>/merge/", entities.merging, name="merge"),
    path("merges/<uuid:pk>/", entities.merge_progress, name="merge_progress"),
    path("merges/<uuid:pk>/undo/", entities.parting, name="part"),
    path("corpora/<slug:slug>/load/", loads.give, name="loads"),
    path("loads/<uuid:pk>/", loads.load, name="load"),
    path("shared-register/", base_register.entries, name="base_register"),
    path("shared-register/<slug:code>/", base_register.entry, name="base_entity"),
    path("measures/", measures.measures, name="measures"),
    path("measures/<str:code>/", measures.measure, name="measure"),
    path("measures/<str:code>/<path:number>/", measures.paragraph, name="paragraph"),
]
