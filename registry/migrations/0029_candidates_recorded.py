"""Candidates, paragraphs of measures and what their effects require are recorded in the evidence log. Those that are there are the first
entries."""

from django.db import migrations

from corpus.db.evidence_triggers import recording

CANDIDATE = "entity_id list_id ref entry_digest score explanation first_run_id state"
EFFECT = "code does requires"
PARAGRAPH = (
    "measure_id number number_verified number_verified_by_id number_verified_on number_verified_source topic effect summary "
    "content_verified content_verified_by_id content_verified_on content_verified_source in_force_from in_force_to deadline "
    "deadline_verified report_dates exceptions limits applies_to hs hs_verified replaces replaced_by tightened_by note evidence"
)

RECORDED = [
    recording("registry_listcandidate", "candidate", "candidate", CANDIDATE),
    recording("registry_paragrapheffect", "effect", "effect", EFFECT),
    recording("registry_paragraph", "paragraph", "paragraph", PARAGRAPH),
]


class Migration(migrations.Migration):
    dependencies = [("registry", "0028_candidates_that_no_longer_match"), ("corpus", "0049_edits_recorded")]

    operations = [migrations.RunSQL(*each) for each in RECORDED]
