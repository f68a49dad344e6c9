"""What was published, the exact text that was read from it, and who may see it."""

from corpus.models.access import Corpus, LoginFailure, Membership, Token
from corpus.models.article import Article, Outlet
from corpus.models.document import Document, Raw, Repair, Segment, Zone
from corpus.models.intake import Intake, IntakeItem

__all__ = [
    "Article",
    "Corpus",
    "Document",
    "Intake",
    "IntakeItem",
    "LoginFailure",
    "Membership",
    "Outlet",
    "Raw",
    "Repair",
    "Segment",
    "Token",
    "Zone",
]
