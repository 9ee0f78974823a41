"""Rows as only a service of November could leave them, written with SQL at the last revision before December."""

from datetime import date

NOVEMBER = "entries_by_action"

DATES = {
    "month": (date(2027, 2, 10), date(2028, 2, 10), date(2027, 2, 1), date(2028, 2, 29)),
    "quarter": (date(2027, 5, 20), date(2027, 8, 8), date(2027, 4, 1), date(2027, 9, 30)),
    "semester": (date(2026, 8, 20), date(2028, 3, 3), date(2026, 7, 1), date(2028, 6, 30)),
    "year": (date(2026, 6, 15), date(2027, 6, 15), date(2026, 1, 1), date(2027, 12, 31)),
    "term": (date(2026, 6, 15), date(2027, 6, 15), date(2024, 12, 2), date(2030, 12, 1)),
    "day": (date(2026, 6, 15), date(2027, 6, 15), date(2026, 6, 15), date(2027, 6, 15)),
}
"""By precision: the start and the end as they were stored, and the days on which they stand once moved."""

NUMBERED = ("objective", "action", "placement")
WITHOUT_NUMBERS = ", ".join(
    f"'{entity}', (select coalesce(jsonb_agg(r.image - 'number' order by r.nth), '[]')"
    f" from jsonb_array_elements(content::jsonb->'{entity}') with ordinality as r(image, nth))"
    for entity in NUMBERED
)
"""Versions of November kept no numbers."""


def _dated(table: str, precisions: tuple[str, ...]) -> list[str]:
    """As many rows of a table as there are precisions get planned dates within spans: `aged.date` lists them."""
    values = ", ".join(
        f"({nth}, '{word}', date '{DATES[word][0]}', date '{DATES[word][1]}')" for nth, word in enumerate(precisions, 1)
    )
    return [
        (
            f"insert into aged.date select '{table}', id, version from"
            f" (select id, version, row_number() over (order by id) as nth from {table}) t"
            f" where nth <= {len(precisions)}"
        ),
        (
            f"update {table} t set planned_start = d.starts, planned_end = d.ends, planned_start_precision = d.word,"
            f" planned_end_precision = d.word from (values {values}) as d(nth, word, starts, ends)"
            " join (select id, row_number() over (order by id) as nth from aged.date"
            f" where kind = '{table}') k using (nth) where t.id = k.id"
        ),
    ]


AGED = (
    f"update plan_version_content set content = (content::jsonb || jsonb_build_object({WITHOUT_NUMBERS}))::text",
    "create schema aged",
    "create table aged.date (kind text, id uuid, version int)",
    *_dated("action", tuple(DATES)),
    *_dated("group_action", ("year",)),
    (
        "update measurement m set denominator = 0, numerator = 0, version = k.version, state = k.state,"
        " state_reason = k.reason from"
        " (select id, row_number() over (order by id) as nth from measurement where denominator is not null) t"
        " join (values (1, 'approved', null, 80), (2, 'returned', 'vide', 70)) as k(nth, state, reason, version)"
        " on k.nth = t.nth where m.id = t.id"
    ),
    # Copies of a group's action: one reaches farther, one as far, one less far.
    (
        "create table aged.copy as select id, row_number() over (order by id) as nth from action"
        " where origin_action_id is not null"
    ),
    (
        "update action o set audience = 'college' where exists (select from action c join aged.copy using (id)"
        " where c.origin_action_id = o.id)"
    ),
    (
        "update action c set audience = (array['public', 'college', 'restricted'])[k.nth] from aged.copy k"
        " where k.id = c.id"
    ),
    # A line of four, each under the one before, of which all but the first are shown more widely than it or less.
    (
        "create table aged.line as select id, row_number() over (order by id) - 11 as depth from action"
        " where workspace_id = (select workspace_id from action order by id limit 1) order by id offset 10 limit 4"
    ),
    (
        "update action a set audience = (array['administration', 'partners', 'public', 'restricted'])[k.depth + 1],"
        " parent_id = o.id from aged.line k left join aged.line o on o.depth = k.depth - 1 where k.id = a.id"
    ),
    # A workspace named the e-mails of a stranger and of one of its members.
    (
        "create table aged.stranger as select w.id as workspace_id, a.id as account_id from workspace w, account a"
        " where a.steward_workspace_id is distinct from w.id and not exists (select from membership m"
        " where m.workspace_id = w.id and m.account_id = a.id) order by w.id, a.id limit 1"
    ),
    (
        "insert into known_account (workspace_id, id, account_id) select workspace_id, gen_random_uuid(), account_id"
        " from aged.stranger union all (select workspace_id, gen_random_uuid(), account_id from membership order by id"
        " limit 1)"
    ),
)
"""Each statement is run at that revision, in this order."""
