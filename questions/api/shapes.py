"""What an answer looks like, whatever its rows."""

from __future__ import annotations

from rest_framework import serializers

from corpus.api.shape import Shape
from questions.api.row_shapes import ROW_SHAPES


class RestsOnShape(Shape):
    """What the answer rests on; articles without copies."""

    articles = serializers.IntegerField()
    marked = serializers.IntegerField()
    not_marked = serializers.IntegerField()
    drafts = serializers.IntegerField(help_text="Articles of which there are drafts alone.")
    copies = serializers.IntegerField()
    behind = serializers.IntegerField(help_text="Assignments that this answer does not heed yet.")
    moment = serializers.DateTimeField(help_text="The answer has all that was stored until then.")
    number = serializers.IntegerField(
        help_text="The answer has every change of the log up to this number, as `upto` of `changes/`."
    )

    class Meta:
        ref_name = "RestsOn"


class AskedShape(Shape):
    ledger = serializers.CharField()
    query = serializers.CharField(help_text="The one form of the question, without defaults.")
    self = serializers.CharField()
    text = serializers.CharField(help_text="What is asked, in words.")

    class Meta:
        ref_name = "Question"


class LedgerShape(Shape):
    """An answer; `results` are rows of its ledger."""

    question = AskedShape()
    rests_on = RestsOnShape()
    parts = serializers.DictField(
        child=serializers.IntegerField(), allow_null=True, help_text="Rows of each part; null: counting takes too long."
    )
    unplaced = serializers.IntegerField(allow_null=True, help_text="Rows that fit but name no place.")
    totals = serializers.DictField(
        child=serializers.IntegerField(allow_null=True),
        allow_null=True,
        help_text="Further numbers over all rows of the part; null: counting takes too long. Where `parts` is null, `more_than_rows`: there are more rows than so many.",
    )
    next = serializers.CharField(allow_null=True, help_text="The next page.")


class BrokenDownValueShape(Shape):
    value = serializers.CharField(allow_null=True, help_text="A name, a year or the code of a label; null: none is stated.")
    lines = serializers.IntegerField(required=False)
    more_than_lines = serializers.IntegerField(required=False, help_text="In place of `lines`, where not all were read.")

    class Meta:
        ref_name = "BrokenDownValue"


class BrokenDownColumnShape(Shape):
    values = BrokenDownValueShape(many=True, help_text="The 50 with most lines; null comes last.")
    further = serializers.IntegerField(help_text="How many other values there are.")

    class Meta:
        ref_name = "BrokenDownColumn"


class LineBreakdownShape(Shape):
    """How many lines each value has."""

    outlet = BrokenDownColumnShape()
    year = BrokenDownColumnShape(help_text="Of the publication; null: of no single year.")
    label = BrokenDownColumnShape(
        allow_null=True,
        help_text="Of marks that hold the words, or that are the lines; a line counts once for each label. null: too many lines.",
    )

    class Meta:
        ref_name = "LineBreakdown"


# What the answer of a ledger has besides.
FURTHER_FIELDS = {
    "words": {"breakdown": LineBreakdownShape(allow_null=True, help_text="Numbers of lines; null: counting takes too long.")}
}


def shape_of(ledger: str) -> type[LedgerShape]:
    """The answer of one ledger."""

    class Meta:
        ref_name = f"{ledger.capitalize()}Ledger"

    rows = ROW_SHAPES[ledger](many=True)
    further = FURTHER_FIELDS.get(ledger, {})
    return type(f"{ledger.capitalize()}Shape", (LedgerShape,), {**further, "results": rows, "Meta": Meta})


SHAPES = {ledger: shape_of(ledger) for ledger in ROW_SHAPES}
