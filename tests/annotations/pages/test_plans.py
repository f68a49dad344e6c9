"""Pages of plans, for managers; the queue that takes from them; and settings of the team."""

import re

import pytest

from annotations.models import Assignment, Plan, PlanArticle, TeamSettings
from corpus.models import Edit
from tests import factories

PLANS = "/corpora/reports/plans/"


@pytest.fixture
def texts(corpus):
    return [factories.document(f"Text {number}", corpus=corpus) for number in range(5)]


def body(**fields):
    return {"name": "Overlap", "filter": "", "readings": 2, "share": 20, **fields}


@pytest.fixture
def plan(as_, texts):
    assert as_("manager").post(PLANS, body()).status_code == 302
    return Plan.objects.get()


def press(client, plan, act):
    return client.post(f"{PLANS}{plan.pk}/", {"act": act})


def test_a_draft_shows_what_it_would_draw(page, plan):
    text = page("manager", f"{PLANS}{plan.pk}/")
    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", text))
    assert facts["Articles"] == "5, of these 1 read twice"
    assert (facts["Readings needed"], facts["Characters to read"]) == ("6", str(6 * len("Text 0")))
    assert not PlanArticle.objects.exists()


def test_it_is_started_paused_resumed_and_finished(as_, page, plan):
    manager = as_("manager")
    for act, state in (("start", "running"), ("pause", "paused"), ("resume", "running"), ("finish", "done")):
        assert press(manager, plan, act).url == f"{PLANS}{plan.pk}/"
        assert Plan.objects.get().state == state
    assert "Done" in page("manager", PLANS)
    press(manager, plan, "resume")
    assert "cannot become running" in page("manager", f"{PLANS}{plan.pk}/") or Plan.objects.get().state == "done"


def test_a_plan_in_use_draws_its_articles_by_readings(as_, page, people, plan):
    press(as_("manager"), plan, "start")
    twice = PlanArticle.objects.get(needed=2).document
    once = PlanArticle.objects.filter(needed=1).first().document
    for person, text in ((people.annotator, twice), (people.reviewer, twice), (people.annotator, once)):
        factories.assignment(text, person, plan=plan)
    text = page("manager", f"{PLANS}{plan.pk}/")
    rows = re.findall(r'<th scope="row">(\d readings?)</th><td class="number" data-name="Articles">(\d)</td>', text)
    assert rows == [("0 readings", "3"), ("1 reading", "1"), ("2 readings", "1")]
    assert "3 articles with 0 readings" in text
    assert "of these 3 without a reading" in text


def test_plans_are_filtered_by_state(as_, plan):
    """The filter of the articles that a new plan begins with is another one."""
    plans = lambda query: [*as_("manager").get(f"{PLANS}{query}").context["plans"]]  # noqa: E731
    assert plans("?plan_state=draft") == plans("?plan_state=whatever") == plans("") == [plan]
    answer = as_("manager").get(f"{PLANS}?plan_state=running&q=coal")
    assert ([*answer.context["plans"]], "No matching plans" in answer.text) == ([], True)
    assert answer.context["form"]["filter"].value() == "q=coal"
    plan.delete()
    assert 'name="plan_state"' not in as_("manager").get(PLANS).text


def test_a_draft_is_deleted_with_a_trace(as_, plan):
    assert press(as_("manager"), plan, "delete").url == PLANS
    assert not Plan.objects.exists()
    assert Edit.objects.filter(kind="plan", after__isnull=True).count() == 1


def test_the_filter_is_that_of_the_list(as_, page, texts):
    texts[0].article.language = "ko"
    texts[0].article.save()
    words = "Those of the filter: Language: ko"
    assert f'<option value="language=ko" selected>{words}</option>' in page("manager", f"{PLANS}?language=ko")
    client = as_("manager")
    client.post(PLANS, body(filter="?language=ko", share=0))
    plan = Plan.objects.get()
    assert (plan.filter, plan.readings, plan.share) == ("language=ko", 1, 0)
    assert '?language=ko">Language: ko</a>' in page("manager", plan.get_absolute_url())
    press(client, plan, "start")
    assert list(PlanArticle.objects.values_list("document", "needed")) == [(texts[0].pk, 1)]


def test_a_filter_that_cannot_be_read_is_an_error(as_, texts):
    answer = as_("manager").post(PLANS, body(filter="since=soon"))
    assert "The filter has an error" in answer.content.decode()
    assert not Plan.objects.exists()


def test_a_draft_whose_filter_is_no_longer_valid_says_so(as_, page, plan):
    Plan.objects.update(filter="outlet=999")
    text = page("manager", f"{PLANS}{plan.pk}/")
    assert "The filter has an error: outlet" in text
    press(as_("manager"), plan, "start")
    assert Plan.objects.get().state == "draft"


def test_people_with_weights(as_, page, corpus, people, texts):
    member = corpus.memberships.get(user=people.annotator)
    as_("manager").post(PLANS, body(people=[member.pk], **{f"weight_{member.pk}": 3}))
    assert list(Plan.objects.get().people.values_list("user__username", "weight")) == [("annotator", 3)]
    assert "annotator" in page("manager", f"{PLANS}{Plan.objects.get().pk}/")


def test_each_weight_stands_beside_its_person(as_, page, corpus, people, texts):
    row = r'<li><label><input type="checkbox" name="people" value="{0}"[^>]*> <bdi>{1}</bdi></label>[^\n]*name="weight_{0}"'
    members = {corpus.memberships.get(user__username=name).pk: name for name in ("annotator", "manager")}
    shown = page("manager", PLANS)
    assert all(re.search(row.format(pk, name), shown) for pk, name in members.items())
    assert shown.count("as many as they take") == 1
    pk = next(iter(members))
    answer = as_("manager").post(PLANS, body(people=[pk], **{f"weight_{pk}": 0}))
    wrong = answer.content.decode()
    assert re.search(rf'name="weight_{pk}" value="0"[^\n]*greater than or equal to 1', wrong)
    assert re.search(rf'name="people" value="{pk}"[^>]*checked', wrong)
    assert not Plan.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("reviewer", 403), ("annotator", 403), ("viewer", 403), ("stranger", 404)])
def test_managers_alone_plan(as_, plan, role, status):
    client = as_(role)
    answers = [
        client.get(PLANS),
        client.post(PLANS, body(name="Mine")),
        client.get(f"{PLANS}{plan.pk}/"),
        press(client, plan, "start"),
    ]
    assert [answer.status_code for answer in answers] == [status] * 4
    assert Plan.objects.get().state == "draft"


def test_the_queue_takes_the_next_article(as_, page, plan):
    press(as_("manager"), plan, "start")
    assert 'action="/queue/next/"' in page("annotator", "/queue/")
    client = as_("annotator")
    reading = Assignment.objects.filter(pk=client.post("/queue/next/").url.split("/")[-2]).get()
    assert (reading.plan, reading.annotator.username) == (plan, "annotator")
    factories.submitted(reading)
    assert 'action="/queue/next/"' in page("annotator", reading.get_absolute_url())


def test_the_queue_says_why_there_is_nothing(as_, page, plan):
    press(as_("manager"), plan, "start")
    PlanArticle.objects.update(live=5)
    client = as_("annotator")
    assert client.post("/queue/next/").url == "/queue/"
    assert "Overlap: all places are taken." in client.get("/queue/").content.decode()


def test_a_manager_sees_what_was_skipped(as_, page, plan):
    press(as_("manager"), plan, "start")
    client = as_("annotator")
    address = client.post("/queue/next/").url
    client.post(f"{address}skip/", {"reason": "other", "note": "A poem."})
    text = page("manager", f"{PLANS}{plan.pk}/")
    assert "A poem." in text
    assert "0 of 6 taken" in text


def test_the_number_of_queries_does_not_grow(as_, queries, plan, corpus):
    press(as_("manager"), plan, "start")

    def skipped(number):
        for turn in range(number):
            person = factories.user()
            document = factories.document(f"Skipped {turn}", corpus=corpus)
            factories.assignment(document, person, status="skipped", plan=plan)

    skipped(1)
    few = queries("manager", f"{PLANS}{plan.pk}/"), queries("manager", PLANS)
    skipped(20)
    for number in range(20):
        Plan.objects.create(corpus=corpus, name=f"Plan {number}", created_by=plan.created_by)
    assert (queries("manager", f"{PLANS}{plan.pk}/"), queries("manager", PLANS)) == few


def test_without_self_service_annotators_open_nothing(as_, page, texts, people):
    address = f"/articles/{texts[0].article_id}/annotate/"
    manager = as_("manager")
    manager.post(
        "/corpora/reports/settings/team/",
        {"open_at_once": 2, "lapse_days": "", "approve": 0, "practice_tests": 0, "practice_least": 80, "control_share": 10},
    )
    settings = TeamSettings.objects.get()
    assert (settings.self_service, settings.open_at_once, settings.lapse_days) == (False, 2, None)
    assert "self service" in page("manager", "/corpora/reports/settings/")
    answer = as_("annotator").post(address)
    assert answer.status_code == 403
    assert "The articles of this corpus are assigned." in answer.content.decode()
    assert address not in page("annotator", "/corpora/reports/")
    assert address not in page("annotator", f"/articles/{texts[0].article_id}/")
    assert as_("annotator").get("/queue/").context["next"] is None
    assert address in page("reviewer", "/corpora/reports/")
    assert as_("reviewer").post(address).status_code == 302
    factories.assignment(texts[0], people.annotator)
    assert as_("annotator").post(address).status_code == 302


def test_settings_out_of_bounds_are_refused(as_, texts):
    answer = as_("manager").post(
        "/corpora/reports/settings/team/",
        {"open_at_once": 0, "lapse_days": 999, "approve": 101, "practice_tests": 21, "practice_least": 0},
    )
    assert answer.status_code == 200
    assert answer.content.decode().count("errorlist") == 6
    assert not TeamSettings.objects.exists()
    assert as_("annotator").post("/corpora/reports/settings/team/", {"open_at_once": 2}).status_code == 403


def test_a_paused_member_is_offered_nothing(as_, page, corpus, people, texts):
    member = corpus.memberships.get(user=people.annotator)
    as_("manager").post(f"/corpora/reports/members/{member.pk}/work/", {"languages": "", "capacity": "", "paused": "on"})
    member.refresh_from_db()
    assert member.paused
    assert as_("annotator").get("/queue/").context["next"] is None
    assert ">paused<" in page("manager", "/corpora/reports/members/")
    edit = Edit.objects.filter(kind="member").latest("id")
    as_("manager").post(f"/corpora/reports/edits/{edit.pk}/undo/")
    member.refresh_from_db()
    assert not member.paused


def changed(plan, **fields):
    return {"act": "change", "revision": Plan.objects.get().revision, "name": plan.name, **fields}


def test_a_plan_is_changed_on_its_page_with_a_history(as_, page, corpus, people, plan):
    manager, address = as_("manager"), f"{PLANS}{plan.pk}/"
    press(manager, plan, "start")
    member = corpus.memberships.get(user=people.annotator)
    body = changed(plan, name="Second look", due="2031-05-01", people=[member.pk], **{f"weight_{member.pk}": 2})
    assert manager.post(address, body).url == address
    row = Plan.objects.get()
    assert (row.name, str(row.due), list(row.people.values_list("user__username", "weight"))) == (
        "Second look", "2031-05-01", [("annotator", 2)],
    )  # fmt: skip
    text = page("manager", address)
    assert "name <del" in text
    assert "annotator (weight 2)" in text
    assert re.search(rf'name="weight_{member.pk}" value="2"', text)
    assert manager.post(address, changed(row, people=["x"])).status_code == 200, "shown again, with the error"
    press(manager, plan, "finish")
    assert 'value="change"' not in page("manager", address)


def test_the_history_says_of_a_plan_without_people_that_it_is_for_all_annotators(as_, page, corpus, people, texts):
    manager, member = as_("manager"), corpus.memberships.get(user=people.annotator)
    manager.post(PLANS, body())
    plan = Plan.objects.get()
    address = f"{PLANS}{plan.pk}/"
    assert 'people <ins dir="auto">all annotators</ins>' in page("manager", address)
    manager.post(address, changed(plan, people=[member.pk]))
    assert 'people <del dir="auto">all annotators</del> → <ins dir="auto">annotator</ins>' in page("manager", address)
    manager.post(address, changed(Plan.objects.get()))
    text = page("manager", address)
    assert 'people <del dir="auto">annotator</del> → <ins dir="auto">all annotators</ins>' in text
    assert "removed" not in re.search(r'aria-labelledby="edits".*', text, re.DOTALL)[0]


def test_a_page_that_is_out_of_date_changes_nothing(as_, plan):
    manager = as_("manager")
    body = changed(plan, name="Mine")
    manager.post(f"{PLANS}{plan.pk}/", changed(plan, name="Theirs"))
    answer = manager.post(f"{PLANS}{plan.pk}/", body)
    assert answer.status_code == 409
    assert "Somebody else has changed the plan meanwhile." in answer.content.decode()
    assert Plan.objects.get().name == "Theirs"


def test_the_due_date_of_a_reading_is_changed_from_the_page_of_its_article(as_, page, texts, people):
    reading = factories.assignment(texts[0], people.annotator)
    address = f"/annotate/{reading.pk}/due/"
    assert address in page("manager", f"/articles/{texts[0].article_id}/")
    assert address not in page("reviewer", f"/articles/{texts[0].article_id}/")
    assert as_("manager").post(address, {"due": "soon"}).status_code == 200
    assert as_("manager").post(address, {"due": "2031-05-01"}).url == texts[0].article.get_absolute_url()
    assert "2031-05-01" in page("manager", f"/articles/{texts[0].article_id}/")
    assert "<ins" in page("manager", address)
    assert "Due date changed: 2031-05-01" in page("annotator", "/notices/")
