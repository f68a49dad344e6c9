"""What the register says of an event, as SQL: an entry `{e}` beside a measure `m`, its paragraph `p` and the effect `x` of that.

What `annotations.derived.law_scope` says of one article in Python is said here again of all of them; a test holds both together.
"""

from __future__ import annotations

REGISTER = """LEFT JOIN registry_paragraph p ON p.measure_id = m.id AND p.number = c.paragraph
    LEFT JOIN registry_paragrapheffect x ON x.code = p.effect"""
# First and last day: of the paragraph, else of the measure; nothing holds before it is adopted.
FIRST = "greatest(m.adopted, coalesce(p.in_force_from, m.in_force_from))"
LAST = "coalesce(p.in_force_to, m.in_force_to)"
HAPPENED = "({e}.status IN ('happened', 'ongoing') AND {e}.polarity <> 'negative')"
# What an effect requires is an event type, or type and value.
REQUIRED = """EXISTS (SELECT FROM unnest(x.requires) w WHERE split_part(w, ':', 1) = {e}.type AND (strpos(w, ':') = 0
    OR split_part(w, ':', 2) IN (SELECT v.value FROM jsonb_each_text({e}.attributes) v)))"""
# A country of the measure fills one of the roles of a rule; without roles, any.
WITH_COUNTRY = """EXISTS (SELECT FROM annotations_argument g JOIN annotations_role ro ON ro.id = g.role_id
    LEFT JOIN annotations_span s ON s.id = g.span_id JOIN registry_entity y ON y.id = coalesce(g.entity_id, s.entity_id)
    WHERE g.event_id = {e}.event AND y.countries && m.countries
        AND (coalesce(r.rule -> 'roles', '[]') = '[]' OR r.rule -> 'roles' @> to_jsonb(ro.code)))"""
# 2: is so; 1: is not stated; 0: is otherwise. The least of its parts is what a rule comes to.
ATTRIBUTES = """coalesce((SELECT min(CASE WHEN coalesce({e}.attributes -> w.key, 'null') IN ('null', '[]', '""') THEN 1
    WHEN w.value @> ({e}.attributes -> w.key) THEN 2 ELSE 0 END) FROM jsonb_each(coalesce(r.rule -> 'where', '{}')) w), 2)"""
NAMED_GOODS = """SELECT ' ' || lower(btrim(regexp_replace(n.name, '[[:space:]]+', ' ', 'g'))) || ' ' AS words FROM jsonb_each({e}.attributes) a
    CROSS JOIN LATERAL jsonb_array_elements_text(CASE jsonb_typeof(a.value) WHEN 'array' THEN a.value ELSE '[]' END) n(name)"""
GOODS = f"""CASE WHEN coalesce(r.rule -> 'goods', '[]') = '[]' THEN 2
    WHEN EXISTS (SELECT FROM ({NAMED_GOODS}) named JOIN jsonb_array_elements_text(r.rule -> 'goods') w(goods)
        ON strpos(named.words, ' ' || lower(w.goods) || ' ') > 0) THEN 2
    WHEN EXISTS ({NAMED_GOODS}) THEN 0 ELSE 1 END"""
SINCE = """CASE WHEN r.rule ->> 'from' IS NULL OR {e}.earliest >= (r.rule ->> 'from')::date THEN 2
    WHEN {e}.earliest IS NULL OR {e}.latest IS NULL OR {e}.latest >= (r.rule ->> 'from')::date THEN 1 ELSE 0 END"""
# Whether the paragraph is about such events, by the best of its rules.
FIT = f"""coalesce((SELECT max(least({ATTRIBUTES}, {GOODS}, {SINCE})) FROM jsonb_array_elements(p.applies_to) r(rule)
    WHERE r.rule ->> 'label' = {{e}}.type AND {HAPPENED} AND {WITH_COUNTRY}), 0)"""  # noqa: S608 - of our own words
# Of an event without days: its article is older than the paragraph.
OVER = f"({HAPPENED} AND upper({{e}}.possible) <= {FIRST})"
# Whether the days leave open on which side of the first day or of the deadline it was.
OPEN = f"""({{e}}.earliest IS NULL OR {{e}}.earliest < {FIRST} OR ({HAPPENED} AND {{e}}.earliest <= p.deadline
    AND ({{e}}.latest IS NULL OR {{e}}.latest > p.deadline)))"""
# None where the register has no such paragraph, or does not say what it does or is about.
VERDICT = f"""(SELECT CASE
    WHEN {{e}}.latest < {FIRST} THEN 'before'
    WHEN {{e}}.earliest > {LAST} THEN 'after'
    WHEN x.id IS NULL AND s.fit = 0 THEN NULL
    WHEN NOT s.is_required AND s.fit = 0 THEN 'not_required'
    WHEN {OVER} THEN 'before'
    WHEN {OPEN} OR NOT s.is_required AND s.fit = 1 THEN 'open'
    WHEN {HAPPENED} AND {{e}}.earliest > p.deadline THEN 'after_deadline'
    WHEN s.is_required THEN 'required' ELSE 'falls_under' END
    FROM (SELECT {FIT} AS fit, {REQUIRED} AS is_required OFFSET 0) s)"""  # noqa: S608 - of our own words
