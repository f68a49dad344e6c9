"""What rows of the ledgers look like, by the name of the ledger."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from corpus.api.shape import Shape
from questions.api.entry_shapes import LedgerRowShape, LinkedMarkShape, SourceShape, WorkedOutValuesShape
from registry.screening.link_states import EntryState


class CauseShape(Shape):
    event = serializers.UUIDField()
    of = serializers.UUIDField(help_text="The event that it led to.")
    roles = serializers.ListField(child=serializers.CharField())
    type = serializers.CharField()
    status = serializers.CharField()
    polarity = serializers.CharField()
    triggers = LinkedMarkShape(many=True)

    class Meta:
        ref_name = "StatedCause"


class CausesRowShape(LedgerRowShape):
    causes = CauseShape(many=True)
    step = serializers.IntegerField(
        required=False, help_text="With `chain`: steps from that event; causes are below 0, effects above."
    )

    class Meta:
        ref_name = "CausesRow"


class RequirementShape(Shape):
    topic = serializers.CharField()
    effect = serializers.CharField()
    summary = serializers.CharField()
    deadline = serializers.DateField(allow_null=True)

    class Meta:
        ref_name = "ParagraphRequirement"


class CitedShape(LinkedMarkShape):
    measure = serializers.CharField(allow_null=True, help_text="Code; null: nobody has chosen.")
    symbol = serializers.CharField()
    paragraph = serializers.CharField()
    basis = serializers.CharField()
    requires = RequirementShape(allow_null=True, help_text="null: the register does not have this paragraph.")
    verdict = serializers.CharField(
        allow_null=True,
        help_text="required, falls_under, after_deadline, not_required; before, after: it was not in force; open: a day or a value is not "
        "stated. null: the register does not say what the paragraph does.",
    )

    class Meta:
        ref_name = "CitedLaw"


class LawRowShape(LedgerRowShape):
    role = serializers.CharField(help_text="The role of the event that cites it.")
    citation = CitedShape()

    class Meta:
        ref_name = "LawRow"


class DisputesRowShape(Shape):
    id = serializers.CharField()
    level = serializers.ChoiceField(choices=["same", "maybe"], help_text="maybe: they count two entities that may be one.")
    type = serializers.CharField()
    figures = LedgerRowShape(many=True)

    class Meta:
        ref_name = "DisputesRow"


class AnsweredClaimShape(Shape):
    """Two claims of one article, of which a person said that the one denies or confirms the other."""

    type = serializers.CharField(help_text="Code of the link: denies, confirms.")
    is_answer = serializers.BooleanField(
        help_text="true: the claim of the row denies or confirms the other; false: the other does so with it."
    )
    wording = serializers.CharField(help_text="The same in words: denies, denied by.")
    source = serializers.CharField(help_text="Of the other claim; empty: none.")
    words = LinkedMarkShape(help_text="The words of the other claim.")

    class Meta:
        ref_name = "AnsweredClaim"


class SourcesRowShape(Shape):
    """A claim and its source, or without a claim what an article states itself."""

    source = SourceShape(allow_null=True, help_text="null: no source is named.")
    issuers = serializers.ListField(child=serializers.CharField(), help_text="Of a document, the names of those that issued it.")
    claim = serializers.UUIDField(allow_null=True, help_text="null: stated in no claim.")
    words = LinkedMarkShape(allow_null=True, help_text="The words of the claim.")
    answers = AnsweredClaimShape(many=True)
    described = serializers.CharField(help_text="The source in the words of the text.")
    basis = serializers.CharField()
    mode = serializers.CharField()
    modality = serializers.CharField()
    evidence = serializers.CharField()
    reliability = serializers.CharField()
    credibility = serializers.CharField()
    figures = LinkedMarkShape(many=True)
    triggers = LinkedMarkShape(many=True)
    lines = serializers.ListField(
        child=serializers.CharField(),
        help_text="Of a claim without a figure or an event, its line of the evidence table: `lines=` of exports takes it.",
    )
    assignment = serializers.UUIDField()
    article = serializers.UUIDField()
    title = serializers.CharField()
    outlet = serializers.CharField()
    published = serializers.CharField(help_text="EDTF")

    class Meta:
        ref_name = "SourcesRow"


class EdgeEventShape(Shape):
    event = serializers.UUIDField()
    linked = serializers.UUIDField(allow_null=True)
    status = serializers.CharField()
    polarity = serializers.CharField()
    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)
    article = serializers.UUIDField()
    assignment = serializers.UUIDField()
    triggers = LinkedMarkShape(many=True)

    class Meta:
        ref_name = "EdgeEvent"


class NetworkRowShape(Shape):
    actor = SourceShape()
    kind = serializers.CharField(help_text="Event type, with the value of the attribute that gives its kinds: PAY:levy.")
    acted = SourceShape()
    count = serializers.IntegerField()
    events = EdgeEventShape(many=True, help_text="The first 20.")

    class Meta:
        ref_name = "NetworkRow"


class CountedValueShape(Shape):
    by = serializers.CharField()
    value = serializers.CharField(allow_null=True, help_text="A code or an id; null: not stated.")
    name = serializers.CharField()

    class Meta:
        ref_name = "CountedValue"


class CountsRowShape(Shape):
    values = CountedValueShape(many=True)
    count = serializers.IntegerField()
    events = serializers.IntegerField()
    figures = serializers.IntegerField()
    marks = serializers.IntegerField(
        required=False,
        help_text="With `by=layer`: marks of the layer, each trigger of an event one. A layer without events and figures has them as `count`.",
    )

    class Meta:
        ref_name = "CountsRow"


class ImpliedRateShape(Shape):
    figures = serializers.ListField(child=serializers.UUIDField(), help_text="The conversion, then the amount that it converts.")
    currency = serializers.CharField(help_text="ISO 4217")
    per_currency = serializers.CharField(help_text="ISO 4217")
    rate = serializers.FloatField()

    class Meta:
        ref_name = "ImpliedRate"


class OfferedParagraphShape(Shape):
    measure = serializers.CharField(help_text="Code.")
    paragraph = serializers.CharField()

    class Meta:
        ref_name = "OfferedParagraph"


class FindingNumbersShape(Shape):
    """Each where the check has it."""

    implied_rates = ImpliedRateShape(many=True, required=False)
    ratio = serializers.FloatField(required=False, help_text="The largest of the rates by the smallest.")
    values = WorkedOutValuesShape(required=False)
    paragraphs = OfferedParagraphShape(many=True, required=False, help_text="That the event falls under and does not cite.")

    class Meta:
        ref_name = "FindingNumbers"


class FindingEventShape(Shape):
    event = serializers.UUIDField()
    type = serializers.CharField()
    triggers = LinkedMarkShape(many=True)

    class Meta:
        ref_name = "FindingEvent"


class FindingsRowShape(Shape):
    id = serializers.UUIDField(help_text="The same for a check of the same marks.")
    code = serializers.CharField(help_text="FIG-05, FIG-06, DERIVED, LEGAL, MEA-02, MEA-03, MEA-04, FALLS-UNDER or DEADLINE.")
    result = serializers.CharField(help_text="ok, warning, info or note.")
    rule = serializers.CharField(help_text="What is checked.")
    text = serializers.CharField(help_text="What the check says.")
    numbers = FindingNumbersShape()
    speakers = serializers.ListField(
        child=SourceShape(allow_null=True), help_text="Who states the two figures that are compared; null: the text names nobody."
    )
    same_speaker = serializers.BooleanField(allow_null=True, help_text="null: no two figures are compared.")
    figures = LinkedMarkShape(many=True)
    events = FindingEventShape(many=True)
    article = serializers.UUIDField()
    title = serializers.CharField()
    outlet = serializers.CharField()
    published = serializers.CharField(help_text="EDTF")
    document = serializers.UUIDField()
    assignment = serializers.UUIDField()
    href = serializers.CharField(help_text="The page of the assignment at the first mark.")

    class Meta:
        ref_name = "FindingsRow"


class LinkDecisionShape(Shape):
    by = serializers.CharField(help_text="Who decided; empty: not known.")
    at = serializers.DateTimeField(allow_null=True)
    entry_state = serializers.CharField(help_text=f"The entry since the decision: {', '.join(EntryState.values)}.")
    delisted_on = serializers.DateField(allow_null=True, help_text="Date of the first version without the entry.")
    since = serializers.CharField(help_text="The same in words; empty: nothing changed.")

    class Meta:
        ref_name = "ScreeningLinkDecision"


class ScreeningLinkShape(Shape):
    list = serializers.CharField()
    entry = serializers.CharField()
    match = serializers.CharField()
    list_version = serializers.CharField()
    decision = LinkDecisionShape()

    class Meta:
        ref_name = "ScreeningLink"


class ComparedListShape(Shape):
    list = serializers.CharField()
    version = serializers.IntegerField(allow_null=True, help_text="null: not screened.")
    published = serializers.DateField(allow_null=True, help_text="Date of the list; null: not stated.")
    screened_at = serializers.DateTimeField(allow_null=True)
    matcher = serializers.CharField()
    threshold = serializers.IntegerField()
    state = serializers.CharField(help_text="not_screened, no_match, candidates or linked, in this list.")
    is_fresh = serializers.BooleanField(
        help_text="false: the entity, the list or the matcher changed since; to be screened again."
    )

    class Meta:
        ref_name = "ScreeningOfList"


class ScreeningRowShape(Shape):
    entity = serializers.UUIDField()
    name = serializers.CharField()
    type = serializers.CharField()
    unnamed = serializers.BooleanField(allow_null=True)
    part = serializers.CharField(
        help_text="The state of its screening. To ask for: also to_screen, not screened since something changed."
    )
    list_links = ScreeningLinkShape(many=True)
    compared = ComparedListShape(many=True, help_text="One for each list of the corpus; none where screening does not apply.")
    href = serializers.CharField()

    class Meta:
        ref_name = "ScreeningRow"


class MarkUnderLineShape(LinkedMarkShape):
    layer = serializers.CharField()
    label: Any = serializers.CharField()
    type = serializers.CharField(allow_null=True, help_text="Of the event that it triggers; null: none.")
    status = serializers.CharField(allow_null=True, help_text="Of that event; empty: nobody has chosen.")
    polarity = serializers.CharField(allow_null=True, help_text="Of that event; empty: nobody has chosen.")
    entity = SourceShape(allow_null=True)

    class Meta:
        ref_name = "MarkUnderLine"


class WordsRowShape(Shape):
    """A line of a concordance."""

    left = serializers.CharField()
    hit = serializers.CharField()
    right = serializers.CharField()
    start = serializers.IntegerField(help_text="In code points of the document.")
    end = serializers.IntegerField()
    article = serializers.UUIDField()
    title = serializers.CharField()
    outlet = serializers.CharField()
    published = serializers.CharField(help_text="EDTF")
    document = serializers.UUIDField()
    marks = MarkUnderLineShape(many=True, help_text="Those that have one of its words, the shortest first.")
    href = serializers.CharField(help_text="The first of these marks, else the article.")

    class Meta:
        ref_name = "WordsRow"


ROW_SHAPES: dict[str, type[Shape]] = {
    "events": LedgerRowShape,
    "figures": LedgerRowShape,
    "disputes": DisputesRowShape,
    "sources": SourcesRowShape,
    "causes": CausesRowShape,
    "law": LawRowShape,
    "findings": FindingsRowShape,
    "screening": ScreeningRowShape,
    "network": NetworkRowShape,
    "counts": CountsRowShape,
    "words": WordsRowShape,
}


def has_entries(ledger: str) -> bool:
    """Whether its rows are events or figures, which have lines in an evidence table."""
    return "entries" in ROW_SHAPES[ledger]().fields
