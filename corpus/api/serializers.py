"""Shapes of corpora, articles, documents and intakes: no queries, no writes."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator, URLValidator
from rest_framework import serializers

from corpus.api.bounded import BoundedList
from corpus.api.rows import OrNull, Row
from corpus.api.shape import Shape
from corpus.intake.article_text import TAG, IngestError
from corpus.intake.fetch import checked
from corpus.intake.limits import FetchError
from corpus.intake.metadata import span_of
from corpus.models import IntakeItem, Membership, Repair, Segment


class Strict(Shape):
    """A body may have these fields and no others, so that nothing is silently left out."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(set(data) - set(self.fields))):
            allowed = ", ".join(self.fields)
            raise serializers.ValidationError({unknown[0][:100]: f"is not a field of this object; allowed: {allowed}"})
        return super().to_internal_value(data)


class CorpusRow(Row):
    slug = serializers.SlugField()
    name = serializers.CharField()
    description = serializers.CharField()
    created = serializers.DateTimeField()
    role = serializers.ChoiceField(choices=Membership.Role.choices, help_text="Your role in the corpus.")

    class Meta:
        ref_name = "Corpus"


# Articles


class PublishedRow(Row):
    """Publication date: EDTF, its earliest and latest day, and its basis."""

    edtf = OrNull(source="published_edtf")
    earliest = serializers.DateField(source="published_earliest", allow_null=True)
    latest = serializers.DateField(source="published_latest", allow_null=True)
    basis = OrNull(source="published_basis")

    class Meta:
        ref_name = "Published"


class ArticleRow(Row):
    id = serializers.UUIDField()
    corpus = serializers.CharField(source="corpus__slug")
    key = OrNull(help_text="Key of the article in files.")
    title = serializers.CharField()
    outlet = serializers.CharField(source="outlet__name", allow_null=True)
    outlet_basis = OrNull(help_text="Basis of the outlet.")
    url = OrNull(help_text="URL, if known.")
    url_basis = OrNull(help_text="Basis of the URL.")
    claimed_url = OrNull(help_text="URL that only the claimant states.")
    claimed_outlet = OrNull(help_text="Outlet name as stated by the claimant.")
    claimed_by = OrNull(help_text="Who makes the claim: a feed, a file, a page of another site.")
    language = OrNull(help_text="BCP 47.")
    published = PublishedRow(source="*")
    practice = serializers.BooleanField()
    copy_of = serializers.UUIDField(
        source="copy_of_id", allow_null=True, help_text="Id of the article that it duplicates; the two count once."
    )
    similarity = serializers.FloatField(allow_null=True, help_text="Similarity to that article, 0 to 1 (shared word sequences).")
    cluster = serializers.IntegerField(
        source="cluster_id", allow_null=True, help_text="Number of the story; articles of one story share it."
    )
    created = serializers.DateTimeField()
    document = serializers.UUIDField(allow_null=True, help_text="Id of its newest document.")

    class Meta:
        ref_name = "Article"


class TextRow(Row):
    """One of the texts of an article."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    sha256 = serializers.CharField()
    length = serializers.IntegerField(help_text="Length in code points.")
    extractor = serializers.CharField()
    retrieved = serializers.DateTimeField()
    retrieved_from = OrNull(help_text="Source of the bytes: a URL, a file or an import channel.")
    accepted_by = serializers.CharField(
        source="accepted_by__username",
        allow_null=True,
        help_text="Who accepted it as a text of the article, if it did not come from the article's URL.",
    )

    class Meta:
        ref_name = "ArticleText"


class ArticleWhole(ArticleRow):
    documents = TextRow(many=True, help_text="Texts of the article, newest first.")

    class Meta:
        ref_name = "ArticleWithTexts"


class NewArticle(Strict):
    title = serializers.CharField(max_length=1000)
    text = serializers.CharField(trim_whitespace=False, help_text="Plain text. Offsets count its code points.")
    clean = serializers.BooleanField(
        default=True,
        help_text="false: store the text unchanged, so that your offsets stay valid.",
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


class StoredArticle(Shape):
    """Result of storing a text."""

    created = serializers.BooleanField(help_text="false: the same text already exists.")
    article = serializers.UUIDField()
    document = serializers.UUIDField()
    sha256 = serializers.CharField(help_text="SHA-256 of the stored text in UTF-8.")
    length = serializers.IntegerField(help_text="Length in code points.")


# Documents


class SegmentShape(serializers.ModelSerializer[Segment]):
    id = serializers.CharField(source="code", help_text="title, lead, cap1, p4")

    class Meta:
        model = Segment
        fields = ["id", "kind", "start", "end"]
        ref_name = "Segment"


class ZoneShape(Shape):
    """Text that is never annotated: credits, markers, boilerplate."""

    segment = serializers.CharField(source="segment.code")
    kind = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()

    class Meta:
        ref_name = "Zone"


class RepairShape(serializers.ModelSerializer[Repair]):
    """A difference between the clean and the raw text, with its reason."""

    class Meta:
        model = Repair
        fields = ["op", "raw_start", "raw_end", "raw", "clean", "clean_start", "why"]
        ref_name = "Repair"


class RunShape(Shape):
    """A range of the clean text and the range of the raw text that it comes from."""

    op = serializers.CharField()
    clean_start = serializers.IntegerField()
    clean_end = serializers.IntegerField()
    raw_start = serializers.IntegerField()
    raw_end = serializers.IntegerField()

    class Meta:
        ref_name = "Run"


class ProvenanceShape(Shape):
    """Provenance of the text: raw bytes, encoding, extractor, time."""

    retrieved = serializers.DateTimeField()
    retrieved_from = OrNull()
    source_file = OrNull(source="article.source_file")
    raw_sha256 = serializers.CharField(source="raw.sha256")
    raw_length = serializers.IntegerField(help_text="Length of the decoded raw text, in code points.")
    encoding = serializers.CharField()
    encoding_basis = OrNull()
    extractor = serializers.CharField()
    extractor_version = serializers.CharField()

    class Meta:
        ref_name = "Provenance"


class DocumentWhole(Shape):
    """One immutable text of an article. A new version of the article is a new document."""

    id = serializers.UUIDField()
    article = serializers.UUIDField(source="article_id")
    corpus = serializers.CharField(source="corpus.slug")
    title = serializers.CharField(source="article.title")
    version = serializers.IntegerField()
    sha256 = serializers.CharField(help_text="SHA-256 of the text in UTF-8.")
    length = serializers.IntegerField(help_text="Length in code points, or in the requested unit.")
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
    given = serializers.IntegerField(help_text="Number of files and URLs.")
    waiting = serializers.IntegerField(help_text="How many of them are still queued.")
    stored = serializers.IntegerField(help_text="New texts stored.")
    copy = serializers.IntegerField(help_text="Near-duplicates of an existing article.")
    present = serializers.IntegerField(help_text="Already present.")
    failed = serializers.IntegerField()
    held = serializers.IntegerField(help_text="Awaiting review.")
    left = serializers.IntegerField(help_text="Skipped after review.")

    class Meta:
        ref_name = "Intake"


class IntakeWhole(IntakeRow):
    worker = serializers.BooleanField(help_text="Whether a background worker is running.")
    long_job = OrNull(
        help_text="Set if a job has been running for minutes and others may wait for it; names the job if it belongs to this "
        "corpus."
    )

    class Meta:
        ref_name = "IntakeState"


class NewIntake(Strict):
    urls = BoundedList(
        child=serializers.CharField(max_length=2000), max_length=1000, default=list, help_text="URLs of pages, files or feeds."
    )
    with_pages = serializers.BooleanField(default=False, help_text="For feeds, also fetch the page of each entry.")
    look_first = serializers.BooleanField(default=False, help_text="Review each article before it is stored.")
    outlet = serializers.CharField(default="", allow_blank=True, max_length=200, help_text="Outlet of all articles.")
    published = serializers.RegexField(
        r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        default="",
        allow_blank=True,
        max_length=10,
        help_text="Publication date of all articles: 2017-09-04, 2017-09 or 2017.",
    )
    language = serializers.CharField(
        default="", allow_blank=True, max_length=35, help_text="Language of all articles, BCP 47: en, ko, zh-Hans."
    )

    def validate_published(self, edtf: str) -> str:
        if edtf:
            try:
                span_of(edtf)
            except IngestError as error:
                raise serializers.ValidationError(str(error)) from error
        return edtf

    def validate_language(self, tag: str) -> str:
        if tag and not TAG.fullmatch(tag):
            raise serializers.ValidationError(f"{tag!r} is not a language tag such as en, ko or zh-Hans")
        return tag

    def validate_urls(self, urls: list[str]) -> list[str]:
        for url in urls:
            try:
                checked(url)
            except FetchError as error:
                raise serializers.ValidationError(f"{url[:100]}: {error}") from error
        return urls

    class Meta:
        ref_name = "NewIntake"


class NewFile(Shape):
    file = serializers.FileField()
    name = serializers.CharField(required=False, help_text="File name, with its path if it came from a folder.")

    class Meta:
        ref_name = "NewFile"


class IntakeItemRow(Row):
    id = serializers.IntegerField()
    name = serializers.CharField()
    outcome = serializers.ChoiceField(choices=IntakeItem.Outcome.choices)
    detail = OrNull(help_text="Error: where and why.")
    document = serializers.UUIDField(source="document_id", allow_null=True)

    class Meta:
        ref_name = "IntakeItem"


# Who is asking


class TokenShape(Shape):
    name = serializers.CharField()
    prefix = serializers.CharField()
    expires = serializers.DateTimeField()

    class Meta:
        ref_name = "Token"


class MembershipRow(Shape):
    corpus = serializers.CharField()
    role = serializers.ChoiceField(choices=Membership.Role.choices)

    class Meta:
        ref_name = "Membership"


class Me(Shape):
    """The current user, with the scopes of the token."""

    username = serializers.CharField()
    scopes = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="null: a browser session, which has no scopes."
    )
    token = TokenShape(allow_null=True)
    corpora = MembershipRow(many=True)
