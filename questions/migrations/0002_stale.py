"""What makes entries stale: a change of an assignment, of what an article is said to be, of who speaks for an outlet.

A save adds one row here and looks nothing up. The rows of one statement are added together.
"""

from django.db import migrations

# Of the articles {articles}.
OF_ARTICLES = """INSERT INTO questions_stale (assignment) SELECT a.id FROM annotations_assignment a
        JOIN corpus_document d ON d.id = a.document_id WHERE d.article_id {articles}"""
OF_OUTLETS = OF_ARTICLES.format(articles="IN (SELECT id FROM corpus_article WHERE outlet_id IN ({outlets}))")
FUNCTION = """
CREATE FUNCTION questions_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {does};
    RETURN NULL;
END $$;
CREATE TRIGGER {name} AFTER {event} ON {table} {rows} EXECUTE FUNCTION questions_{name}();
"""
ASSIGNMENT, ARTICLE, ENTITY = "annotations_assignment", "corpus_article", "registry_entity"
ADDED = "REFERENCING NEW TABLE AS added FOR EACH STATEMENT"
GONE = "REFERENCING OLD TABLE AS gone FOR EACH STATEMENT"
ARTICLE_FACTS = ("copy_of_id", "cluster_id", "outlet_id", "published_earliest", "published_latest")
# Name → table, event, for which rows, what it does.
TRIGGERS = {
    "assignments_made": (ASSIGNMENT, "INSERT", ADDED, "INSERT INTO questions_stale (assignment) SELECT id FROM added"),
    "assignments_gone": (
        ASSIGNMENT,
        "DELETE",
        GONE,
        """INSERT INTO questions_stale (assignment) SELECT id FROM gone UNION SELECT a.id FROM gone g
        JOIN corpus_document t ON t.id = g.document_id JOIN corpus_document d ON d.article_id = t.article_id
        JOIN annotations_assignment a ON a.document_id = d.id""",
    ),
    "assignment_changed": (
        ASSIGNMENT,
        "UPDATE OF revision, status",
        "FOR EACH ROW WHEN (NEW.revision <> OLD.revision OR NEW.status <> OLD.status)",
        "INSERT INTO questions_stale (assignment) VALUES (NEW.id)",
    ),
    "article_changed": (
        ARTICLE,
        f"UPDATE OF {', '.join(ARTICLE_FACTS)}",
        "FOR EACH ROW WHEN (" + " OR ".join(f"NEW.{fact} IS DISTINCT FROM OLD.{fact}" for fact in ARTICLE_FACTS) + ")",
        OF_ARTICLES.format(articles="= NEW.id"),
    ),
    "narrators_made": (
        ENTITY,
        "INSERT",
        ADDED,
        OF_OUTLETS.format(outlets="SELECT outlet_id FROM added WHERE outlet_id IS NOT NULL"),
    ),
    "narrators_gone": (
        ENTITY,
        "DELETE",
        GONE,
        OF_OUTLETS.format(outlets="SELECT outlet_id FROM gone WHERE outlet_id IS NOT NULL"),
    ),
    "narrator_changed": (
        ENTITY,
        "UPDATE OF outlet_id",
        "FOR EACH ROW WHEN (NEW.outlet_id IS DISTINCT FROM OLD.outlet_id)",
        OF_OUTLETS.format(outlets="NEW.outlet_id, OLD.outlet_id"),
    ),
}


def made() -> str:
    return "".join(
        FUNCTION.format(name=name, table=table, event=event, rows=rows, does=does)
        for name, (table, event, rows, does) in TRIGGERS.items()
    )


def dropped() -> str:
    return "".join(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION questions_{name}();" for name, (table, *_) in TRIGGERS.items())


# What was marked before is indexed by the worker, like everything else.
ALL = "INSERT INTO questions_stale (assignment) SELECT id FROM annotations_assignment"


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0001_initial"),
        ("annotations", "0019_imported_documents"),
        ("registry", "0008_squeezed_names"),
    ]

    operations = [migrations.RunSQL(made(), dropped()), migrations.RunSQL(ALL, migrations.RunSQL.noop)]
