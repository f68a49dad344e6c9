"""Marks and citations straight into the tables, for pages that only read them."""

from annotations.models import Citation, Label, Span


def place(text, quote, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return [[start, start + len(quote)]]


def mark(work, quote, nth=0, label="TERRITORY", **fields):
    label = Label.objects.select_related("layer").get(code=label, layer__scheme=work.scheme)
    fragments = place(work.document.text, quote, nth)
    return Span.objects.create(
        assignment=work, label=label, kind=label.layer.kind, fragments=fragments, quote=quote, revision=1, **fields
    )


def cite(work, quote, measure, paragraph="", **fields):
    return Citation.objects.create(
        assignment=work,
        fragments=place(work.document.text, quote),
        quote=quote,
        measure=measure,
        paragraph=paragraph,
        paragraph_basis="stated" if paragraph else "none",
        revision=1,
        **fields,
    )
