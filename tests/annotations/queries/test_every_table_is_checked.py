"""Of every table either a part of check_integrity speaks, or a line here says why none does."""

from django.apps import apps

from annotations.kinds import KINDS
from corpus.models.evidence import recorded_models

OTHERWISE = {
    "the change log and its chains": "annotations.Change annotations.LoggedChange corpus.EvidenceLog corpus.Seal",
    "marks are compared with the change log": "annotations.Argument annotations.Figure",
    "lists are compared with their files": "registry.ListFile registry.ListVersion registry.ListEntry",
    "indexes are compared with the marks": "questions.Entry questions.IndexedAssignment questions.IndexedFinding questions.LinkedEvent",
    "counts are compared with the articles": "corpus.RunningCount",
    "counts of agreement are counted again": "annotations.PairScore",
}
# Nothing is said of these.
NOT_CHECKED = {
    "changed by SQL it is not found: open": "registry.SanctionsList registry.Screened registry.ScreenedBy registry.ScreeningRun "
    "registry.SecondPersonRule registry.Measure "
    "annotations.Adjudication annotations.AdjudicationDecision annotations.Thread annotations.Guideline "
    "annotations.Ruling annotations.SchemeDraft annotations.Merge annotations.Move annotations.MoveItem annotations.MovedBatch annotations.Carry "
    "annotations.CarryItem annotations.Scheme annotations.Layer annotations.Label annotations.Attribute annotations.Choice "
    "annotations.Role annotations.Rule annotations.CorpusScheme annotations.FormatMapping annotations.PracticeArticle "
    "annotations.PracticeResult annotations.Plan annotations.PlanArticle annotations.PlanPerson annotations.AgreementTarget "
    "annotations.TeamSettings corpus.Corpus corpus.Membership corpus.Deletion corpus.Cluster corpus.Held corpus.Intake "
    "corpus.IntakeItem annotations.Load lake.Lake lake.Promotion registry.BaseEntity registry.BaseName registry.RegisterSource",
    "worked out anew from other tables": "annotations.Tally annotations.TallyReach corpus.SearchPassage corpus.SearchWord "
    "corpus.Sketch corpus.UnindexedArticle questions.Stale registry.EntityKeys registry.ListedName registry.ListedNameKey",
    "of accounts and ways in, no evidence": "auth.User auth.Group auth.Permission corpus.Invitation corpus.KnownBrowser "
    "corpus.KnownNetwork corpus.LoginFailure corpus.PasswordLink corpus.Token sessions.Session admin.LogEntry",
    "of one person's use, no evidence": "annotations.SuggestionsShown annotations.GuidelineRead annotations.Notice annotations.NoticeChoice "
    "annotations.NoticeDigest annotations.NoticeSettings questions.SeenState",
    "work that waits, or how to reach other sites": "corpus.Delivery corpus.Feed corpus.Robots corpus.Site "
    "procrastinate.ProcrastinateEvent procrastinate.ProcrastinateJob procrastinate.ProcrastinatePeriodicDefer "
    "procrastinate.ProcrastinateWorker contenttypes.ContentType",
}


def test_every_table_is_checked_or_says_why_not():
    checked = [model._meta.label for model in recorded_models()]
    marks = {module.MODEL._meta.label for module in KINDS.values()}.difference(checked)
    named = [
        *checked,
        *marks,
        *(label for part in (OTHERWISE, NOT_CHECKED) for labels in part.values() for label in labels.split()),
    ]
    tables = [model._meta.label for model in apps.get_models()]
    assert sorted(named) == sorted(tables)
