"""Who gets which answer: a row for every operation of the API and every named address, a column for each role.

An outsider's answer is the one for what does not exist. A row of an address that a group of pages shares is a pattern.
"""

from fnmatch import fnmatchcase

from tests.api.world import ROLES

# fmt: off
HEAD = """
                                     anon none fore view anno revi mana ex-m deac site t-ro t-an t-xp t-rv t-ex no-csrf
"""
OPERATIONS = """
corpora_list                         401  200  200  200  200  200  200  200  401  200  200  200  401  401  200  200
corpora_retrieve                     401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_articles_list                401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_articles_create              401  404  404  403  403  403  201  404  401  201  403  403  401  401  404  403
corpora_intakes_list                 401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_intakes_create               401  404  404  403  403  403  202  404  401  202  403  403  401  401  404  403
corpora_intakes_retrieve             401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_intakes_files_create         401  404  404  403  403  403  400  404  401  400  403  403  401  401  404  403
corpora_load_create                  401  404  404  403  403  403  400  404  401  400  403  403  401  401  404  403
corpora_intakes_retry_create         401  404  404  403  403  403  202  404  401  202  403  403  401  401  404  403
corpora_intakes_items_list           401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_feeds_list                   401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_feeds_create                 401  404  404  403  403  403  201  404  401  201  403  403  401  401  404  403
corpora_feeds_partial_update         401  404  404  403  403  403  200  404  401  200  403  403  401  401  404  403
corpora_feeds_look_create            401  404  404  403  403  403  202  404  401  202  403  403  401  401  404  403
corpora_feeds_destroy                401  404  404  403  403  403  204  404  401  204  403  403  401  401  404  403
corpora_export_retrieve              401  404  404  200  200  200  200  404  401  200  403  403  401  401  404  200
corpora_export_losses_retrieve       401  404  404  200  200  200  200  404  401  200  403  403  401  401  404  200
corpora_evidence_create              401  404  404  400  400  400  400  404  401  400  403  403  401  401  404  403
corpora_mappings_list                401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_mappings_retrieve            401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_mappings_update              401  404  404  403  403  403  200  404  401  200  403  403  401  401  404  403
corpora_mappings_destroy             401  404  404  403  403  403  204  404  401  204  403  403  401  401  404  403
corpora_judgements_list              401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_questions_list               401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_questions_create             401  404  404  201  201  201  201  404  401  201  403  201  401  401  404  403
corpora_pairs_retrieve               401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_merges_list                  401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_proposals_retrieve           401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_ask_causes_retrieve          401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_ask_counts_retrieve          401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_ask_disputes_retrieve        401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_ask_events_retrieve          401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_ask_file_retrieve            401  404  404  200  200  200  200  404  401  200  403  403  401  401  404  200
corpora_ask_events_sum_retrieve      401  404  404  400  400  400  400  404  401  400  400  400  401  401  404  400
corpora_ask_figures_retrieve         401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_ask_findings_retrieve        401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_ask_law_retrieve             401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_ask_network_retrieve         401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_ask_screening_retrieve       401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_ask_sources_retrieve         401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
corpora_ask_words_retrieve           401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
articles_retrieve                    401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
intake_items_retrieve                401  404  404  403  403  403  200  404  401  200  403  403  401  401  404  403
intake_items_save_create             401  404  404  403  403  403  200  404  401  200  403  403  401  401  404  403
intake_items_leave_create            401  404  404  403  403  403  200  404  401  200  403  403  401  401  404  403
articles_copy_create                 401  404  404  403  403  403  200  404  401  200  403  403  401  401  404  403
articles_story_create                401  404  404  403  403  403  200  404  401  200  403  403  401  401  404  403
articles_story_destroy               401  404  404  403  403  403  200  404  401  200  403  403  401  401  404  403
documents_retrieve                   401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
me_retrieve                          401  200  200  200  200  200  200  200  401  200  200  200  401  401  200  200
entities_list                        401  200  200  200  200  200  200  200  401  200  200  200  401  401  200  200
entities_merge_create                401  404  404  403  403  201  201  404  401  201  403  403  401  401  404  403
entities_decisions_list              401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
entities_decisions_create            401  404  404  403  201  201  201  404  401  201  403  201  401  401  404  403
merges_retrieve                      401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
merges_undo_create                   401  404  404  403  403  200  200  404  401  200  403  403  401  401  404  403
entities_retrieve                    401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
measures_list                        401  200  200  200  200  200  200  200  401  200  200  200  401  401  200  200
changes_list                         401  200  200  200  200  200  200  200  401  200  200  200  401  401  200  200
spans_list                           401  200  200  200  200  200  200  200  401  200  200  200  401  401  200  200
figures_list                         401  200  200  200  200  200  200  200  401  200  200  200  401  401  200  200
events_list                          401  200  200  200  200  200  200  200  401  200  200  200  401  401  200  200
events_join_create                   401  404  404  404  403  201  201  404  401  201  403  403  401  401  404  403
judgements_undo_create               401  404  404  403  404  200  200  404  401  200  403  404  401  401  404  403
questions_retrieve                   401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
questions_partial_update             401  404  404  403  200  403  403  404  401  403  403  200  401  401  404  403
questions_destroy                    401  404  404  403  204  403  403  404  401  403  403  204  401  401  404  403
questions_rows_retrieve              401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
questions_news_retrieve              401  404  404  200  200  200  200  404  401  200  200  200  401  401  404  200
questions_look_create                401  404  404  200  200  200  200  404  401  200  403  200  401  401  404  403
linked_events_retrieve               401  404  404  404  200  200  200  404  401  200  200  200  401  401  404  200
claims_list                          401  200  200  200  200  200  200  200  401  200  200  200  401  401  200  200
assignments_list                     401  200  200  200  200  200  200  200  401  200  200  200  401  401  200  200
assignments_create                   401  404  404  403  201  201  201  404  401  201  403  201  401  401  404  403
assignments_retrieve                 401  404  404  404  200  200  200  404  401  200  200  200  401  401  404  200
assignments_partial_update           401  404  404  404  200  403  403  404  401  403  403  200  401  401  404  403
assignments_checks_retrieve          401  404  404  404  200  200  200  404  401  200  200  200  401  401  404  200
assignments_comparison_retrieve      401  404  404  404  404  404  404  404  401  404  404  404  401  401  404  404
assignments_times_retrieve           401  404  404  404  200  200  200  404  401  200  200  200  401  401  404  200
assignments_changes_list             401  404  404  404  200  200  200  404  401  200  200  200  401  401  404  200
assignments_changes_create           401  404  404  404  200  403  403  404  401  403  403  200  401  401  404  403
"""
# healthz misses the worker, which no test starts. A token opens no page, so its holder is sent to log in; so is a session whose account has ended.
PAGES = """
livez                                200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
readyz                               200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
healthz                              503  503  503  503  503  503  503  503  503  503  503  503  503  503  503  503
favicon                              302  302  302  302  302  302  302  302  302  302  302  302  302  302  302  302
login                                200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
logout                               405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
password_change                      302  200  200  200  200  200  200  200  302  200  302  302  302  302  302  200
api:schema                           401  200  200  200  200  200  200  200  401  200  200  200  401  401  200  200
api:reference                        302  200  200  200  200  200  200  200  302  200  302  302  302  302  302  200
api:nothing                          401  404  404  404  404  404  404  404  401  404  404  404  401  401  404  404
corpus:tokens                        302  200  200  200  200  200  200  200  302  200  302  302  302  302  302  200
corpus:revoke_token                  302  404  404  404  200  404  404  404  302  404  302  302  302  302  302  200
corpus:add_article                   302  404  404  403  403  403  200  404  302  200  302  302  302  302  302  403
corpus:bring_in                      302  405  405  405  405  405  405  405  302  405  302  302  302  302  302  405
corpus:feeds                         302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
corpus:change_feed                   302  405  405  405  405  405  405  405  302  405  302  302  302  302  302  405
corpus:remove_feed                   302  404  404  403  403  403  200  404  302  200  302  302  302  302  302  403
corpus:intakes                       302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
corpus:intake                        302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
corpus:retry_intake                  302  405  405  405  405  405  405  405  302  405  302  302  302  302  302  405
corpus:save_held                     302  405  405  405  405  405  405  405  302  405  302  302  302  302  302  405
corpus:look                          302  404  404  403  403  403  200  404  302  200  302  302  302  302  302  403
corpus:original                      302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
corpus:copy                          302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
corpus:changes                       302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
corpus:story                         302  404  404  403  403  403  200  404  302  200  302  302  302  302  302  403
corpus:raw                           302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
annotations:corpora                  302  200  200  200  200  200  200  200  302  200  302  302  302  302  302  200
annotations:articles                 302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
annotations:article                  302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
annotations:begin                    302  405  405  405  405  405  405  405  302  405  302  302  302  302  302  405
annotations:annotate                 302  404  404  404  200  200  200  404  302  200  302  302  302  302  302  200
annotations:scheme                   302  200  200  200  200  200  200  200  302  200  302  302  302  302  302  200
annotations:queue                    302  200  200  200  200  200  200  200  302  200  302  302  302  302  302  200
annotations:entities                 302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
annotations:export                   302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
annotations:evidence                 302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
annotations:report                   302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
annotations:save_words               302  405  405  405  405  405  405  405  302  405  302  302  302  302  302  405
annotations:merge                    302  404  404  403  403  200  200  404  302  200  302  302  302  302  302  403
annotations:merge_progress           302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
annotations:part                     302  405  405  405  405  405  405  405  302  405  302  302  302  302  302  405
annotations:entity                   302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
annotations:decisions                302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
annotations:loads                    302  404  404  403  403  403  200  404  302  200  302  302  302  302  302  403
annotations:load                     302  404  404  403  403  403  200  404  302  200  302  302  302  302  302  403
annotations:measure                  302  200  200  200  200  200  200  200  302  200  302  302  302  302  302  200
annotations:measures                 302  200  200  200  200  200  200  200  302  200  302  302  302  302  302  200
annotations:paragraph                302  200  200  200  200  200  200  200  302  200  302  302  302  302  302  200
questions:questions                  302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
questions:ledger                     302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
questions:next                       302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
questions:plot                       302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
questions:sum                        302  404  404  400  400  400  400  404  302  400  302  302  302  302  302  400
questions:pairs                      302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
questions:lines                      302  404  404  302  302  302  302  404  302  302  302  302  302  302  302  302
questions:linked                     302  404  404  404  200  200  200  404  302  200  302  302  302  302  302  200
questions:save                       302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
questions:saved                      302  404  404  200  200  200  200  404  302  200  302  302  302  302  302  200
questions:look                       302  405  405  405  405  405  405  405  302  405  302  302  302  302  302  405
questions:change_saved               302  404  404  403  200  403  403  404  302  403  302  302  302  302  302  200
questions:delete_saved               302  404  404  403  200  403  403  404  302  403  302  302  302  302  302  200
questions:judge                      302  405  405  405  405  405  405  405  302  405  302  302  302  302  302  405
questions:undo_judgement             302  405  405  405  405  405  405  405  302  405  302  302  302  302  302  405
"""
# Without a session there is no CSRF token either. Logging out comes last: it ends the session.
POSTS = """
annotations:begin                    403  404  404  403  302  302  302  404  302  302  403  403  403  403  403  403
annotations:evidence                 403  404  404  200  200  200  200  404  302  200  403  403  403  403  403  403
annotations:save_words               403  404  404  403  403  403  302  404  302  302  403  403  403  403  403  403
annotations:decisions                403  404  404  403  200  200  200  404  302  200  403  403  403  403  403  403
annotations:loads                    403  404  404  403  403  403  200  404  302  200  403  403  403  403  403  403
annotations:load                     403  404  404  403  403  403  302  404  302  302  403  403  403  403  403  403
annotations:merge                    403  404  404  403  403  200  200  404  302  200  403  403  403  403  403  403
annotations:part                     403  404  404  403  403  302  302  404  302  302  403  403  403  403  403  403
questions:save                       403  404  404  200  200  200  200  404  302  200  403  403  403  403  403  403
questions:look                       403  404  404  302  302  302  302  404  302  302  403  403  403  403  403  403
questions:change_saved               403  404  404  403  200  403  403  404  302  403  403  403  403  403  403  403
questions:delete_saved               403  404  404  403  302  403  403  404  302  403  403  403  403  403  403  403
questions:judge                      403  404  404  404  403  404  404  404  302  404  403  403  403  403  403  403
questions:undo_judgement             403  404  404  403  404  302  302  404  302  302  403  403  403  403  403  403
corpus:copy                          403  404  404  403  403  403  302  404  302  302  403  403  403  403  403  403
corpus:story                         403  404  404  403  403  403  404  404  302  404  403  403  403  403  403  403
corpus:bring_in                      403  404  404  403  403  403  200  404  302  200  403  403  403  403  403  403
corpus:retry_intake                  403  404  404  403  403  403  302  404  302  302  403  403  403  403  403  403
corpus:save_held                     403  404  404  403  403  403  302  404  302  302  403  403  403  403  403  403
corpus:look                          403  404  404  403  403  403  200  404  302  200  403  403  403  403  403  403
corpus:feeds                         403  404  404  403  403  403  200  404  302  200  403  403  403  403  403  403
corpus:change_feed                   403  404  404  403  403  403  302  404  302  302  403  403  403  403  403  403
corpus:remove_feed                   403  404  404  403  403  403  302  404  302  302  403  403  403  403  403  403
corpus:revoke_token                  403  404  404  404  302  404  404  404  302  404  403  403  403  403  403  403
logout                               403  302  302  302  302  302  302  302  302  302  403  403  403  403  403  403
"""
# fmt: on


def table(text):
    """Name → {role: status}."""
    found = {}
    for line in text.strip().splitlines():
        name, *cells = line.split()
        found[name] = dict(zip(ROLES, cells, strict=True))
    return found


def row_for(name, rows):
    """The row of a name: its own, or the first pattern that fits; None where there is none."""
    return rows.get(name) or next((row for pattern, row in rows.items() if fnmatchcase(name, pattern)), None)
