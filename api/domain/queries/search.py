"""Finding words in several concepts at once, in what the reader sees, in one statement.

Accents, capitals and French endings do not matter (`search_words`), and a title is also found by words that
only resemble it (`pg_trgm`), so that one mistyped letter hides nothing.
"""

from collections.abc import Sequence
from typing import Any

import orjson

from api.domain.policy import grants_of
from api.domain.resources.base import Resource
from api.domain.resources.catalogue import BY_NAME
from api.domain.rights.shown_rows import pattern_of, uses_plain_tables
from api.domain.rights.visibility import reader_group_of
from api.domain.schemas.search import FoundKind, Match, SearchAnswer
from api.domain.sql.reader import Reader

Connection = Any
MOST = 50
ALIKE_ENOUGH = "0.38"
"""The least `word_similarity` of a title: two letters changed places in a word of eight are found."""
MOST_LOOKED_AT = 1_000
"""Of one kind, where no workspace bounds how much there is: those whose title says the words come first."""
SHORTEST_TYPED = 4
"""Shorter words resemble too much."""


async def search(
    connection: Connection, reader: Reader, words: str, kinds: Sequence[FoundKind], most: int
) -> SearchAnswer:
    """At most `most` things that say or resemble the words, of the kinds asked (all when none is)."""
    asked = [BY_NAME[kind] for kind in (kinds or list(FoundKind))]
    readable = [r for r in asked if grants_of(reader.actor, f"{r.name}:read") and reader.sees(r, r.search[0])]
    if not readable or not words.strip():
        return SearchAnswer(items=[], has_more=False)
    sql = _statement(reader, readable, words, most)
    await connection.execute(f"set local pg_trgm.word_similarity_threshold = {ALIKE_ENOUGH}")
    rows = await connection.fetch(sql, *reader.binds.values)
    items = [orjson.loads(row[0]) for row in rows]
    return SearchAnswer.model_validate({"items": items[:most], "has_more": len(items) > most})


def _statement(reader: Reader, resources: Sequence[Resource], words: str, most: int) -> str:
    asked = reader.binds(words, "text")
    each = " union all ".join(_matches_sql(reader, resource, asked, len(words.strip()), most) for resource in resources)
    return f"""with found as materialized (
        select * from ({each}) x
        order by array_position('{{{",".join(Match)}}}', match), alike desc, sort_text(title), id
        limit {reader.binds(most + 1, "bigint")})
    select json_build_object('kind', kind, 'id', id, 'href', href, 'title', title, 'match', match,
        'planIds', {_plans(reader, resources)})::text
    from found order by array_position('{{{",".join(Match)}}}', match), alike desc, sort_text(title), id"""


def _matches_sql(reader: Reader, resource: Resource, asked: str, length: int, most: int) -> str:
    """The rows of one concept that match, each with how well."""
    t = "t"
    if reader_group_of(reader.actor, resource) and all(reader.sees(resource, column) for column in resource.search):
        return _shown_found(reader, resource, asked, length, most)
    rows, seen = reader.rows(resource, t)
    title, *more = [column for column in resource.search if reader.sees(resource, column)]
    shown = f"{t}.{title}"
    texts = " || ' ' || ".join(f"coalesce({t}.{column}, '')" for column in (title, *more))
    alike = f"word_similarity(plain_text({asked}), plain_text({shown}))" if length >= SHORTEST_TYPED else "0::real"
    aside = [mark for mark in ("is_archived", "is_resting") if mark in resource.table.c]
    standing = [seen, *(f"{t}.{mark} is not true" for mark in aside)]
    if not resource.is_tenant:
        rows = _near(resource, rows, asked)
    return f"""select '{resource.name}' as kind, m.* from {rows} cross join lateral (
        select {t}.id, {reader.value(resource, "href", t)} as href, {shown} as title, case
            when {_matching_text(shown, asked)} then '{Match.TITLE}'
            when {_matching_text(texts, asked)} then '{Match.TEXT}'
            when {alike} >= {ALIKE_ENOUGH} then '{Match.ALIKE}' end as match, {alike} as alike) m
        where {" and ".join(standing)} and m.match is not null"""


def _shown_found(reader: Reader, resource: Resource, asked: str, length: int, most: int) -> str:
    """The same of the rows of versions: found by their index, ranked by their keys, and only the best ones opened."""
    keys, seen = reader.keys(resource, "t")
    if reader_group_of(reader.actor, resource) == "public":
        keys = _near(resource, keys, asked)
    rows, _ = reader.rows(resource, "w")
    # In sub-selects they are worked out once for the statement, not once for each row.
    plain, question = f"(select plain_text({asked}))", f"(select search_question({asked}))"
    is_typed = length >= SHORTEST_TYPED
    alike = f"word_similarity({plain}, t.title_key)" if is_typed else "0::real"
    near = plain if is_typed else "null"
    words = f"'{reader_group_of(reader.actor, resource)}', '{resource.name}', {question}, {pattern_of(asked)}, {near}"
    aside = [mark for mark in ("is_archived", "is_resting") if mark in resource.table.c]
    standing = [seen, *(f"(t.image->>'{mark}')::bool is not true" for mark in aside)]
    return f"""select '{resource.name}' as kind, w.id, {reader.value(resource, "href", "w")} as href,
        w.{resource.search[0]} as title, m.match, m.alike from (
        select t.id, t.workspace_id, x.match, x.alike from find_shown_rows({words}) f
        join {keys} on t.workspace_id = f.workspace_id and t.id = f.id cross join lateral (select case
            when {uses_plain_tables("t.title_key", asked)} or ts_filter(t.words, '{{a}}') @@ {question}
                then '{Match.TITLE}'
            when {uses_plain_tables("t.plain", asked)} or t.words @@ {question} then '{Match.TEXT}'
            else '{Match.ALIKE}' end as match, {alike} as alike) x
        where {" and ".join(standing)}
        order by array_position('{{{",".join(Match)}}}', x.match), x.alike desc, t.title_key, t.id
        limit {reader.binds(most + 1, "bigint")}) m
        join {rows} on w.workspace_id = m.workspace_id and w.id = m.id"""


def _near(resource: Resource, rows: str, asked: str) -> str:
    """The rows `t` to look at, of what no workspace bounds: those that indexes of words lead to."""
    near = f"found_in_public('{resource.name}', {asked}, {MOST_LOOKED_AT})"
    return f"{near} as near(id) cross join lateral (select t.* from {rows} where t.id = near.id offset 0) t"


def _matching_text(text: str, asked: str) -> str:
    return (
        f"(position(plain_text({asked}) in plain_text({text})) > 0 or search_words({text}) @@ search_question({asked}))"
    )


def _plans(reader: Reader, resources: Sequence[Resource]) -> str:
    """The plans of a row of `found`, among those that the reader sees."""
    names = {resource.name for resource in resources}
    whens = []
    if "plan" in names:
        whens.append("when 'plan' then json_build_array(found.id)")
    if "objective" in names:
        rows, seen = reader.rows(BY_NAME["objective"], "o")
        whens.append(f"when 'objective' then (select json_agg(o.plan_id) from {rows} where o.id = found.id and {seen})")
    for name, claim in (("action", "planAction"), ("finding", "planFinding")):
        if name in names and grants_of(reader.actor, f"{claim}:read"):
            rows, seen = reader.rows(BY_NAME[claim], "c")
            stands = " and c.is_withdrawn is not true" if claim == "planAction" else ""
            whens.append(
                f"when '{name}' then (select coalesce(json_agg(distinct c.plan_id), '[]') from {rows}"
                f" where c.{name}_id = found.id{stands} and {seen})"
            )
    return f"coalesce(case found.kind {' '.join(whens)} end, '[]')" if whens else "'[]'::json"
