"""Notices of people, their choices, and digests by mail. A new text of an article is noticed by a trigger, since texts come in below this app."""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


# Deferred to the end of the transaction: the row that says who imported the text may be written after it.
NOTIFIES = """
CREATE FUNCTION attest_notify_of_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO annotations_notice (user_id, corpus_id, kind, in_app, article_id)
    SELECT u.id, NEW.corpus_id, 'text', coalesce(c.in_app, true), NEW.article_id
    FROM auth_user u LEFT JOIN annotations_noticechoice c ON c.user_id = u.id AND c.kind = 'text'
    WHERE u.is_active AND (c.id IS NULL OR c.in_app OR c.mail <> 'off')
        AND u.id IN (SELECT a.annotator_id FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id
            WHERE d.article_id = NEW.article_id AND d.id <> NEW.id)
        AND NOT EXISTS (SELECT FROM corpus_intakeitem i JOIN corpus_intake n ON n.id = i.intake_id
            WHERE i.document_id = NEW.id AND n.user_id = u.id)
    ORDER BY u.id ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER notify_of_text AFTER INSERT ON corpus_document DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.version > 1) EXECUTE FUNCTION attest_notify_of_text();
"""
FORGETS = """
DROP TRIGGER notify_of_text ON corpus_document;
DROP FUNCTION attest_notify_of_text();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0040_scheme_changes"),
        ("corpus", "0027_paused_members_and_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeDigest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sent", "sent"),
                            ("unconfirmed", "sent, but the mail server broke the connection before it confirmed this"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claimed", models.DateTimeField(blank=True, help_text="When a process began the present try.", null=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "verbose_name": "digest",
                "ordering": ["-at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "Assigned to me"),
                            ("due", "Due in two days"),
                            ("late", "Late"),
                            ("returned", "Returned to me"),
                            ("lapsed", "Lapsed"),
                            ("question", "Question"),
                            ("answer", "Answer to my question"),
                            ("resolved", "Question resolved"),
                            ("approved", "My annotations approved"),
                            ("adjudicated", "My annotations adjudicated"),
                            ("guideline", "Guideline changed"),
                            ("text", "New text of an article"),
                            ("skips", "Skipped by two annotators"),
                            ("plan", "Plan done"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(blank=True, help_text="Articles that were assigned, or differences.", null=True),
                ),
                ("in_app", models.BooleanField(help_text="Off: for the mail alone.")),
                ("read", models.DateTimeField(blank=True, null=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "article",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="corpus.article"
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.assignment",
                    ),
                ),
                ("corpus", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="corpus.corpus")),
                (
                    "guideline",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.guideline",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.plan",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.thread",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "digest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="annotations.noticedigest",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="NoticeSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mail", models.BooleanField(default=True, help_text="Off: no mail, whatever is chosen for a kind.")),
                ("corpus_names", models.BooleanField(default=True, help_text="Names of corpora in mails.")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "notice settings",
                "verbose_name_plural": "notice settings",
                "ordering": ["user"],
            },
        ),
        migrations.CreateModel(
            name="NoticeChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "Assigned to me"),
                            ("due", "Due in two days"),
                            ("late", "Late"),
                            ("returned", "Returned to me"),
                            ("lapsed", "Lapsed"),
                            ("question", "Question"),
                            ("answer", "Answer to my question"),
                            ("resolved", "Question resolved"),
                            ("approved", "My annotations approved"),
                            ("adjudicated", "My annotations adjudicated"),
                            ("guideline", "Guideline changed"),
                            ("text", "New text of an article"),
                            ("skips", "Skipped by two annotators"),
                            ("plan", "Plan done"),
                        ],
                        max_length=12,
                    ),
                ),
                ("in_app", models.BooleanField()),
                ("mail", models.CharField(choices=[("off", "off"), ("daily", "daily"), ("weekly", "weekly")], max_length=6)),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["user", "kind"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "kind"), name="noticechoice_once"),
                    models.CheckConstraint(
                        condition=models.Q(("mail__in", ["off", "daily", "weekly"])), name="noticechoice_mail"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "assigned",
                                    "due",
                                    "late",
                                    "returned",
                                    "lapsed",
                                    "question",
                                    "answer",
                                    "resolved",
                                    "approved",
                                    "adjudicated",
                                    "guideline",
                                    "text",
                                    "skips",
                                    "plan",
                                ],
                            )
                        ),
                        name="noticechoice_kind",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="noticedigest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")), fields=("user",), name="noticedigest_one_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticedigest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "sent", "unconfirmed", "failed"])), name="noticedigest_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticedigest",
            constraint=models.CheckConstraint(condition=models.Q(("tries__lte", 5)), name="noticedigest_tries"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["user", "-at", "-id"], name="notice_newest"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("in_app", True), ("read__isnull", True)), fields=["user", "corpus"], name="notice_unread"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("read__isnull", True)),
                fields=("user", "kind", "corpus", "assignment", "thread", "guideline", "article", "plan"),
                name="notice_once_until_read",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("article__isnull", True),
                        ("assignment__isnull", True),
                        ("guideline__isnull", True),
                        ("kind__in", ["assigned"]),
                        ("plan__isnull", True),
                        ("thread__isnull", True),
                    ),
                    models.Q(
                        ("article__isnull", True),
                        ("assignment__isnull", False),
                        ("guideline__isnull", True),
                        ("kind__in", ["due", "late", "returned", "lapsed", "approved", "adjudicated"]),
                        ("plan__isnull", True),
                        ("thread__isnull", True),
                    ),
                    models.Q(
                        ("article__isnull", True),
                        ("assignment__isnull", True),
                        ("guideline__isnull", True),
                        ("kind__in", ["question", "answer", "resolved"]),
                        ("plan__isnull", True),
                        ("thread__isnull", False),
                    ),
                    models.Q(
                        ("article__isnull", True),
                        ("assignment__isnull", True),
                        ("guideline__isnull", False),
                        ("kind__in", ["guideline"]),
                        ("plan__isnull", True),
                        ("thread__isnull", True),
                    ),
                    models.Q(
                        ("article__isnull", False),
                        ("assignment__isnull", True),
                        ("guideline__isnull", True),
                        ("kind__in", ["text", "skips"]),
                        ("plan__isnull", True),
                        ("thread__isnull", True),
                    ),
                    models.Q(
                        ("article__isnull", True),
                        ("assignment__isnull", True),
                        ("guideline__isnull", True),
                        ("kind__in", ["plan"]),
                        ("plan__isnull", False),
                        ("thread__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="notice_kind_has_its_subject",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "assigned"), ("number__gte", 1), ("number__isnull", False)),
                    models.Q(("kind", "adjudicated"), ("number__isnull", False)),
                    models.Q(models.Q(("kind__in", ["assigned", "adjudicated"]), _negated=True), ("number__isnull", True)),
                    _connector="OR",
                ),
                name="notice_number",
            ),
        ),
        migrations.RunSQL(NOTIFIES, FORGETS),
    ]
