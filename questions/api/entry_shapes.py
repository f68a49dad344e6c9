"""What a row looks like that is an event or a figure."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from corpus.api.shape import Shape


class SourceShape(Shape):
    entity = serializers.UUIDField()
    name = serializers.CharField()
    unnamed = serializers.BooleanField(allow_null=True, help_text="null: nobody has said.")

    class Meta:
        ref_name = "QuestionSource"


class TieShape(Shape):
    tie = serializers.CharField(help_text="The role that says where, or `workplace`.")
    entity = serializers.UUIDField(help_text="The place, or of a workplace who works there.")
    name = serializers.CharField()

    class Meta:
        ref_name = "PlaceTie"


class StatedTimeShape(Shape):
    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)
    undated = serializers.BooleanField(help_text="No day is stated.")
    words = serializers.CharField(help_text="Of the text; empty: none say when.")
    edtf = serializers.CharField()
    part_of_day = serializers.CharField()
    basis = serializers.CharField(help_text="How the day is known.")
    possible_from = serializers.DateField(allow_null=True, help_text="First day on which it may have been; null: open.")
    possible_before = serializers.DateField(allow_null=True, help_text="The day after the last one; null: open.")

    class Meta:
        ref_name = "QuestionTime"


class IndependentShape(Shape):
    """How many independent sources: those that may be one count once at the fewest."""

    fewest = serializers.IntegerField()
    most = serializers.IntegerField()
    exact = serializers.BooleanField(help_text="false: there are at least `fewest`.")

    class Meta:
        ref_name = "IndependentSources"


class QuotedMarkShape(Shape):
    id = serializers.UUIDField()
    quote = serializers.CharField()
    fragments = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(), min_length=2, max_length=2),
        help_text="[start, end] in code points of the document.",
    )

    class Meta:
        ref_name = "QuestionMark"


class LinkedMarkShape(QuotedMarkShape):
    href = serializers.CharField(help_text="The page of the assignment at the quotation.")

    class Meta:
        ref_name = "LinkedMark"


class ValueFigureShape(QuotedMarkShape):
    article = serializers.UUIDField()
    use = serializers.CharField(help_text="What it counts as: reported where nobody chose.")
    counted = SourceShape(many=True)
    sources = SourceShape(many=True)

    class Meta:
        ref_name = "ValueFigure"


class StatedValueShape(Shape):
    """A value, once, with the figures that state it."""

    label = serializers.CharField()
    low = serializers.DecimalField(30, 6, allow_null=True)
    high = serializers.DecimalField(30, 6, allow_null=True)
    comparator = serializers.CharField()
    approximate = serializers.BooleanField(allow_null=True)
    vague = serializers.BooleanField(allow_null=True)
    unit = serializers.CharField(help_text="UCUM")
    currency = serializers.CharField(help_text="ISO 4217")
    per_unit = serializers.CharField(help_text="UCUM: t")
    per_period = serializers.CharField(help_text="ISO 8601: P1M")
    per_count = serializers.DecimalField(30, 6, allow_null=True)
    independent = IndependentShape()
    figures = ValueFigureShape(many=True)

    class Meta:
        ref_name = "StatedValue"


class WorkedOutValuesShape(Shape):
    per_person_per_month = serializers.FloatField(required=False)
    per_person_per_year = serializers.FloatField(required=False)
    currency = serializers.CharField(required=False, help_text="ISO 4217")
    share_percent = serializers.FloatField(required=False)

    class Meta:
        ref_name = "WorkedOutValues"


class WorkedOutShape(Shape):
    """An amount for one person, or what share it is of another amount: nobody stated it."""

    finding = serializers.UUIDField()
    text = serializers.CharField()
    values = WorkedOutValuesShape()
    same_speaker = serializers.BooleanField(allow_null=True, help_text="null: no two figures are compared.")
    figures = serializers.ListField(child=serializers.UUIDField())

    class Meta:
        ref_name = "WorkedOut"


class ClaimAroundShape(Shape):
    id = serializers.UUIDField()
    source = SourceShape(allow_null=True, help_text="null: the text names no source.")
    described = serializers.CharField(help_text="The source in the words of the text.")

    class Meta:
        ref_name = "ClaimAround"


class QuotedClaimShape(Shape):
    id = serializers.UUIDField()
    source = SourceShape(allow_null=True, help_text="null: the text names no source.")
    described = serializers.CharField(help_text="The source in the words of the text.")
    mode = serializers.CharField()
    modality = serializers.CharField()
    evidence = serializers.CharField()
    reliability = serializers.CharField(help_text="A to F; empty: not rated.")
    credibility = serializers.CharField(help_text="1 to 6; empty: not rated.")
    chain = ClaimAroundShape(many=True, help_text="The claims around it, the nearest first: who passes it on.")

    class Meta:
        ref_name = "QuotedClaim"


class EvidenceShape(Shape):
    """A line of the evidence table; of its fields those that are asked for."""

    line = serializers.CharField(required=False, help_text="line of the evidence table")
    statement = serializers.CharField(required=False, help_text="what is said, in one sentence")
    quotation = serializers.CharField(required=False, help_text="the exact words, fragments joined by “ … ”")
    sentence = serializers.CharField(required=False, help_text="the sentence around these words")
    paragraph = serializers.CharField(required=False, help_text="where in the article")
    measure = serializers.CharField(required=False, help_text="measure and paragraph")
    basis = serializers.CharField(
        required=False, help_text="what it rests on: agreed 2 of 2, adjudicated (accepted), approved, gold, reading, draft"
    )
    annotated = serializers.CharField(required=False, help_text="annotator and day")
    footnote = serializers.CharField(required=False, help_text="outlet, title, date and URL, for citation")
    seal = serializers.CharField(required=False, help_text="seal: shows whether a saved row is out of date")

    class Meta:
        ref_name = "EvidenceOfEntry"


class EntryShape(Shape):
    """What one assignment says of it. Innermost claims; `narrated`: something is in no claim."""

    event = serializers.UUIDField(allow_null=True)
    fits = serializers.BooleanField(help_text="Whether this entry is what was asked, or only linked to it.")
    status = serializers.CharField()
    missing = serializers.CharField(help_text="As of the row; such an entry has no line in a table of chosen ones.")
    time = StatedTimeShape()
    ties = TieShape(many=True)
    only_in_copy = serializers.BooleanField(help_text="A copy of an article says it, and its original does not.")
    article = serializers.UUIDField()
    title = serializers.CharField()
    outlet = serializers.CharField()
    published = serializers.CharField(help_text="EDTF")
    document = serializers.UUIDField()
    assignment = serializers.UUIDField()
    annotator = serializers.CharField()
    gold = serializers.BooleanField()
    other_readings = serializers.IntegerField(
        help_text="Readings of the article that `whose` leaves out, of those you have access to. 0 as of an earlier change."
    )
    segment = serializers.CharField(
        help_text="Where in the article it begins: title, paragraph 3. Empty: in no segment, or without words."
    )
    triggers = QuotedMarkShape(many=True)
    figures = serializers.ListField(child=serializers.UUIDField())
    lines = serializers.ListField(
        child=serializers.CharField(), help_text="Lines of the evidence table: `lines=` of exports takes them."
    )
    evidence = EvidenceShape(
        many=True,
        required=False,
        help_text="With `fields`: one for each of `lines`; empty fields where the table has no such line.",
    )
    claims = QuotedClaimShape(many=True)
    narrated = serializers.BooleanField()
    sources = SourceShape(many=True)
    around = SourceShape(many=True, help_text="Sources of any claim around it; `sources` has those of the innermost ones.")
    href = serializers.CharField(help_text="The page of the assignment at the quotation.")

    class Meta:
        ref_name = "IndexEntry"


class ParticipantShape(Shape):
    entity = serializers.UUIDField(allow_null=True)
    name = serializers.CharField(help_text="Of the entity; without one the words.")

    class Meta:
        ref_name = "Participant"

    def get_fields(self) -> Any:
        """`as` is no name in Python."""
        return {"as": serializers.CharField(help_text="The role: seller, vessel.")} | super().get_fields()


class BasisShape(Shape):
    basis = serializers.CharField(
        help_text="agreed 2 of 2, 1 of 2 readings, adjudicated (accepted), (changed) or (added), approved, gold, reading, draft"
    )
    lines = serializers.IntegerField(help_text="Lines of the evidence table that rest on it.")

    class Meta:
        ref_name = "BasisOfLines"


class ExcludedShape(Shape):
    number = serializers.IntegerField(help_text="Figures of other articles that exclude it.")
    query = serializers.CharField(help_text="Of `ask/disputes/`: these pairs.")

    class Meta:
        ref_name = "Excluded"


class LedgerRowShape(Shape):
    id = serializers.UUIDField(help_text="Of the event, of linked events of the one that stands for them, or of the figure.")
    part = serializers.CharField(help_text="The part of the answer to which it belongs.")
    type = serializers.CharField()
    status = serializers.CharField(help_text="Empty: nobody has chosen.")
    polarity = serializers.CharField()
    certainty = serializers.CharField()
    unrealised_as = serializers.CharField(
        help_text="How what was not carried out is meant: ordered, proposed …; empty: not said."
    )
    missing = serializers.CharField(help_text="What is asked where a participant is missing that the type needs.")
    time = StatedTimeShape()
    participants = ParticipantShape(
        many=True, help_text="Who fills the roles of the event that stands for the row, without places."
    )
    ties = TieShape(many=True)
    values = StatedValueShape(many=True)
    disputed = serializers.BooleanField(help_text="Two of the values exclude each other.")
    excluded = ExcludedShape(
        required=False,
        help_text="Of a figure that figures of other articles exclude (≠ on the page); not as of an earlier change.",
    )
    derived = WorkedOutShape(many=True, help_text="What is worked out of its figures.")
    independent = IndependentShape()
    copies = serializers.IntegerField(help_text="Copies of its articles.")
    tellings = serializers.IntegerField(help_text="Later articles of the story with the same value.")
    possible_same_as = serializers.ListField(child=serializers.UUIDField())
    maybe = serializers.BooleanField(help_text="It has no entity that is asked for, but one that may be the same.")
    bases = BasisShape(many=True, required=False, help_text="With `basis`: what its lines rest on, the most frequent first.")
    entries = EntryShape(many=True)

    class Meta:
        ref_name = "LedgerRow"
