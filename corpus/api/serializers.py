"""Shapes of corpora, articles, documents and intakes: no queries, no writes."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator, URLValidator
from rest_framework import serializers

from corpus.api.rows import OrNull, Row
from corpus.intake.fetch import FetchError, checked
from corpus.models import Document, IntakeItem, Membership, Repair, Segment


class Strict(serializers.Serializer[Any]):
    """A body may have these fields and no others, so that nothing is silently left out."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(set(data) - set(self.fields))):
            allowed = ", ".join(self.fields)
            raise serializers.ValidationError({unknown[0][:100]: f"is no field here; allowed: {allowed}"})
        return super().to_internal_value(data)


class CorpusRow(Row):
    slug = serializers.SlugField()
    name = serializers.CharField()
    description = serializers.CharField()
    created = serializers.DateTimeField()
    role = serializers.ChoiceField(choices=Membership.Role.choices, help_text="Yours in it.")

    class Meta:
        ref_name = "Corpus"


# Articles


class PublishedRow(Row):
    """When it was published: EDTF, the days that it may mean, and how that is known."""

    edtf = OrNull(source="published_edtf")
    earliest = serializers.DateField(source="published_earliest", allow_null=True)
    latest = serializers.DateField(source="published_latest", allow_null=True)
    basis = OrNull(source="published_basis")

    class Meta:
        ref_name = "Published"


class ArticleRow(Row):
    id = serializers.UUIDField()
    corpus = serializers.CharField(source="corpus__slug")
    key = OrNull(help_text="The name by which files refer to it.")
    title = serializers.CharField()
    outlet = serializers.CharField(source="outlet__name", allow_null=True)
    outlet_basis = OrNull(help_text="How the outlet is known.")
    url = OrNull(help_text="Only where it is known.")
    url_basis = OrNull(help_text="How the address is known.")
    claimed_url = OrNull(help_text="An address that nobody vouches for but the claimant.")
    claimed_outlet = OrNull(help_text="The name of an outlet, as the claimant gives it.")
    claimed_by = OrNull(help_text="The claimant: a feed, a file, a page of another site.")
    language = OrNull(help_text="BCP 47.")
    published = PublishedRow(source="*")
    practice = serializers.BooleanField()
    copy_of = serializers.UUIDField(
        source="copy_of_id", allow_null=True, help_text="The article of which it is a copy, and with which it counts once."
    )
    similarity = serializers.FloatField(allow_null=True, help_text="To that article: shared stretches of words, 0 to 1.")
    cluster = serializers.IntegerField(source="cluster_id", allow_null=True, help_text="Articles of one story have one number.")
    created = serializers.DateTimeField()
    document = serializers.UUIDField(allow_null=True, help_text="Its newest text.")

    class Meta:
        ref_name = "Article"


class TextRow(Row):
    """One of the texts of an article."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    sha256 = serializers.CharField()
    length = serializers.IntegerField(help_text="In code points.")
    extractor = serializers.CharField()
    retrieved = serializers.DateTimeField()
    retrieved_from = OrNull(help_text="The address that sent the bytes, or the file or way in.")
    accepted_by = serializers.CharField(
        source="accepted_by__username",
        allow_null=True,
        help_text="Who took it for a text of the article, where its address did not send it.",
    )

    class Meta:
        ref_name = "ArticleText"


class ArticleWhole(ArticleRow):
    documents = TextRow(many=True, help_text="Its texts, the newest first.")

    class Meta:
        ref_name = "ArticleWithTexts"


class NewArticle(Strict):
    title = serializers.CharField(max_length=1000)
    text = serializers.CharField(trim_whitespace=False, help_text="Plain text. Offsets count its code points.")
    clean = serializers.BooleanField(
        default=True,
        help_text="false: not a character is changed, so that your own offsets hold.",
    )
    url = serializers.CharField(required=False, max_length=2000, validators=[URLValidator(schemes=["http", "https"])])
    outlet = serializers.CharField(required=False, max_length=200)
    language = serializers.CharField(
        required=False,
        max_length=35,
        validators=[RegexValidator(r"\A[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z", "should be BCP 47: en, zh-Hans")],
    )
    published = serializers.CharField(
        required=False,
        validators=[RegexValidator(r"\A\d{4}(-\d\d(-\d\d)?)?\Z", "should be like 2017-09-04, 2017-09 or 2017")],
    )


class StoredArticle(serializers.Serializer[Any]):
    """What became of a text that was sent in."""

    created = serializers.BooleanField(help_text="false: the same text was there already.")
    article = serializers.UUIDField()
    document = serializers.UUIDField()
    sha256 = serializers.CharField(help_text="Of the stored text in UTF-8.")
    length = serializers.IntegerField(help_text="In code points.")


# Documents


class SegmentShape(serializers.ModelSerializer[Segment]):
    id = serializers.CharField(source="code", help_text="title, lead, cap1, p4")

    class Meta:
        model = Segment
        fields = ["id", "kind", "start", "end"]
        ref_name = "Segment"


class ZoneShape(serializers.Serializer[Any]):
    """Words that are never marked: credits, markers, boilerplate."""

    segment = serializers.CharField(source="segment.code")
    kind = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()

    class Meta:
        ref_name = "Zone"


class RepairShape(serializers.ModelSerializer[Repair]):
    """Where the clean text differs from the raw one, and why."""

    class Meta:
        model = Repair
        fields = ["op", "raw_start", "raw_end", "raw", "clean", "clean_start", "why"]
        ref_name = "Repair"


class RunShape(serializers.Serializer[Any]):
    """A stretch of the clean text and the stretch of the raw one from which it came."""

    op = serializers.CharField()
    clean_start = serializers.IntegerField()
    clean_end = serializers.IntegerField()
    raw_start = serializers.IntegerField()
    raw_end = serializers.IntegerField()

    class Meta:
        ref_name = "Run"


class ProvenanceShape(serializers.Serializer[Any]):
    """From which bytes the text was read, by what, and when."""

    retrieved = serializers.DateTimeField()
    retrieved_from = OrNull()
    source_file = OrNull(source="article.source_file")
    raw_sha256 = serializers.CharField(source="raw.sha256")
    raw_length = serializers.IntegerField(help_text="Of the decoded raw text, in code points.")
    encoding = serializers.CharField()
    encoding_basis = OrNull()
    extractor = serializers.CharField()
    extractor_version = serializers.CharField()

    class Meta:
        ref_name = "Provenance"


class DocumentWhole(serializers.Serializer[Document]):
    """One exact text. It never changes: a new reading of the article is a new document."""

    id = serializers.UUIDField()
    article = serializers.UUIDField(source="article_id")
    corpus = serializers.CharField(source="corpus.slug")
    title = serializers.CharField(source="article.title")
    version = serializers.IntegerField()
    sha256 = serializers.CharField(help_text="Of the text in UTF-8.")
    length = serializers.IntegerField(help_text="In code points, or in the unit that was asked for.")
    text = serializers.CharField()
    segments = SegmentShape(many=True)
    zones = ZoneShape(many=True)
    provenance = ProvenanceShape(source="*")
    repairs = RepairShape(many=True)
    source_map = RunShape(many=True)

    class Meta:
        ref_name = "Document"


# Intakes


class IntakeRow(Row):
    id = serializers.IntegerField()
    door = serializers.CharField()
    user = serializers.CharField(source="user__username", allow_null=True)
    started = serializers.DateTimeField()
    finished = serializers.DateTimeField(allow_null=True)
    given = serializers.IntegerField(help_text="Files and addresses.")
    waiting = serializers.IntegerField(help_text="Of these, how many are not read yet.")
    stored = serializers.IntegerField(help_text="Things that became a new text.")
    copy = serializers.IntegerField(help_text="Near-copies of an article that is there.")
    present = serializers.IntegerField(help_text="Things that were there already.")
    failed = serializers.IntegerField()
    held = serializers.IntegerField(help_text="Things that wait until a person has looked at them.")
    left = serializers.IntegerField(help_text="Things that a person has left out after a look.")

    class Meta:
        ref_name = "Intake"


class IntakeWhole(IntakeRow):
    worker = serializers.BooleanField(help_text="Is a background worker alive, which reads what was given?")
    long_job = OrNull(help_text="That a job has run for minutes, and which one, if it is of this corpus: others may wait for it.")

    class Meta:
        ref_name = "IntakeState"


class NewIntake(Strict):
    urls = serializers.ListField(
        child=serializers.CharField(max_length=2000), max_length=1000, default=list, help_text="Pages, files or feeds."
    )
    with_pages = serializers.BooleanField(default=False, help_text="Of a feed, fetch the page of each entry too.")
    look_first = serializers.BooleanField(default=False, help_text="Nothing is stored before it is saved after a look.")

    def validate_urls(self, urls: list[str]) -> list[str]:
        for url in urls:
            try:
                checked(url)
            except FetchError as error:
                raise serializers.ValidationError(f"{url[:100]}: {error}") from error
        return urls

    class Meta:
        ref_name = "NewIntake"


class NewFile(serializers.Serializer[Any]):
    file = serializers.FileField()
    name = serializers.CharField(required=False, help_text="With its path, where it came from a folder.")

    class Meta:
        ref_name = "NewFile"


class IntakeItemRow(Row):
    id = serializers.IntegerField()
    name = serializers.CharField()
    outcome = serializers.ChoiceField(choices=IntakeItem.Outcome.choices)
    detail = OrNull(help_text="For a failure: where and why.")
    document = serializers.UUIDField(source="document_id", allow_null=True)

    class Meta:
        ref_name = "IntakeItem"


# Who is asking


class TokenShape(serializers.Serializer[Any]):
    name = serializers.CharField()
    prefix = serializers.CharField()
    expires = serializers.DateTimeField()

    class Meta:
        ref_name = "Token"


class MembershipRow(serializers.Serializer[Any]):
    corpus = serializers.CharField()
    role = serializers.ChoiceField(choices=Membership.Role.choices)

    class Meta:
        ref_name = "Membership"


class Me(serializers.Serializer[Any]):
    """Who you are here, and what this way in lets you do."""

    username = serializers.CharField()
    scopes = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="null: a session, which has no limits of its own."
    )
    token = TokenShape(allow_null=True)
    corpora = MembershipRow(many=True)
