"""How far somebody's own readings agree with the gold and with their rereadings, and where they differ. Nobody else sees it."""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.models import User

from annotations.scoring.differences import differences_of
from annotations.scoring.profile import SlipLine, slips_of
from annotations.scoring.report import AgreementReport
from annotations.scoring.score_rows import ScoreRow
from corpus.models import Corpus

NEWEST = 30  # readings of which kinds of differences are shown: the texts of each are read


class OwnReport(AgreementReport):
    """Of the pairs of one person with what they may see, by their user name: a gold only from when it is open to them."""

    @cached_property
    def names(self) -> dict[int, str]:
        return {self.user.pk: self.user.get_username()}

    @cached_property
    def newest(self) -> list[ScoreRow]:
        """Those that were counted last, the newest first."""
        return sorted(self.worked_out.scores, key=lambda row: row.pk, reverse=True)[:NEWEST]

    @cached_property
    def slips(self) -> list[SlipLine]:
        """Where the newest readings differ from the gold."""
        some = zip(self.newest, differences_of(self.newest), strict=True)
        return slips_of((row, difference) for row, differences in some for difference in differences)


def own_report(corpus: Corpus, user: User, against: str) -> OwnReport:
    return OwnReport(corpus, user, against, (user.get_username(),))
