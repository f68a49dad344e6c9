import uuid
from annotations.annotate import apply_changes
from tests import factories
from tests.browser import test_nothing_invented as t

def test_tmp(transactional_db):
    person = factories.user("annotator"); corpus = factories.corpus("reports"); factories.adopt(corpus); factories.membership(corpus, person, "annotator")
    for language in t.LANGUAGES:
        cases = [case for case in t.CASES if case.language == language]
        text = "\n\n".join(["In short", *(case.sentence for case in cases)])
        a = factories.assignment(factories.document(text, of=factories.article(corpus, f"In short: {language}", language=language)), person)
        rev = 0
        for case in cases:
            start = text.index(f"\n\n{case.sentence}") + 2 + case.offset
            ev = str(uuid.uuid4())
            rev = apply_changes(a, person, rev, [
              {"id": str(uuid.uuid4()), "op": "create", "kind": "event", "object": {"id": ev, "type": case.type}},
              {"id": str(uuid.uuid4()), "op": "create", "kind": "span", "object": {"id": str(uuid.uuid4()), "layer": "EVENT", "label": case.type, "event": ev, "fragments": [{"start": start, "end": start + len(case.trigger), "quote": case.trigger}]}}]).revision
    cases = t.cases_of(corpus)
    print([*t.in_the_tables(cases, corpus)])
    for s, told in t.untrue_statements(cases): print("\t".join(["ST", s, told]), flush=True)
    print([*t.in_the_formats(cases, corpus)])
