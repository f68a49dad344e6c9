"""What the API says of agreement."""

from __future__ import annotations

from rest_framework import serializers

from annotations.scoring.report import AGAINST
from corpus.api.shape import Shape


class AgreementMeasureShape(Shape):
    measure = serializers.CharField(help_text="Defined in docs/agreement.md.")
    layer = serializers.CharField(help_text="Code of a layer; empty: of all.")
    value = serializers.FloatField(allow_null=True, help_text="null: nothing to compare, or only one value occurs.")
    n = serializers.IntegerField(
        help_text="What it counts: marks of both readings, pairs or arguments; for gamma pairs of readings, for alpha_all labels, for alpha_u_all texts."
    )
    low = serializers.FloatField(allow_null=True, help_text="Lower end of the 95 % interval; null below 20 articles.")
    high = serializers.FloatField(allow_null=True)

    class Meta:
        ref_name = "AgreementMeasure"


class LabelAgreementShape(Shape):
    layer = serializers.CharField()
    label = serializers.CharField()
    left = serializers.IntegerField()
    right = serializers.IntegerField()
    exact = serializers.IntegerField()
    overlap = serializers.IntegerField()
    f1_exact = serializers.FloatField()
    f1_overlap = serializers.FloatField()
    low = serializers.FloatField(allow_null=True, help_text="Lower end of the 95 % interval of f1_exact; null below 20 articles.")
    high = serializers.FloatField(allow_null=True)
    precision = serializers.FloatField(
        allow_null=True, help_text="Of the right reading against the left one, on the same words; null: it has no mark."
    )
    recall = serializers.FloatField(allow_null=True, help_text="Likewise; null: the left one has no mark.")

    class Meta:
        ref_name = "LabelAgreement"


class ConfusionShape(Shape):
    layer = serializers.CharField()
    left = serializers.CharField()
    right = serializers.CharField()
    count = serializers.IntegerField()

    class Meta:
        ref_name = "LabelConfusion"


class ReaderPairShape(Shape):
    left = serializers.CharField()
    right = serializers.CharField()
    articles = serializers.IntegerField()
    marks = serializers.IntegerField(help_text="Of both readers.")
    exact = serializers.FloatField(help_text="F1 of marks of all layers, on the same words with the same label.")
    overlap = serializers.FloatField(help_text="F1 of marks of all layers, on overlapping words with the same label.")

    class Meta:
        ref_name = "ReaderPair"


class TargetLineShape(Shape):
    layer = serializers.CharField()
    label = serializers.CharField(help_text="Empty: all labels of the layer.")
    least = serializers.IntegerField(help_text="F1 in per cent that agreement is to reach.")
    articles = serializers.IntegerField(help_text="With marks of it.")
    marks = serializers.IntegerField(help_text="Of both readings.")
    exact = serializers.FloatField(allow_null=True, help_text="F1 of the same words and the same label; null: no marks.")
    state = serializers.CharField(help_text="reached, under, too few articles (fewer than 20) or not annotated")

    class Meta:
        ref_name = "AgreementTarget"


class DriftShape(Shape):
    kind = serializers.CharField(help_text="layer, label or reader")
    name = serializers.CharField(help_text="Code of a layer, LAYER.LABEL, or a reader as `readers` names them.")
    week = serializers.DateField(help_text="Monday of the week from which on agreement is another one.")
    articles_before = serializers.IntegerField()
    before = serializers.FloatField(help_text="F1 of the same words and the same label, before that week.")
    before_low = serializers.FloatField(allow_null=True, help_text="Lower end of the 95 % interval; null below 20 articles.")
    before_high = serializers.FloatField(allow_null=True)
    articles_after = serializers.IntegerField()
    after = serializers.FloatField(help_text="From that week on.")
    after_low = serializers.FloatField(allow_null=True)
    after_high = serializers.FloatField(allow_null=True)

    class Meta:
        ref_name = "AgreementDrift"


class VersionLineShape(Shape):
    title = serializers.CharField(help_text="Of the guideline, in this version.")
    number = serializers.IntegerField(help_text="Of the version.")
    label = serializers.CharField(help_text="LAYER.LABEL, as it is in the scheme in use.")
    week = serializers.DateField(help_text="Monday of the week of the version, which counts on neither side.")
    articles_before = serializers.IntegerField(help_text="Since the version before it.")
    before = serializers.FloatField(help_text="F1 of the same words and the same label.")
    before_low = serializers.FloatField(allow_null=True, help_text="Lower end of the 95 % interval; null below 20 articles.")
    before_high = serializers.FloatField(allow_null=True)
    articles_after = serializers.IntegerField(help_text="Until the next version.")
    after = serializers.FloatField()
    after_low = serializers.FloatField(allow_null=True)
    after_high = serializers.FloatField(allow_null=True)

    class Meta:
        ref_name = "GuidelineVersionAgreement"


class LookCountsShape(Shape):
    drawn = serializers.IntegerField(help_text="Of what all readers agree in, in adjudications whose gold is submitted.")
    looked = serializers.IntegerField(help_text="Of these.")
    wrong = serializers.IntegerField(help_text="Of these changed or dropped.")
    share = serializers.FloatField(allow_null=True, help_text="wrong / looked; null: nobody has looked.")
    low = serializers.FloatField(allow_null=True, help_text="Lower end of its 95 % interval (Wilson).")
    high = serializers.FloatField(allow_null=True)

    class Meta:
        ref_name = "LookCounts"


class LeftOutShape(Shape):
    texts_read_once = serializers.IntegerField(help_text="Texts with one independent reading.")
    not_independent = serializers.IntegerField(
        help_text="Submitted readings whose annotator could see the gold, or as a reviewer another reading, before or while annotating."
    )
    texts_pending = serializers.IntegerField(help_text="Texts with three or more readings that are not counted together yet.")
    pending = serializers.IntegerField(help_text="Pairs that are not counted yet; the worker counts them.")

    class Meta:
        ref_name = "LeftOutOfAgreement"


class AgreementShape(Shape):
    against = serializers.ChoiceField(choices=[*AGAINST])
    articles = serializers.IntegerField()
    pairs = serializers.IntegerField(help_text="Pairs of readings.")
    method = serializers.CharField(help_text="Name and number of the way of counting.")
    seed = serializers.IntegerField(help_text="Of the intervals, which are the same each time.")
    measures = AgreementMeasureShape(many=True)
    labels = LabelAgreementShape(many=True)
    confusions = ConfusionShape(many=True)
    readers = ReaderPairShape(many=True)
    targets = TargetLineShape(many=True)
    guideline_versions = VersionLineShape(
        many=True, help_text="Before and after versions of guidelines of labels, the newest first."
    )
    drift = DriftShape(many=True, help_text="What has changed with the weeks, beyond chance at 5 % for all of it together.")
    looks = LookCountsShape()
    left_out = LeftOutShape()

    class Meta:
        ref_name = "Agreement"


class ListedPairShape(Shape):
    id = serializers.IntegerField(source="pk", help_text="Of `agreement/pairs/{id}/`.")
    article = serializers.UUIDField()
    title = serializers.CharField()
    left = serializers.CharField(help_text="Reader, as `readers` names them; Gold beside the gold.")
    right = serializers.CharField()
    marks = serializers.IntegerField(help_text="Of both readings.")
    f1_exact = serializers.FloatField(source="exact")
    f1_overlap = serializers.FloatField(source="overlap")

    class Meta:
        ref_name = "AgreementPair"


class PairDifferenceShape(Shape):
    kind = serializers.CharField(help_text="mark, entity, value, event, argument or source")
    outcome = serializers.CharField()
    layer = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    quote = serializers.CharField()
    left = serializers.CharField(help_text="What the left reading says.")
    right = serializers.CharField(help_text="What the right reading says.")

    class Meta:
        ref_name = "PairDifference"


class WeighedDifferenceShape(PairDifferenceShape):
    material = serializers.BooleanField(help_text="Whether it changes a statement, alone or with others.")
    decided = serializers.BooleanField(help_text="Whether an adjudication of the text has decided it.")

    class Meta:
        ref_name = "WeighedDifference"


class WeighedCountsShape(Shape):
    differences = serializers.IntegerField()
    material = serializers.IntegerField()
    decided = serializers.IntegerField()

    class Meta:
        ref_name = "WeighedCounts"


class ListedDifferencesShape(Shape):
    id = serializers.IntegerField(help_text="Of the pair, as in `agreement/pairs/`.")
    article = serializers.UUIDField()
    title = serializers.CharField()
    left = serializers.CharField(help_text="Reader, as `readers` names them; Gold beside the gold.")
    right = serializers.CharField()
    counts = WeighedCountsShape(help_text="Of the differences of this `kind` and `label`.")
    differences = WeighedDifferenceShape(
        many=True, help_text="In the order of the text; none where the two agree in what was asked."
    )

    class Meta:
        ref_name = "ListedDifferences"


class PairDifferencesShape(Shape):
    article = serializers.UUIDField()
    left = serializers.CharField()
    right = serializers.CharField()
    differences = PairDifferenceShape(many=True)

    class Meta:
        ref_name = "PairDifferences"
