"""Links that end: an invitation makes an account or a membership, a password link a new password. Each works once."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.db.models import F
from django.test import Client

from config.logs import OneLine
from corpus.edits import links
from corpus.edits.history import EditError
from corpus.models import Edit, Invitation, Membership, PasswordLink, Token
from corpus.models.evidence import EvidenceLog
from tests import factories

PASSWORD = "correct horse battery"
ACCOUNT = {"username": "jun", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def corpus(db, fast_hashing):
    return factories.corpus("reports")


@pytest.fixture
def mina(corpus):
    return factories.membership(corpus, factories.user("mina"), "manager").user


@pytest.fixture
def page(client, mina):
    client.force_login(mina)
    return client


def link_in(answer):
    return re.search(r'id="secret"[^>]*>http://testserver([^<]+)<', answer.content.decode())[1]


def invited(page, role="annotator"):
    return link_in(page.post("/corpora/reports/invitations/", {"role": role, "note": "Jun", "days": "7"}))


def test_a_colleague_makes_an_account_by_the_link_and_works_at_once(page, corpus):
    link, colleague = invited(page), Client()
    secret = link.split("/")[2]
    assert secret not in Invitation.objects.get().digest
    assert secret not in page.get("/corpora/reports/members/").content.decode()
    assert b"mina invites you as annotator" in colleague.get(link).content
    assert colleague.post(link, ACCOUNT).url == "/corpora/reports/"
    assert colleague.get("/corpora/reports/").context["role"] == "annotator"
    assert Client().post("/login/", {"username": "jun", "password": PASSWORD}).status_code == 302
    assert Client().get(link).status_code == 410
    edits = Edit.objects.order_by("id").values_list("kind", "user__username")
    assert list(edits) == [("invitation", "mina"), ("member", "jun"), ("invitation", "jun")]


def test_a_person_with_an_account_joins_with_it(page, corpus):
    link, person = invited(page, "viewer"), Client()
    person.force_login(factories.user("jun"))
    assert b"Join as jun" in person.get(link).content
    person.post(link)
    assert corpus.memberships.get(user__username="jun").role == "viewer"


def test_a_member_does_not_use_it_up(page, corpus, mina):
    link = invited(page, "viewer")
    assert b"already a member" in page.post(link).content
    assert corpus.memberships.get(user=mina).role == "manager"
    assert Invitation.objects.usable().exists()


@pytest.mark.parametrize("end", ["expired", "revoked", "maker is no manager", "maker is inactive", "another secret"])
def test_a_link_that_has_ended_makes_no_account(page, corpus, mina, end):
    link = invited(page)
    if end == "expired":
        Invitation.objects.update(created=F("created") - timedelta(days=7), expires=F("expires") - timedelta(days=7))
    elif end == "revoked":
        page.post(f"/corpora/reports/invitations/{Invitation.objects.get().pk}/revoke/")
    elif end == "maker is no manager":
        Membership.objects.update(role="reviewer")
    elif end == "maker is inactive":
        get_user_model().objects.filter(pk=mina.pk).update(is_active=False)
    else:
        link = "/invitations/another/"
    assert Client().post(link, ACCOUNT).status_code == 410
    assert get_user_model().objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"password1": "short", "password2": "short"}, "password2"),
        ({"username": "MINA"}, "username"),
        ({"username": "import.jun"}, "username"),
    ],
)
def test_an_account_follows_the_rules_of_all_accounts(page, fields, field):
    answer = Client().post(invited(page), ACCOUNT | fields)
    assert list(answer.context["form"].errors) == [field]
    assert Invitation.objects.usable().exists()


def test_guessing_is_slowed_down_for_its_network_only(page):
    link = invited(page)
    statuses = [Client().post("/invitations/guess/", REMOTE_ADDR="203.0.113.9").status_code for _ in range(6)]
    assert statuses == [410] * 5 + [429]
    assert Client().post(link, ACCOUNT).status_code == 302


# Passwords


@pytest.fixture
def jun(page, corpus):
    Client().post(invited(page), ACCOUNT)
    return get_user_model().objects.get(username="jun")


def password_link(page, corpus, person):
    return page.post(f"/corpora/reports/members/{corpus.memberships.get(user=person).pk}/password/")


def test_a_member_sets_a_new_password_by_a_link_of_the_manager(page, corpus, jun):
    token, _ = Token.issue(jun, "mirror", ["read"])
    link, other = link_in(password_link(page, corpus, jun)), Client()
    new = {"new_password1": "staple battery horse", "new_password2": "staple battery horse"}
    assert other.post(link, new).url == "/login/"
    assert "_auth_user_id" not in other.session
    token.refresh_from_db()
    jun.refresh_from_db()
    assert token.revoked
    assert jun.check_password("staple battery horse")
    assert Client().post(link, new).status_code == 410
    assert list(Edit.objects.filter(kind="password").values_list("user__username", flat=True)) == ["jun", "mina"]


def test_a_newer_link_ends_the_older(page, corpus, jun):
    older, newer = (link_in(password_link(page, corpus, jun)) for _ in range(2))
    assert [Client().get(link).status_code for link in (older, newer)] == [410, 200]


def staff(jun, corpus):
    get_user_model().objects.filter(pk=jun.pk).update(is_staff=True)


def superuser(jun, corpus):
    get_user_model().objects.filter(pk=jun.pk).update(is_superuser=True)


def inactive(jun, corpus):
    get_user_model().objects.filter(pk=jun.pk).update(is_active=False)


def of_another_corpus(jun, corpus):
    factories.membership(factories.corpus("foreign"), jun, "viewer")


def never_invited(jun, corpus):
    Invitation.objects.filter(accepted_by=jun).delete()


def gone(jun, corpus):
    Membership.objects.filter(user=jun).delete()


def maker_gone(jun, corpus):
    Membership.objects.filter(user__username="mina").update(role="reviewer")


@pytest.mark.parametrize("change", [staff, superuser, inactive, of_another_corpus, never_invited, gone, maker_gone])
def test_nobody_gets_more_by_the_password_of_another(page, corpus, mina, jun, change):
    """Neither a link that is made then, nor one that was made before."""
    link = link_in(password_link(page, corpus, jun))
    change(jun, corpus)
    assert Client().get(link).status_code == 410
    assert not links.resettable(corpus, mina).exists()
    PasswordLink.objects.all().delete()
    membership = corpus.memberships.filter(user=jun).first()
    if membership:
        page.post(f"/corpora/reports/members/{membership.pk}/password/")
    assert not PasswordLink.objects.exists()


def test_a_manager_changes_her_own_with_the_old_one(page, corpus, mina):
    with pytest.raises(EditError, match="Only an administrator"):
        links.make_password_link(corpus, mina, mina)


def test_a_page_of_a_link_tells_nobody_its_address_and_no_log_has_it(page, corpus, jun, caplog):
    invitation = invited(page)
    password = link_in(password_link(page, corpus, jun))
    strict = Client(enforce_csrf_checks=True)
    caplog.handler.setFormatter(OneLine("%(message)s"))
    for link in (invitation, password):
        for answer in (
            strict.get(link),
            strict.get(f"{link[:-1]}x/"),
            strict.post(link, {}, headers={"Origin": "https://evil.test"}),
        ):
            policy = answer.headers["Referrer-Policy"]
            assert policy == ("same-origin" if answer.status_code == 403 else "strict-origin")
    assert caplog.text.count("Gone: ") == 2
    assert caplog.text.count("Forbidden (") == 2
    secrets = {link.split("/")[2] for link in (invitation, password)}
    assert not any(secret in caplog.text for secret in secrets)
    kept = [str(row) for model in (Edit, Invitation, PasswordLink, LogEntry, EvidenceLog) for row in model.objects.values()]
    assert kept
    assert not any(secret in row for secret in secrets for row in kept)
