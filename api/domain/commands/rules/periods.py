"""What a programming period says of itself, and what its plans may say in its words."""

from collections.abc import Collection
from uuid import UUID

import asyncpg

from api.domain.commands.change import Connection, Undertaking
from api.domain.commands.rules.base import Rules
from api.domain.errors import Conflict, invalid
from api.domain.schemas.enumerations import PeriodItemKind


class ProgrammingPeriodRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        await _check_pattern(under)

    async def on_update(self, under: Undertaking) -> None:
        if under.changed("code_pattern") and under.after["code_pattern"] is not None:
            await _check_pattern(under)
            await _check_codes(under)


class PeriodItemRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        await _check_code(under)
        await _check_above(under)

    async def on_update(self, under: Undertaking) -> None:
        if under.changed("code") or under.changed("kind"):
            await _check_code(under)
        if under.changed("parent_id"):
            await _check_above(under)


class PeriodItemMappingRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        """The items are of two periods of one type of plan; rights go on in rights, and nothing else does."""
        after = under.after
        fits = await under.connection.fetchval(
            "select a.period_id <> b.period_id and p.plan_type_code = q.plan_type_code"
            " and (a.kind = 'right') = (b.kind = 'right') from period_item a"
            " join programming_period p on p.id = a.period_id, period_item b"
            " join programming_period q on q.id = b.period_id where a.id = $1::uuid and b.id = $2::uuid",
            UUID(after["from_item_id"]),
            UUID(after["to_item_id"]),
        )
        if not fits:
            raise invalid("otherPeriod", "toItemId", after["to_item_id"])


class RightIndexRules(Rules):
    async def on_create(self, under: Undertaking) -> None:
        """The index is of a right, of whichever period."""
        kind = await under.connection.fetchval(
            "select kind from period_item where id = $1::uuid", UUID(under.after["right_id"])
        )
        if kind != PeriodItemKind.RIGHT:
            raise invalid("otherPeriod", "rightId", under.after["right_id"])


async def _check_pattern(under: Undertaking) -> None:
    """The pattern is a regular expression as PostgreSQL reads it, which is what judges the codes."""
    pattern = under.after["code_pattern"]
    if pattern is None:
        return
    try:
        async with under.connection.transaction():
            await under.connection.fetchval("select '' ~ $1::text", pattern)
    except asyncpg.InvalidRegularExpressionError as wrong:
        raise invalid("notAPattern", "codePattern", pattern) from wrong


async def _check_codes(under: Undertaking) -> None:
    """A new pattern fits the codes that the period already has."""
    misfit = await under.connection.fetchval(
        "select code from period_item where period_id = $1::uuid and kind = 'actionCode' and code !~ $2::text"
        " order by rank, code limit 1",
        UUID(under.after["id"]),
        under.after["code_pattern"],
    )
    if misfit is not None:
        raise Conflict("codesOutsidePattern", value=misfit)


async def _check_code(under: Undertaking) -> None:
    """An action code has the form that its period asks for."""
    after = under.after
    if after["kind"] != PeriodItemKind.ACTION_CODE:
        return
    pattern = await under.connection.fetchval(
        "select code_pattern from programming_period where id = $1::uuid for share", UUID(after["period_id"])
    )
    if pattern and not await under.connection.fetchval("select $1::text ~ $2::text", after["code"], pattern):
        raise invalid("codeOutsidePattern", "code", after["code"], pattern=pattern)


async def _check_above(under: Undertaking) -> None:
    """What an item stands under is of the same period."""
    parent = under.after["parent_id"]
    if parent is not None:
        await check_items(under.connection, under.after["period_id"], [parent], tuple(PeriodItemKind), "parentId")


async def check_items(
    connection: Connection, period: str | None, named: Collection[str], kinds: Collection[str], field: str
) -> None:
    """Refuse with `otherPeriod` when an item named is not of this period, or is none of these kinds."""
    if not named:
        return
    strange = await connection.fetchval(
        "select n.id from unnest($2::uuid[]) as n(id) where not exists (select from period_item i where i.id = n.id"
        " and i.period_id = $1::uuid and i.kind = any($3::text[])) limit 1",
        None if period is None else UUID(period),
        [UUID(each) for each in named],
        list(kinds),
    )
    if strange is not None:
        raise invalid("otherPeriod", field, str(strange))


async def period_of(under: Undertaking) -> str | None:
    """The programming period of the plan that the document is about."""
    found = await under.connection.fetchval(
        "select period_id from plan where workspace_id = $1::uuid and id = $2::uuid",
        under.workspace_id,
        UUID(under.after["plan_id"]),
    )
    return None if found is None else str(found)
