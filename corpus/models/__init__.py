"""What was published, the exact text that was read from it, and who may see it."""

from corpus.models.access import Corpus, KnownBrowser, KnownNetwork, LoginFailure, Membership, Token
from corpus.models.article import Article, Outlet
from corpus.models.cluster import Cluster, Sketch
from corpus.models.deletion import Deletion
from corpus.models.document import Document, Raw, Repair, Segment, Zone
from corpus.models.edit import Edit
from corpus.models.evidence import EvidenceLog, Seal
from corpus.models.feed import Feed
from corpus.models.intake import Delivery, Held, Intake, IntakeItem
from corpus.models.links import Invitation, PasswordLink, with_password_links
from corpus.models.running_count import RunningCount
from corpus.models.search import SearchPassage, SearchWord, UnindexedArticle
from corpus.models.web import Robots, Site

__all__ = [
    "Article",
    "Cluster",
    "Corpus",
    "Deletion",
    "Delivery",
    "Document",
    "Edit",
    "EvidenceLog",
    "Feed",
    "Held",
    "Intake",
    "IntakeItem",
    "Invitation",
    "KnownBrowser",
    "KnownNetwork",
    "LoginFailure",
    "Membership",
    "Outlet",
    "PasswordLink",
    "Raw",
    "Repair",
    "Robots",
    "RunningCount",
    "Seal",
    "SearchPassage",
    "SearchWord",
    "Segment",
    "Site",
    "Sketch",
    "Token",
    "UnindexedArticle",
    "Zone",
    "with_password_links",
]
