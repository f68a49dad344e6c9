"""Who marked what: the scheme, assignments, and the rows of everything an analyst can say."""

from annotations.models.adjudication import Adjudication, AdjudicationDecision, AdjudicationInput
from annotations.models.assignment import Assignment, CorpusScheme
from annotations.models.carry import Carry, CarryItem
from annotations.models.change import Change, LoggedChange
from annotations.models.claim import Citation, Claim, Link
from annotations.models.event import Argument, Event
from annotations.models.formatmapping import FormatMapping
from annotations.models.guideline import Guideline, GuidelineRead, GuidelineVersion
from annotations.models.load import Load
from annotations.models.merge import Merge, MovedBatch
from annotations.models.move import Move, MoveItem
from annotations.models.note import Note
from annotations.models.notice import Notice, NoticeChoice, NoticeDigest, NoticeSettings
from annotations.models.pairscore import PairScore
from annotations.models.plan import Plan, PlanArticle, PlanPerson
from annotations.models.practice import PracticeArticle, PracticeResult
from annotations.models.ruling import Ruling
from annotations.models.scheme import Attribute, Choice, Label, Layer, Role, Rule, Scheme, SchemeDraft
from annotations.models.span import Figure, Span
from annotations.models.suggestion import SuggestionOutcome, SuggestionsShown
from annotations.models.tally import Tally, TallyReach
from annotations.models.team import AgreementTarget, TeamSettings
from annotations.models.thread import Thread, ThreadPost
from annotations.models.transition import Transition

__all__ = [
    "Adjudication",
    "AdjudicationDecision",
    "AdjudicationInput",
    "AgreementTarget",
    "Argument",
    "Assignment",
    "Attribute",
    "Carry",
    "CarryItem",
    "Change",
    "Choice",
    "Citation",
    "Claim",
    "CorpusScheme",
    "Event",
    "Figure",
    "FormatMapping",
    "Guideline",
    "GuidelineRead",
    "GuidelineVersion",
    "Label",
    "Layer",
    "Link",
    "Load",
    "LoggedChange",
    "Merge",
    "Move",
    "MoveItem",
    "MovedBatch",
    "Note",
    "Notice",
    "NoticeChoice",
    "NoticeDigest",
    "NoticeSettings",
    "PairScore",
    "Plan",
    "PlanArticle",
    "PlanPerson",
    "PracticeArticle",
    "PracticeResult",
    "Role",
    "Rule",
    "Ruling",
    "Scheme",
    "SchemeDraft",
    "Span",
    "SuggestionOutcome",
    "SuggestionsShown",
    "Tally",
    "TallyReach",
    "TeamSettings",
    "Thread",
    "ThreadPost",
    "Transition",
]
