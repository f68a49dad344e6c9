"""What happened, for superusers to read: edits, failed log-ins, background jobs."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from corpus.models import LoginFailure, Outlet
from tests import everything
from tests.staff import address, form_of, texts_of


@pytest.fixture
def jobs(db):
    everything.one_job(1)
    return ProcrastinateJob.objects.all()


@pytest.mark.parametrize("model", [LogEntry, LoginFailure, ProcrastinateJob], ids=lambda model: model.__name__)
def test_a_log_is_read_by_superusers_and_written_by_nobody(model, ours, as_administrator, as_manager):
    everything.one_of_each(ours)
    row = model._base_manager.first()
    assert as_administrator.get(address(model, "change", row.pk)).status_code == 200
    assert as_administrator.post(address(model, "change", row.pk), {}).status_code == 403
    assert as_administrator.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert as_administrator.get(address(model, "add")).status_code == 403
    assert as_manager.get(address(model, "changelist")).status_code == 403


def test_every_edit_in_the_admin_is_in_the_log(ours, manager, as_manager, as_administrator):
    as_manager.post(address(Outlet, "add"), {"corpus": ours.pk, "name": "New Wire"})
    outlet = Outlet.objects.get()
    page = address(Outlet, "change", outlet.pk)
    as_manager.post(page, form_of(as_manager.get(page)) | {"name": "Old Wire"})
    as_manager.post(address(Outlet, "delete", outlet.pk), {"post": "yes"})
    entries = LogEntry.objects.order_by("pk")
    assert [(entry.user, entry.get_action_flag_display()) for entry in entries] == [
        (manager, "Addition"),
        (manager, "Change"),
        (manager, "Deletion"),
    ]
    text = texts_of(as_administrator.get(address(LogEntry, "changelist")))
    assert "Old Wire" in text
    assert "Changed Name." in text


def test_the_latest_edits_stand_on_the_index(ours, as_manager):
    as_manager.post(address(Outlet, "add"), {"corpus": ours.pk, "name": "New Wire"})
    text = texts_of(as_manager.get("/admin/"))
    assert "Your latest edits" in text
    assert "New Wire" in text


def test_a_failed_job_is_tried_again(jobs, as_administrator):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    data = {"action": "retry", "_selected_action": [job.pk for job in jobs]}
    as_administrator.post(address(ProcrastinateJob, "changelist"), data)
    assert ProcrastinateJob.objects.get().status == "todo"


def test_the_arguments_of_a_job_are_shown(jobs, as_administrator):
    assert "&quot;number&quot;: 1" in texts_of(as_administrator.get(address(ProcrastinateJob, "change", jobs[0].pk)))


def test_the_page_of_jobs_is_ours_without_inline_style(jobs, as_administrator):
    assert type(admin.site.get_model_admin(ProcrastinateJob)).__module__ == "corpus.admin.jobs"
    assert "style=" not in texts_of(as_administrator.get(address(ProcrastinateJob, "changelist")))


def test_the_password_page_is_the_one_of_the_site(as_manager):
    response = as_manager.get("/admin/password_change/")
    assert response.status_code == 302
    assert response["Location"] == "/password/"


def test_the_index_of_an_app_is_the_index(as_manager):
    assert as_manager.get("/admin/corpus/")["Location"] == "/admin/"
