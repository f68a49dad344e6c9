"""What an answer looks like."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class SourceShape(serializers.Serializer[Any]):
    entity = serializers.UUIDField()
    name = serializers.CharField()
    unnamed = serializers.BooleanField(allow_null=True, help_text="null: nobody has said.")

    class Meta:
        ref_name = "QuestionSource"


class TieShape(serializers.Serializer[Any]):
    tie = serializers.CharField(help_text="The role that says where, or `workplace`.")
    entity = serializers.UUIDField(help_text="The place, or of a workplace who works there.")
    name = serializers.CharField()

    class Meta:
        ref_name = "PlaceTie"


class StatedTimeShape(serializers.Serializer[Any]):
    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)
    undated = serializers.BooleanField(help_text="No day is stated.")
    possible_from = serializers.DateField(allow_null=True, help_text="First day on which it may have been; null: open.")
    possible_before = serializers.DateField(allow_null=True, help_text="The day after the last one; null: open.")

    class Meta:
        ref_name = "QuestionTime"


class IndependentShape(serializers.Serializer[Any]):
    """How many independent sources: those that may be one count once at the fewest."""

    fewest = serializers.IntegerField()
    most = serializers.IntegerField()
    exact = serializers.BooleanField(help_text="false: there are at least `fewest`.")

    class Meta:
        ref_name = "IndependentSources"


class QuotedMarkShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    quote = serializers.CharField()
    fragments = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2),
        help_text="[start, end] in code points of the document.",
    )

    class Meta:
        ref_name = "QuestionMark"


class ValueFigureShape(QuotedMarkShape):
    article = serializers.UUIDField()
    use = serializers.CharField()
    counted = SourceShape(many=True)
    sources = SourceShape(many=True)

    class Meta:
        ref_name = "ValueFigure"


class StatedValueShape(serializers.Serializer[Any]):
    """A value, once, with the figures that state it."""

    label = serializers.CharField()
    low = serializers.DecimalField(30, 6, allow_null=True)
    high = serializers.DecimalField(30, 6, allow_null=True)
    comparator = serializers.CharField()
    approximate = serializers.BooleanField(allow_null=True)
    vague = serializers.BooleanField(allow_null=True)
    unit = serializers.CharField(help_text="UCUM")
    currency = serializers.CharField(help_text="ISO 4217")
    per_period = serializers.CharField(help_text="ISO 8601: P1M")
    per_count = serializers.DecimalField(30, 6, allow_null=True)
    independent = IndependentShape()
    figures = ValueFigureShape(many=True)

    class Meta:
        ref_name = "StatedValue"


class QuotedClaimShape(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    source = SourceShape(allow_null=True, help_text="null: the text names no source.")
    described = serializers.CharField(help_text="The source in the words of the text.")
    mode = serializers.CharField()
    modality = serializers.CharField()
    evidence = serializers.CharField()
    reliability = serializers.CharField(help_text="A to F; empty: not rated.")
    credibility = serializers.CharField(help_text="1 to 6; empty: not rated.")

    class Meta:
        ref_name = "QuotedClaim"


class EntryShape(serializers.Serializer[Any]):
    """What one assignment says of it. Innermost claims; `narrated`: something is in no claim."""

    event = serializers.UUIDField(allow_null=True)
    fits = serializers.BooleanField(help_text="Whether this entry is what was asked, or only linked to it.")
    status = serializers.CharField()
    time = StatedTimeShape()
    ties = TieShape(many=True)
    only_in_copy = serializers.BooleanField(help_text="A copy of an article says it, and its original does not.")
    article = serializers.UUIDField()
    title = serializers.CharField()
    outlet = serializers.CharField()
    published = serializers.CharField(help_text="EDTF")
    document = serializers.UUIDField()
    assignment = serializers.UUIDField()
    triggers = QuotedMarkShape(many=True)
    figures = serializers.ListField(child=serializers.UUIDField())
    claims = QuotedClaimShape(many=True)
    narrated = serializers.BooleanField()
    sources = SourceShape(many=True)
    href = serializers.CharField(help_text="The page of the assignment at the quotation.")

    class Meta:
        ref_name = "IndexEntry"


class LedgerRowShape(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="Of the event, of linked events of the one that stands for them, or of the figure.")
    part = serializers.CharField(help_text="The part of the answer to which it belongs.")
    type = serializers.CharField()
    status = serializers.CharField(help_text="Empty: nobody has chosen.")
    polarity = serializers.CharField()
    certainty = serializers.CharField()
    time = StatedTimeShape()
    ties = TieShape(many=True)
    values = StatedValueShape(many=True)
    disputed = serializers.BooleanField(help_text="Two of the values exclude each other.")
    independent = IndependentShape()
    copies = serializers.IntegerField(help_text="Copies of its articles.")
    tellings = serializers.IntegerField(help_text="Later articles of the story with the same value.")
    possible_same_as = serializers.ListField(child=serializers.UUIDField())
    entries = EntryShape(many=True)

    class Meta:
        ref_name = "LedgerRow"


class RestsOnShape(serializers.Serializer[Any]):
    """What the answer rests on; articles without copies."""

    articles = serializers.IntegerField()
    marked = serializers.IntegerField()
    not_marked = serializers.IntegerField()
    drafts = serializers.IntegerField(help_text="Articles of which there are drafts alone.")
    copies = serializers.IntegerField()
    behind = serializers.IntegerField(help_text="Assignments that this answer does not heed yet.")
    moment = serializers.DateTimeField()
    number = serializers.IntegerField(help_text="Of the last change in the log.")

    class Meta:
        ref_name = "RestsOn"


class AskedShape(serializers.Serializer[Any]):
    ledger = serializers.CharField()
    query = serializers.CharField(help_text="The one form of the question, without defaults.")
    self = serializers.CharField()

    class Meta:
        ref_name = "Question"


class LedgerShape(serializers.Serializer[Any]):
    question = AskedShape()
    rests_on = RestsOnShape()
    parts = serializers.DictField(
        child=serializers.IntegerField(), allow_null=True, help_text="Rows of each part; null: counting takes too long."
    )
    unplaced = serializers.IntegerField(allow_null=True, help_text="Rows that fit but name no place.")
    next = serializers.CharField(allow_null=True, help_text="The next page.")
    results = LedgerRowShape(many=True)

    class Meta:
        ref_name = "Ledger"
