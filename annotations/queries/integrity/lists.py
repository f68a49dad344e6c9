"""Sanctions lists: what constraints make impossible, asked of the rows themselves, as of texts and marks."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.queries.integrity import soundness
from annotations.queries.integrity.fault import Fault
from corpus.models import Corpus

# What holds of an entity and an entry: what was decided last; after a merge also under the id that is gone, until somebody
# decides about the one that was kept; and since a merge was undone, which gives links back, all that was decided before.
# One that is being merged away is not asked; and a link without any decision is none that differs: nothing is known of it.
LINKS = """WITH RECURSIVE merged AS (SELECT gone, kept, at FROM annotations_merge WHERE undone_at IS NULL
    UNION SELECT f.gone, m.kept, m.at FROM merged f JOIN annotations_merge m ON m.gone = f.kept AND m.undone_at IS NULL
), made AS (SELECT d.entity, d.list, d.entry, d.match, d.at, d.source, u.at AS undone,
    max(d.at) OVER (PARTITION BY d.entity, d.list, d.entry) AS last FROM registry_decision d
    LEFT JOIN (SELECT kept, max(undone_at) AS at FROM annotations_merge GROUP BY kept) u ON u.kept = d.entity
    WHERE d.list <> '' AND d.match <> 'proposed'
), latest AS (SELECT * FROM made WHERE at = last OR last <= undone
), holding AS (SELECT entity, list, entry, match FROM latest UNION ALL SELECT m.kept, d.list, d.entry, d.match
    FROM latest d JOIN merged m ON m.gone = d.entity WHERE NOT EXISTS (
        SELECT FROM merged f JOIN latest n ON n.entity = f.kept AND n.list = d.list AND n.entry = d.entry
        WHERE f.gone = d.entity AND (n.at >= f.at OR n.source = 'merge'))
) SELECT 'link', l.id, l.list || ' ' || l.entry || ' is ' || l.match || ', decided was '
    || coalesce(string_agg(DISTINCT h.match, ' or ') FILTER (WHERE h.match <> 'withdrawn'), 'withdrawn')
    || ', for “' || e.name || '”', e.corpus_id
FROM registry_listlink l JOIN registry_entity e ON e.id = l.entity_id
JOIN holding h ON h.entity = l.entity_id AND h.list = l.list AND h.entry = l.entry
WHERE NOT EXISTS (SELECT FROM merged m WHERE m.gone = l.entity_id) GROUP BY l.id, e.id HAVING NOT bool_or(h.match = l.match)"""
# Rows: what it is, its id, what is there, the corpus of an own list.
CHECKS = {
    "the file of each list version matches its hash": (
        "SELECT 'file', f.id, l.code || ', sha256 is ' || f.sha256, l.corpus_id FROM registry_listfile f "
        "JOIN registry_sanctionslist l ON l.id = f.list_id WHERE f.sha256 <> encode(sha256(f.content), 'hex')"
    ),
    "the file of each list version is kept": (
        "SELECT 'version', v.id, l.code || ' ' || v.number, l.corpus_id FROM registry_listversion v "
        "JOIN registry_listfile f ON f.id = v.file_id JOIN registry_sanctionslist l ON l.id = v.list_id "
        "WHERE f.content IS NULL AND v.state IN ('held', 'current', 'past')"
    ),
    "each list that was loaded has one current version": (
        "SELECT 'list', l.id, l.code || ' has ' || count(*) FILTER (WHERE v.state = 'current'), l.corpus_id "
        "FROM registry_sanctionslist l JOIN registry_listversion v ON v.list_id = l.id "
        "GROUP BY l.id HAVING count(*) FILTER (WHERE v.state = 'current') > 1 OR "
        "count(*) FILTER (WHERE v.state = 'past') > 0 AND count(*) FILTER (WHERE v.state = 'current') = 0"
    ),
    "each list entry has one row in a version": (
        "SELECT 'entry', e.id, l.code || ' ' || e.ref || ' in ' || e.versions, l.corpus_id FROM ("
        "SELECT *, lag(upper(versions)) OVER (PARTITION BY list_id, ref ORDER BY versions) AS before FROM registry_listentry) e "
        "JOIN registry_sanctionslist l ON l.id = e.list_id WHERE e.before > lower(e.versions)"
    ),
    "each list version has the entries that it counted": (
        "SELECT 'version', v.id, l.code || ' ' || v.number || ' counted ' || v.entry_count || ', has ' || coalesce(n.entries, 0), "
        "l.corpus_id FROM registry_listversion v JOIN registry_sanctionslist l ON l.id = v.list_id LEFT JOIN LATERAL ("
        "SELECT count(*) AS entries FROM registry_listentry e WHERE e.list_id = v.list_id AND e.versions @> v.number::int) n ON true "
        "WHERE v.state IN ('held', 'current', 'past') AND v.entry_count <> coalesce(n.entries, 0)"
    ),
    "each listed name has keys": (
        "SELECT 'entry', e.id, l.code || ' ' || e.ref || ', keys of ' || n.text, l.corpus_id FROM registry_listedname n "
        "JOIN registry_listentry e ON e.id = n.entry_id JOIN registry_sanctionslist l ON l.id = e.list_id "
        "LEFT JOIN (SELECT DISTINCT unnest(names) AS id FROM registry_listednamekey) k ON k.id = n.id "
        "WHERE n.text ~ '[[:alnum:]]' AND k.id IS NULL"
    ),
    "each key of a list has names of that list": (
        "SELECT 'list', l.id, l.code || ', name ' || k.name, l.corpus_id "
        "FROM (SELECT DISTINCT of_list, unnest(names) AS name FROM registry_listednamekey) k "
        "JOIN registry_sanctionslist l ON l.id = k.of_list LEFT JOIN registry_listedname n ON n.id = k.name "
        "LEFT JOIN registry_listentry e ON e.id = n.entry_id WHERE e.list_id IS DISTINCT FROM k.of_list"
    ),
    "each link to a list entry is what was decided last": LINKS,
}


def faults(corpus: Corpus | None) -> Iterator[Fault]:
    yield from soundness.faults(corpus, CHECKS)
