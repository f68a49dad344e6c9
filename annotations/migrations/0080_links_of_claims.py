"""A claim denies or confirms another of the same reading: links have claims as ends, and none of another assignment."""

from django.db import migrations, models
from django.db.models import F, Q, deletion

KINDS = ("span", "event", "claim")
ENDS = [f"{end}_{kind}" for kind in KINDS for end in ("source", "target")]
CONDITION = Q()
for kind in KINDS:
    there = {f"{end}__isnull": not end.endswith(kind) for end in ENDS}
    CONDITION |= Q(**there) & ~Q(**{f"source_{kind}": F(f"target_{kind}")})


def claim(end: str) -> migrations.AddField:
    field = models.ForeignKey(
        "annotations.claim",
        blank=True,
        null=True,
        db_constraint=False,
        on_delete=deletion.PROTECT,
        related_name="links_out" if end == "source" else "links_in",
    )
    return migrations.AddField(model_name="link", name=f"{end}_claim", field=field)


def within(end: str) -> migrations.RunSQL:
    """Of the same assignment, checked at the end of the transaction, as of marks and events."""
    name = f"link_{end}_claim_of_assignment"
    return migrations.RunSQL(
        f"ALTER TABLE annotations_link ADD CONSTRAINT {name} FOREIGN KEY ({end}_claim_id, assignment_id) "
        "REFERENCES annotations_claim (id, assignment_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE annotations_link DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("annotations", "0079_chances_of_plans")]

    operations = [
        migrations.RemoveConstraint(model_name="link", name="link_two_of_a_kind"),
        migrations.RemoveConstraint(model_name="link", name="link_once"),
        claim("source"),
        claim("target"),
        migrations.AddConstraint(
            model_name="link", constraint=models.CheckConstraint(condition=CONDITION, name="link_two_of_a_kind")
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(fields=("type", *ENDS), name="link_once", nulls_distinct=False),
        ),
        migrations.AlterModelOptions(
            name="link",
            options={"ordering": ["assignment", "id"], "verbose_name": "link", "verbose_name_plural": "links"},
        ),
        within("source"),
        within("target"),
    ]
