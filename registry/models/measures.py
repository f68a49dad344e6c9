"""The register of legal measures: public law, the same for everybody.

What nobody has held against the official text is not verified. `loaded` keeps what the last file said,
so that loading it again tells a person's edit from an older file.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from corpus.models.evidence import Evidence, Recorded


def codes(length: int, help_text: str, **options: Any) -> Any:
    """A list of short texts, each in a line of its own in the admin."""
    return ArrayField(models.CharField(max_length=length), default=list, blank=True, help_text=help_text, **options)


def loaded() -> Any:
    return models.JSONField(default=dict, editable=False, help_text="Values of the last loaded file, by column.")


def in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(in_force_to__gte=F("in_force_from")), name=name)


def vouched_by() -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="verified by",
        help_text="Empty: the loaded file.",
    )


def vouched_on() -> Any:
    return models.DateField("verified on", null=True, blank=True, editable=False)


def vouched_source() -> Any:
    return models.CharField(
        "verified with",
        max_length=500,
        blank=True,
        help_text="The text that was read: a code of the sources, an address or a citation.",
    )


def vouched(flag: str, of: str = "paragraph") -> models.CheckConstraint:
    """Nobody has verified what is not verified; a person says with which source, and the day is kept."""
    by, on, source = (f"{flag}_{name}" for name in ("by", "on", "source"))
    nothing = Q(**{flag: False, f"{by}__isnull": True, f"{on}__isnull": True, source: ""})
    signed = Q(**{f"{by}__isnull": True}) | Q(**{f"{on}__isnull": False}) & ~Q(**{source: ""})
    return models.CheckConstraint(condition=nothing | Q(**{flag: True}) & signed, name=f"{of}_{flag}_signed")


class RegisterSource(models.Model):
    """A text that was read for the register: official, or somebody's account of it."""

    code = models.CharField(max_length=60, unique=True)
    location = models.CharField("where", max_length=500, blank=True, help_text="Address or citation.")
    description = models.CharField("what", max_length=500, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class ParagraphEffect(Recorded):
    """What paragraphs of one kind do, and which events they require."""

    code = models.CharField(max_length=60, unique=True, help_text="cap, ban_new, repatriate")
    does = models.CharField(max_length=200, help_text="caps a number")
    requires = codes(100, "Event type, or type and value: REPATRIATE; OWN:closes")

    recorded_as = Evidence("effect")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Measure(models.Model):
    """A resolution, law, regulation or list programme."""

    code = models.CharField(max_length=60, unique=True, help_text="UNSCR-2371")
    symbol = models.CharField(max_length=100, help_text="S/RES/2371 (2017)")
    issuer = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, blank=True, help_text="resolution, regulation, order")
    adopted = models.DateField()
    adopted_verified = models.BooleanField("date of adoption verified", default=False)
    adopted_verified_by, adopted_verified_on, adopted_verified_source = vouched_by(), vouched_on(), vouched_source()
    in_force_from = models.DateField(null=True, blank=True, help_text="Empty: not stated.")
    in_force_to = models.DateField(null=True, blank=True, help_text="Last day. Empty: no end stated.")
    regime = models.CharField(max_length=200, blank=True)
    programmes = codes(120, "Programmes of lists that belong to its regime, each after the format of its list: un DPRK; eu PRK")
    countries = codes(2, "Countries that it is about, ISO 3166-1 alpha-2: KP")
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    address = models.URLField("address of the official text", max_length=500, blank=True)
    note = models.TextField(blank=True)
    evidence = codes(60, "Codes of sources of the register.")
    loaded = loaded()

    class Meta:
        ordering = ["adopted", "code"]
        constraints = [in_order("measure_in_force_in_order"), vouched("adopted_verified", "measure")]

    def __str__(self) -> str:
        return self.symbol

    def get_absolute_url(self) -> str:
        return f"/measures/{quote(self.code, safe='')}/"


class Paragraph(Recorded):
    """What one paragraph of a measure really requires, so that a claim can be held against it."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="paragraphs")
    number = models.CharField(max_length=40, help_text="11; 8(a); Annex II")
    number_verified = models.BooleanField(default=False, help_text="A source that was read names this paragraph.")
    number_verified_by, number_verified_on, number_verified_source = vouched_by(), vouched_on(), vouched_source()
    topic = models.CharField(max_length=60, blank=True)
    effect = models.CharField(max_length=60, blank=True, help_text="cap, ban_new, repatriate")
    summary = models.TextField(blank=True)
    content_verified = models.BooleanField(default=False, help_text="A source that was read says this.")
    content_verified_by, content_verified_on, content_verified_source = vouched_by(), vouched_on(), vouched_source()
    in_force_from = models.DateField(null=True, blank=True, help_text="Empty: as the measure.")
    in_force_to = models.DateField(null=True, blank=True, help_text="Last day. Empty: as the measure.")
    deadline = models.DateField(null=True, blank=True)
    deadline_verified = models.BooleanField(null=True, blank=True, help_text="Empty: as the content.")
    report_dates = ArrayField(models.DateField(), default=list, blank=True)
    exceptions = models.TextField(blank=True)
    limits = models.JSONField(default=list, blank=True, help_text="Amounts with goods, unit, period and days.")
    applies_to = models.JSONField(default=list, blank=True, help_text="Event types with attributes and goods.")
    hs = codes(20, "Chapters or headings of the Harmonized System.", verbose_name="HS codes")
    hs_verified = codes(20, "Those of the HS codes that a source names.", verbose_name="verified HS codes")
    replaces = codes(110, "Measure and paragraph: UNSCR-2321 26")
    replaced_by = codes(110, "Measure and paragraph: UNSCR-2371 8")
    tightened_by = codes(110, "Measure and paragraph: UNSCR-2397 8")
    note = models.TextField(blank=True)
    evidence = codes(60, "Codes of sources of the register.")
    loaded = loaded()

    recorded_as = Evidence("paragraph", left_out={"loaded": "what the loaded file said; the other columns hold what stands now"})

    # Pages add the passages that cite it, how many there are, and what it does.
    cited: list[Any]
    total: int
    does: Any

    class Meta:
        ordering = ["measure", "id"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "number"], name="paragraph_once"),
            in_order("paragraph_in_force_in_order"),
            vouched("number_verified"),
            vouched("content_verified"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} ¶{self.number}"

    def get_absolute_url(self) -> str:
        """A slash in a number stays one: the address takes all up to its end."""
        return f"{self.measure.get_absolute_url()}{quote(self.number)}/"
