"""Shapes of screening: state, runs, candidates, links, names to match, and offers in a text."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from rest_framework import serializers

from annotations.write.decide import ABOUT_AN_ENTRY
from corpus.api.bounded import BoundedList
from corpus.api.rows import OrNull
from corpus.api.shape import Shape
from registry.models import Decision, Entity, ListCandidate, ListLink, ScreeningRun
from registry.models.screening import HIGHEST, LOWEST, USUAL
from registry.screening.link_states import EntryState, state_of
from registry.screening.lookup import ListScope
from registry.screening.scopes import versions_in
from registry.screening.texts import NameOffer

MOST_NAMES, MOST_SPELLINGS, LONGEST, MOST_IDENTIFIERS = 100, 20, 500, 20
MOST_LETTERS = 20_000  # of all spellings of a request: a hundred names with all that a list has of each
CANDIDATE_MATCHES = [(each.value, each.label) for each in Decision.Match if each.value in ABOUT_AN_ENTRY]
EXPLANATION = "Matcher, score, both names, pairs of words with how they are alike, words left over, facts, and a sentence."


WITHHELD = "Null: some of the entities are withheld from you."


class RunStateShape(serializers.ModelSerializer[ScreeningRun]):
    """A screening: how far it is, which versions it compares, and what came of it."""

    user = serializers.CharField(source="user.username", allow_null=True, default=None)
    versions = serializers.DictField(child=serializers.IntegerField(), help_text="Version by code of the list.")
    done = serializers.IntegerField(allow_null=True, help_text=f"Entities compared so far. {WITHHELD}")
    total = serializers.IntegerField(allow_null=True, help_text=f"Entities to compare. {WITHHELD}")
    counts = serializers.DictField(
        child=serializers.IntegerField(),
        allow_null=True,
        help_text=f"Candidates: new, changed, gone; open, decided. {WITHHELD}",
    )
    components = serializers.DictField(
        child=serializers.CharField(),
        help_text="Version of what the matcher is made with by its name: Unicode, anyascii, rapidfuzz; of tables the beginning of their SHA-256.",
    )

    class Meta:
        model = ScreeningRun
        fields = [
            "id",
            "trigger",
            "user",
            "versions",
            "matcher",
            "data",
            "components",
            "started",
            "finished",
            "done",
            "total",
            "counts",
        ]
        ref_name = "ScreeningRun"

    def to_representation(self, run: ScreeningRun) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(run)
        return shown if run.is_counted else shown | {"done": None, "total": None, "counts": None}


class ScreenedListShape(Shape):
    list = serializers.CharField()
    version = serializers.IntegerField(allow_null=True, help_text="Current version; null: none is loaded.")
    threshold = serializers.IntegerField(help_text="Lowest score of a candidate.")
    programmes = serializers.ListField(child=serializers.CharField(), help_text="Only these. Empty: all.")

    class Meta:
        ref_name = "ScreenedList"


class ScreeningStateShape(Shape):
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text=f"Entities by state: {', '.join(Entity.Screening.values)}."
    )
    to_screen = serializers.IntegerField(help_text="Entities that were not screened, or not since they or a list changed.")
    lists = ScreenedListShape(many=True)
    second_person = serializers.BooleanField(help_text="Whether a second person has to confirm a match.")
    run = RunStateShape(allow_null=True, help_text="The last one.")

    class Meta:
        ref_name = "ScreeningState"


class ListCandidateRow(serializers.ModelSerializer[ListCandidate]):
    """An entry that may be an entity, and why."""

    entity_name = serializers.CharField(source="entity.name")
    type = serializers.CharField(source="entity.type")
    revision = serializers.IntegerField(source="entity.revision", help_text="Revision of the entity.")
    list = serializers.CharField(source="list.code")
    entry = serializers.CharField(source="ref")
    explanation = serializers.DictField(help_text=EXPLANATION)
    card = serializers.IntegerField(
        source="card_id", allow_null=True, help_text="Candidates with the same card are one party on several lists; null: alone."
    )

    class Meta:
        model = ListCandidate
        fields = [
            "id", "entity", "entity_name", "type", "revision", "list", "entry", "version", "entry_digest", "score", "state", "explanation",
            "card",
        ]  # fmt: skip
        ref_name = "ListCandidate"


class OfSameCardShape(Shape):
    candidate = serializers.IntegerField()
    entry = serializers.CharField(help_text="Its `entry_digest`.")

    class Meta:
        ref_name = "CandidateOfSameCard"


class CandidateDecisionShape(Shape):
    id = serializers.UUIDField(help_text="UUID made by the client; safe to send again.")
    match = serializers.ChoiceField(choices=CANDIDATE_MATCHES)
    note = serializers.CharField(required=False, allow_null=True, help_text="Required to confirm below 85 or against a fact.")
    entry = serializers.CharField(help_text="`entry_digest` of the candidate that you read.")
    revision = serializers.IntegerField(
        required=False, allow_null=True, help_text="Revision of the entity that you read; required to replace a decision."
    )
    also = OfSameCardShape(
        many=True, required=False, help_text="Candidates of the same `card` that get the same decision; all are decided or none."
    )

    class Meta:
        ref_name = "NewCandidateDecision"


class LinkMentionShape(Shape):
    span = serializers.UUIDField()
    document = serializers.UUIDField()
    article = serializers.UUIDField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    quote = serializers.CharField()

    class Meta:
        ref_name = "LinkMention"


class ListLinkRow(serializers.ModelSerializer[ListLink]):
    """A current link of an entity to an entry of a list."""

    corpus = serializers.CharField(source="entity.corpus.slug")
    entity_name = serializers.CharField(source="entity.name")
    type = serializers.CharField(source="entity.type")
    reviewer = serializers.CharField(source="reviewer.username", allow_null=True, default=None)
    said_by = OrNull()
    note = OrNull()
    decided_at = serializers.DateTimeField(allow_null=True, help_text="null: not known.")
    entry_state = serializers.SerializerMethodField(help_text=f"The entry since: {', '.join(EntryState.values)}.")
    delisted_on = serializers.SerializerMethodField(help_text="Date of the first version without the entry.")
    mentions = LinkMentionShape(many=True, required=False, read_only=True, help_text="With `mentions=1` only.")

    class Meta:
        model = ListLink
        fields = [
            "id", "corpus", "entity", "entity_name", "type", "list", "entry", "match", "list_version", "reviewer", "said_by", "note",
            "decided_at", "entry_state", "delisted_on", "mentions",
        ]  # fmt: skip
        ref_name = "ListLinkOfEntity"

    def get_entry_state(self, link: ListLink) -> str:
        return state_of(link).entry_state

    def get_delisted_on(self, link: ListLink) -> date | None:
        return state_of(link).delisted_on


class StorableText(serializers.CharField):
    """Without half of a surrogate pair, which no database holds; DRF refuses NUL."""

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            raise serializers.ValidationError("should be text without half of a surrogate pair")
        return text


class MatchIdentifierShape(Shape):
    scheme = StorableText(max_length=40)
    value = StorableText(max_length=200)

    class Meta:
        ref_name = "MatchIdentifier"


class NamesToMatchShape(Shape):
    id = StorableText(required=False, max_length=200, help_text="Comes back with the answer.")
    names = BoundedList(child=StorableText(max_length=LONGEST), min_length=1, max_length=MOST_SPELLINGS)
    type = StorableText(
        default="", allow_blank=True, max_length=40, help_text="Entity type: PERSON, COMPANY, VESSEL … Empty: any."
    )
    births = BoundedList(child=StorableText(max_length=40), default=list, max_length=20, help_text="EDTF")
    countries = BoundedList(child=StorableText(max_length=2), default=list, max_length=50, help_text="ISO 3166-1 alpha-2.")
    identifiers: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=MatchIdentifierShape(), default=list, max_length=MOST_IDENTIFIERS
    )

    class Meta:
        ref_name = "NamesToMatch"


class MatchShape(Shape):
    names = BoundedList(child=NamesToMatchShape(), min_length=1, max_length=MOST_NAMES)
    lists = BoundedList(
        child=StorableText(max_length=60),
        required=False,
        max_length=100,
        help_text="Codes of lists that you see. Default: all of them.",
    )
    threshold = serializers.IntegerField(default=USUAL, min_value=LOWEST, max_value=HIGHEST)

    class Meta:
        ref_name = "MatchRequest"

    def validate_names(self, names: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if (letters := sum(len(name) for each in names for name in each["names"])) > MOST_LETTERS:
            raise serializers.ValidationError(f"have {letters:,} characters; the limit is {MOST_LETTERS:,}")
        return names


class MatchedEntryShape(Shape):
    list = serializers.CharField()
    version = serializers.IntegerField()
    entry = serializers.CharField()
    score = serializers.IntegerField()
    explanation = serializers.DictField(help_text=EXPLANATION)

    class Meta:
        ref_name = "MatchedEntry"


class MatchResultShape(Shape):
    id = serializers.CharField()
    candidates = MatchedEntryShape(many=True)

    class Meta:
        ref_name = "MatchResult"


class ComparedVersionShape(Shape):
    list = serializers.CharField()
    version = serializers.IntegerField()
    published = serializers.DateField(allow_null=True, help_text="As the file says; null: not stated.")

    class Meta:
        ref_name = "ComparedVersion"


class MatchAnswerShape(Shape):
    lists = ComparedVersionShape(many=True, help_text="Current versions of the lists that the names were held against.")
    results = MatchResultShape(many=True)

    class Meta:
        ref_name = "MatchAnswer"


class OfferShape(Shape):
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    quote = serializers.CharField()
    list = serializers.CharField()
    version = serializers.IntegerField()
    entry = serializers.CharField()
    name = serializers.CharField(help_text="The listed name.")
    score = serializers.IntegerField()
    how = serializers.CharField(help_text="same words, name order, form left out, initial sound …")
    weak = serializers.BooleanField(help_text="Whether the issuer calls the name weak.")
    explanation = serializers.DictField(help_text=EXPLANATION)

    class Meta:
        ref_name = "ListedNameInText"


class ListedTextShape(Shape):
    lists = ComparedVersionShape(many=True, help_text="Current versions of the lists that the text was held against.")
    results = OfferShape(many=True)

    class Meta:
        ref_name = "ListedNamesInText"


def compared_versions(scopes: Collection[ListScope]) -> list[dict[str, Any]]:
    rows = versions_in(scopes)
    return [{"list": row.list.code, "version": row.number, "published": row.published} for row in rows]


def offer_of(offer: NameOffer, codes: dict[int, str]) -> dict[str, Any]:
    listed = offer.listed
    return {
        "start": offer.start,
        "end": offer.end,
        "quote": offer.quote,
        "list": codes[listed.list_id],
        "version": listed.number,
        "entry": listed.ref,
        "name": listed.text,
        "score": offer.match.score,
        "how": offer.how,
        "weak": offer.is_weak,
        "explanation": offer.match.as_dict(),
    }
