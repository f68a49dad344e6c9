"""A scheme change over existing annotations: what is told is what changes, and undoing leaves nothing."""

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from annotations.documents.build import document
from annotations.mapping.rows import CodeRow
from annotations.models import (
    Adjudication,
    AdjudicationInput,
    Argument,
    Assignment,
    Change,
    CorpusScheme,
    Event,
    MoveItem,
    Span,
    Transition,
)
from annotations.moves import change, writing
from annotations.moves.adoption import check_adoption
from annotations.queries.findings import findings
from annotations.queries.integrity import faults
from annotations.scoring.pairs import views_at
from annotations.write.apply import apply_changes
from corpus.db import round_trip as round_trip_module
from corpus.edits.history import EditError
from registry.models import Entity
from tests import factories, readings
from tests.annotations.moves.conftest import label, layer, moved, row, same, version, without_revisions
from tests.api.world import change as one_change
from tests.api.world import fragment, new


def renamed(body):
    """REPATRIATE is RETURN, its role count is number, MANNER forced is compelled; as few other parts as name them."""
    event = label(body, "REPATRIATE")
    event["code"] = "RETURN"
    next(role for role in event["roles"] if role["code"] == "count")["code"] = "number"
    manner = next(each for each in event["attributes"] if each["code"] == "manner")
    next(choice for choice in manner["choices"] if choice["code"] == "forced")["code"] = "compelled"
    as_text = {"REPATRIATE": "RETURN"}
    for part in (
        "constraints",
        "sentences",
        "factuality",
        "role_cues",
        "role_functions",
        "places",
        "acts",
        "event_filters",
        "questions",
        "derived",
        "chain",
        "label_words",
    ):
        body[part] = replaced(body.get(part), as_text)
    del body["role_functions"]["RETURN"], body["sentences"]["types"]["RETURN"]
    del body["factuality"]
    rule = next(each for each in body["constraints"] if each["code"] == "EVT-04")
    rule["any_of"] = ["people"]


def replaced(value, codes):
    if isinstance(value, dict):
        return {codes.get(key, key): replaced(each, codes) for key, each in value.items()}
    if isinstance(value, list):
        return [replaced(each, codes) for each in value]
    return codes.get(value, value) if isinstance(value, str) else value


RENAMED = [
    row("label", "EVENT", "REPATRIATE", "RETURN"),
    row("role", "EVENT.REPATRIATE", "count", "number"),
    row("choice", "EVENT.REPATRIATE.manner", "forced", "compelled"),
]


def test_what_is_told_is_what_changes_and_undoing_leaves_nothing(corpus, scheme, manager, both):
    target = version(renamed)
    before = [without_revisions(reading) for reading in both]
    made = moved(corpus, scheme, target, manager, RENAMED)
    assert made.state == "done"
    assert [(each["marks"], each["events"], each["arguments"], each["values"], each["readings"]) for each in made.counts["rows"]] == [
        (2, 2, 0, 0, 2), (0, 0, 2, 0, 2), (0, 0, 0, 2, 2),
    ]  # fmt: skip
    logged = Change.objects.filter(user=manager)
    assert sorted(logged.values_list("assignment", "kind", "op")) == sorted(
        (reading.pk, kind, "update") for reading in both for kind in ("event", "span")
    )
    for reading in both:
        reading.refresh_from_db()
        assert (reading.scheme, reading.status, reading.independent) == (target, "submitted", reading.revision)
        [event] = document(reading)["events"]
        assert (event["type"], event["attributes"]["manner"]) == ("RETURN", "compelled")
        assert [each["role"] for each in event["arguments"]] == ["people", "number"]
        assert not [each for each in findings(reading) if each.code == "SCHEME"]
    foreign = {"label__layer__scheme": scheme}
    assert not Span.objects.filter(**foreign).exists()
    assert not Event.objects.filter(**foreign).exists()
    assert not Argument.objects.filter(role__label__layer__scheme=scheme).exists()
    assert CorpusScheme.objects.get().scheme == target
    assert list(faults(corpus)) == []
    assert Transition.objects.filter(kind="moved", user=manager).count() == 2

    change.undo(made, manager)
    change.carry_out(made.pk)
    made.refresh_from_db()
    assert made.state == "undone"
    assert CorpusScheme.objects.get().scheme == scheme
    assert [without_revisions(reading) for reading in both] == before
    assert not Span.objects.filter(label__layer__scheme=target).exists()
    assert not Argument.objects.exclude(role__label__layer__scheme=scheme).exclude(role__layer__scheme=scheme).exists()
    assert set(MoveItem.objects.values_list("outcome", flat=True)) == {"back"}
    assert list(faults(corpus)) == []


def test_nothing_is_logged_where_all_codes_stay(corpus, scheme, manager, both):
    target = version(same)
    rows_of("DELETE FROM questions_stale RETURNING assignment")
    made = moved(corpus, scheme, target, manager)
    assert [(item.outcome, item.before, item.after) for item in made.items.all()] == [
        ("moved", reading.revision, reading.revision) for reading in sorted(both, key=lambda each: each.pk)
    ]
    assert not Change.objects.filter(user=manager).exists()
    assert Assignment.objects.filter(scheme=target).count() == 2
    assert not Argument.objects.filter(role__label__layer__scheme=scheme).exists()
    # The new version may say otherwise which roles are places.
    assert rows_of("SELECT assignment FROM questions_stale") == {reading.pk for reading in both}
    assert list(faults(corpus)) == []


def rows_of(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {pk for (pk,) in cursor.fetchall()}


def test_what_is_left_out_goes_with_what_pointed_at_it(corpus, scheme, manager, both):
    before = [without_revisions(reading) for reading in both]
    target = version(same)
    reason = "counted otherwise"
    made = moved(
        corpus,
        scheme,
        target,
        manager,
        [row("label", "ACTOR", "GROUP", "", reason), row("label", "FIGURE", "PEOPLE", "", reason)],
    )
    assert [each["marks"] for each in made.counts["rows"]] == [2, 4]
    assert {item.outcome for item in made.items.all()} == {"moved"}
    body = document(Assignment.objects.get(pk=both[0].pk))
    assert {mark["label"] for mark in body["mentions"]} == {"PERSON", "MONEY", "REPATRIATE"}
    assert body["relations"] == []
    assert body["events"][0]["arguments"] == []
    assert sum(each["marks"] for each in made.counts["rows"]) == Change.objects.filter(op="delete", kind="span").count()
    assert sum(each["arguments"] for each in made.counts["rows"]) == 4
    change.undo(made, manager)
    change.carry_out(made.pk)
    assert [without_revisions(reading) for reading in both] == before


def strict(body):
    """DIRECT … needs a measure: what has none breaks EVT-02."""
    roles = label(body, "REPATRIATE")["roles"]
    next(role for role in roles if role["code"] == "origin")["min"] = 1


def test_a_reading_that_would_break_a_rule_stays_with_the_finding(corpus, scheme, manager, both):
    made = moved(corpus, scheme, version(strict), manager)
    assert made.state == "done"
    assert {item.outcome for item in made.items.all()} == {"stayed"}
    assert {each["code"] for item in made.items.all() for each in item.findings} == {"EVT-02"}
    assert Assignment.objects.filter(scheme=scheme).count() == 2
    draft = change.create_move(corpus, scheme, version(strict), "all", manager)
    told = change.preview(draft)
    assert (told.readings, told.tried, sorted(told.staying)) == (2, 2, sorted(reading.pk for reading in both))


def test_the_scope(corpus, scheme, manager, both):
    text = both[0].document
    gold = factories.assignment(text, manager, role="adjudication")
    late = factories.assignment(text, factories.user("late"))
    target = version(same)
    for scope, reached in (("open", [late]), ("gold", [late, gold]), ("all", [late, gold, *both])):
        draft = change.create_move(corpus, scheme, target, scope, manager)
        assert set(change.affected(draft)) == set(reached)
    made = moved(corpus, scheme, target, manager, scope="open")
    assert [item.assignment for item in made.items.all()] == [late]


def test_a_killed_worker_goes_on_and_does_nothing_twice(corpus, scheme, manager, both, monkeypatch):
    made = change.create_move(corpus, scheme, version(renamed), "all", manager)
    change.change_mapping(made, RENAMED, "all", manager)
    change.begin(made, manager)
    add_steps = change.add_steps
    monkeypatch.setattr(change, "AT_ONCE", 1)
    monkeypatch.setattr(change, "add_steps", killed)
    with pytest.raises(KeyboardInterrupt):
        change.carry_out(made.pk)
    monkeypatch.setattr(change, "add_steps", add_steps)
    assert not Change.objects.filter(user=manager).exists()
    assert change.carry_on(made.pk)
    assert made.items.count() == 1
    change.carry_out(made.pk)
    change.carry_out(made.pk)
    assert made.items.count() == 2
    assert Change.objects.filter(user=manager).count() == 4
    assert Transition.objects.filter(kind="moved").count() == 2


def test_statements_have_the_time_that_checking_takes(corpus, scheme, manager, both, monkeypatch):
    """With long readings PostgreSQL waits for Python longer than it lets a request wait for PostgreSQL."""
    limits, checked = [], change.reading.moved_reading
    monkeypatch.setattr(change.reading, "moved_reading", lambda *of: limits.append(limit()) or checked(*of))
    moved(corpus, scheme, version(same), manager)
    assert limits == ["10min", "10min"]


def limit():
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


def killed(*args, **fields):
    raise KeyboardInterrupt


def test_readings_are_written_together_as_they_would_be_one_by_one(corpus, scheme, manager, both, monkeypatch):
    target, logged = version(renamed), []
    for most in (5_000, 0):
        monkeypatch.setattr(writing, "AT_ONCE", most)
        sent = round_trips(monkeypatch)
        made = moved(corpus, scheme, target, manager, RENAMED)
        assert [item.outcome for item in made.items.all()] == ["moved"] * 2
        assert len([statements for statements in sent if any("scheme_id = " in sql for sql, _ in statements)]) == (
            1 if most else 2
        )
        after = Q()
        for item in made.items.all():
            after |= Q(assignment=item.assignment_id, revision=item.after)
        rows = Change.objects.filter(after).order_by("assignment", "position")
        logged.append([(row.assignment_id, row.kind, row.position, without(row.after)) for row in rows])
        change.undo(made, manager)
        change.carry_out(made.pk)
        monkeypatch.undo()
    assert len(logged[0]) == 4
    assert logged[0] == logged[1]
    assert list(faults(corpus)) == []


def without(item):
    return {field: value for field, value in item.items() if field != "revision"}


def round_trips(monkeypatch):
    """The statements of each, as they are sent from now on."""
    trips, carried_out = [], round_trip_module.sending
    monkeypatch.setattr(
        round_trip_module, "sending", lambda own, statements, form: trips.append(statements) or carried_out(own, statements, form)
    )
    return trips


def test_later_annotations_hinder_the_way_back(corpus, scheme, manager, both):
    made = moved(corpus, scheme, version(renamed), manager, RENAMED)
    reading = Assignment.objects.get(pk=both[0].pk)
    Assignment.objects.filter(pk=reading.pk).update(status="open", submitted=None)
    words, event = fragment(reading.document.text, "forced"), new()
    apply_changes(reading, reading.annotator, reading.revision, [
        one_change("create", "event", {"id": event, "type": "RETURN", "arguments": []}),
        one_change("create", "span", {"id": new(), "layer": "EVENT", "label": "RETURN", "fragments": [words], "event": event}),
    ])  # fmt: skip
    change.undo(made, manager)
    change.carry_out(made.pk)
    outcomes = {item.assignment_id: (item.outcome, [each["detail"] for each in item.findings]) for item in made.items.all()}
    assert outcomes[both[1].pk] == ("back", [])
    stuck, [detail] = outcomes[reading.pk]
    assert stuck == "stuck"
    assert "RETURN" in detail
    reading.refresh_from_db()
    assert reading.scheme.version == "1.9.0"
    assert {each["type"] for each in document(reading)["events"]} == {"RETURN"}


@pytest.mark.parametrize("together", [1, 10])
def test_a_reading_that_the_database_refuses_is_all_that_stays(corpus, scheme, manager, both, monkeypatch, together):
    """Also where the next one is checked before that is known: a mark of a label that only the new version has came after the move."""
    monkeypatch.setattr(writing, "TOGETHER", together)
    made = moved(corpus, scheme, version(with_a_label), manager)
    first = made.items.order_by("pk").first().assignment
    Assignment.objects.filter(pk=first.pk).update(status="open", submitted=None)
    first.refresh_from_db()
    words = fragment(first.document.text, "forced")
    mark = {"id": new(), "layer": "ACTOR", "label": "CHOIR", "fragments": [words], "attributes": {"mention_type": "NOM"}}
    apply_changes(first, first.annotator, first.revision, [one_change("create", "span", mark)])
    change.undo(made, manager)
    change.carry_out(made.pk)
    assert {item.assignment_id == first.pk: item.outcome for item in made.items.all()} == {True: "stuck", False: "back"}
    assert "has no CHOIR" in made.items.get(assignment=first).findings[0]["detail"]
    assert list(faults(corpus)) == []


def with_a_label(body):
    labels = layer(body, "ACTOR")["labels"]
    labels.append(labels[0] | {"code": "CHOIR", "name": "Choir", "key": "j"})


def test_codes_in_use_must_be_mapped_before_a_corpus_adopts_a_version(corpus, scheme, manager, both):
    target = version(renamed)
    with pytest.raises(EditError, match="REPATRIATE"):
        check_adoption(corpus, target)
    made = change.create_move(corpus, scheme, target, "open", manager)
    assert [row["code"] for row in change.preview(made).missing] == []  # none is open
    change.change_mapping(made, [], "all", manager)
    made.refresh_from_db()
    assert missing(made) == [("label", "REPATRIATE")]
    made = change.change_mapping(made, RENAMED[:1], "all", manager)
    assert missing(made) == [("role", "count"), ("choice", "forced")]
    with pytest.raises(EditError, match="count, forced"):
        change.begin(made, manager)
    with pytest.raises(EditError, match="no role wages"):
        change.change_mapping(made, [RENAMED[0], row("role", "EVENT.REPATRIATE", "count", "wages")], "all", manager)
    with pytest.raises(EditError, match="reason"):
        change.change_mapping(made, [row("label", "EVENT", "REPATRIATE", "")], "all", manager)
    change.change_mapping(made, RENAMED, "all", manager)
    change.begin(made, manager)
    change.carry_out(made.pk)
    check_adoption(corpus, target)


def missing(move):
    return [(each["kind"], each["code"]) for each in change.preview(move).missing]


def test_agreement_between_versions_maps_first(corpus, scheme, manager, both):
    """One reading moves, the other does not; and one counts at a revision from before it moved."""
    target = version(renamed)
    Assignment.objects.filter(pk=both[0].pk).update(status="open", submitted=None)
    moved(corpus, scheme, target, manager, RENAMED, scope="open")
    readings = Assignment.objects.filter(pk__in=[each.pk for each in both])
    assert set(readings.values_list("scheme__version", flat=True)) == {"1.3.0", "1.9.0"}
    for revision in (both[0].revision, both[0].revision + 1):
        views, _ = views_at({both[0].pk: revision, both[1].pk: both[1].revision})
        assert types_of(views) == [{"RETURN"}] * 2
    # The inputs of an adjudication are in the codes of its gold, whichever that has.
    at_first = {each.pk: each.revision for each in both}
    assert [types_of(views_at(at_first, until=each.pk)[0]) for each in (scheme, target)] == [
        [{"REPATRIATE"}] * 2,
        [{"RETURN"}] * 2,
    ]


def types_of(views):
    return [{event["type"] for event in view.native["events"]} for view in views.values()]


def test_an_entity_changes_its_type_once_and_only_where_no_reading_keeps_the_old_version(
    corpus, scheme, manager, both, monkeypatch
):
    before = [without_revisions(reading) for reading in both]
    mapping = [row("label", "ACTOR", "PERSON", "MEDIA")]
    late = Assignment.objects.filter(pk=both[0].pk)
    late.update(status="open", submitted=None)
    target = version(same)
    made = moved(corpus, scheme, target, manager, mapping, scope="open")
    [item] = made.items.all()
    assert item.outcome == "stayed"
    assert item.findings[0]["code"] == "ACT-01"
    assert "“Manager” is also annotated in readings outside the scope" in item.findings[0]["detail"]
    late.update(status="submitted", submitted=both[1].submitted)
    with monkeypatch.context() as patch:
        patch.setattr(writing.VersionChange, "write_alone", killed)  # what the second one reads is written by then
        made = moved(corpus, scheme, target, manager, mapping)
    assert {item.outcome for item in made.items.all()} == {"moved"}
    assert Entity.objects.get(name="Manager").type == "MEDIA"
    assert Change.objects.filter(user=manager, kind="entity").count() == 1
    assert Change.objects.filter(user=manager, kind="span").count() == made.counts["rows"][0]["marks"] == 2
    change.undo(made, manager)
    change.carry_out(made.pk)
    assert [without_revisions(reading) | {"submitted": None} for reading in both] == [
        each | {"submitted": None} for each in before
    ]


def test_what_is_submitted_just_before_its_turn_keeps_its_version(corpus, scheme, manager, both, monkeypatch):
    open_one = Assignment.objects.filter(pk=both[0].pk)
    open_one.update(status="open", submitted=None)
    lock = change.locked_readings

    def submitted_first(keys):
        open_one.update(status="submitted", submitted=both[0].submitted)
        return lock(keys)

    monkeypatch.setattr(change, "locked_readings", submitted_first)
    made = moved(corpus, scheme, version(same), manager, scope="open")
    assert (made.state, made.items.count()) == ("done", 0)
    assert open_one.get().scheme == scheme


def test_a_change_without_a_job_gets_one(corpus, scheme, manager, both):
    jobs = "SELECT args ->> 'move' FROM procrastinate_jobs WHERE task_name = 'move_readings' AND status = 'todo'"
    made = change.create_move(corpus, scheme, version(same), "all", manager)
    change.defer_unfinished()
    assert rows_of(jobs) == set()
    change.begin(made, manager)
    assert rows_of(jobs) == {str(made.pk)}
    rows_of("DELETE FROM procrastinate_jobs WHERE task_name = 'move_readings' RETURNING id")
    change.defer_unfinished()
    assert rows_of(jobs) == {str(made.pk)}
    with pytest.raises(EditError, match="in progress"):
        change.begin(change.create_move(corpus, scheme, made.target, "all", manager), manager)


def test_an_adjudication_in_progress_keeps_its_version(corpus, scheme, manager, both):
    gold = factories.assignment(both[0].document, manager, role="adjudication", status="open")
    adjudication = Adjudication.objects.create(gold=gold, user=manager)
    AdjudicationInput.objects.create(adjudication=adjudication, assignment=both[0], revision=both[0].revision, position=0)
    made = moved(corpus, scheme, version(same), manager)
    outcomes = {item.assignment_id: [each["code"] for each in item.findings] for item in made.items.all()}
    assert outcomes == {gold.pk: ["being-adjudicated"], both[0].pk: ["being-adjudicated"], both[1].pk: []}


def other_link(body):
    figures = next(each for each in body["relations"] if (each["code"], each["source"]) == ("part_of", "FIGURE"))
    figures["code"] = "subset_of"
    body["derived"], body["questions"] = replaced(body["derived"], {}), replaced(body["questions"], {})


def link_row(to, reason=""):
    return CodeRow("link", "FIGURE", "", "FIGURE", "part_of", to, reason)


def test_a_type_of_links_gets_another_code_and_back(corpus, scheme, manager, both):
    target = version(other_link)
    before = [without_revisions(reading) for reading in both]
    draft = change.create_move(corpus, scheme, target, "all", manager)
    [missing] = change.preview(draft).missing
    assert {name: missing[name] for name in ("kind", "layer", "attribute", "code", "links", "readings")} == {
        "kind": "link", "layer": "FIGURE", "attribute": "FIGURE", "code": "part_of", "links": 2, "readings": 2,
    }  # fmt: skip
    made = moved(corpus, scheme, target, manager, [link_row("subset_of")])
    assert [document(Assignment.objects.get(pk=reading.pk))["relations"][0]["type"] for reading in both] == ["subset_of"] * 2
    assert list(faults(corpus)) == []
    change.undo(made, manager)
    change.carry_out(made.pk)
    assert [without_revisions(reading) for reading in both] == before


def test_a_type_of_links_is_left_out(corpus, scheme, manager, both):
    target = version(other_link)
    with pytest.raises(EditError, match="part_of: give a reason"):
        moved(corpus, scheme, target, manager, [link_row("")])
    moved(corpus, scheme, target, manager, [link_row("", "not used any more")])
    assert [document(Assignment.objects.get(pk=reading.pk))["relations"] for reading in both] == [[], []]


def test_a_link_that_only_the_new_version_has_hinders_the_way_back(corpus, scheme, manager, both):
    made = moved(corpus, scheme, version(other_link), manager, [link_row("subset_of")])
    reading = Assignment.objects.get(pk=both[0].pk)
    Assignment.objects.filter(pk=reading.pk).update(status="open", submitted=None)
    marks = {mark["quote"]: mark["id"] for mark in document(reading)["mentions"]}
    link = {"id": new(), "type": "subset_of", "source": marks["300"], "target": marks["170"]}
    apply_changes(reading, reading.annotator, reading.revision, [one_change("create", "link", link)])
    change.undo(made, manager)
    change.carry_out(made.pk)
    stuck = made.items.get(assignment=reading)
    assert (stuck.outcome, "subset_of" in stuck.findings[0]["detail"]) == ("stuck", True)


def test_each_further_reading_costs_a_few_round_trips(corpus, scheme, manager, both):
    """None, since its document is known with those of others. All that is written goes to the database together."""
    target, costs = version(renamed), []
    for number in range(3):
        text = factories.document(f"{number}\n\n{readings.TEXT}", corpus=corpus)
        readings.readings(corpus, [factories.user()], [readings.no_edit], text)
        made = change.create_move(corpus, scheme, target, "all", manager, RENAMED)
        change.begin(made, manager)
        costs.append([trips_of(change.carry_out, made.pk)])
        change.undo(made, manager)
        costs[-1].append(trips_of(change.carry_out, made.pk))
    assert [each - before for each, before in zip(costs[2], costs[1], strict=True)] == [0, 0]


def trips_of(act, *values):
    """Statements that go together count once."""
    trips = []
    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connection) as captured:
        carried_out = round_trip_module.sending
        patch.setattr(
            round_trip_module,
            "sending",
            lambda own, statements, form: trips.append(statements) or carried_out(own, statements, form),
        )
        act(*values)
    return len(captured) - sum(len(statements) for statements in trips) + len(trips)
