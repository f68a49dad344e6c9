"""What a figure says, as far as its own words tell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class FigureReading:
    """Fields are those of a figure in the native JSON; `comparator` is None where nothing is read.

    `is_converted`: the words have another unit (40 g → 0.04 kg), so that the numbers say nothing without `unit`.
    `per_unit`: UCUM, see per_unit. `per_count_n` of more than one and `label` are suggestions for the analyst. `warnings` are plain words ("date",
    "reference number", "ordinal", "more than one number" …).
    """

    low: Decimal | None = None
    high: Decimal | None = None
    comparator: str | None = None
    approximate: bool = False
    vague: bool = False
    statistic: str = "none"
    unit: str | None = None
    currency: str | None = None
    currency_basis: str | None = None
    per_currency: str | None = None
    per_unit: str | None = None
    per_period: str | None = None
    per_count_n: Decimal | None = None
    label: str | None = None
    is_converted: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def per_count(self) -> dict[str, Any] | None:
        """For each person. The N of "for every 300" is a figure of its own, which the analyst chooses."""
        return {"n": 1, "figure": None, "mention": None} if self.per_count_n == 1 else None
