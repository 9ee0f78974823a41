"""What a programming period says of itself, and what its plans may say in its words."""

from collections.abc import Collection
from uuid import UUID

import asyncpg

from api.domain.commands.context import ChangeContext, Connection
from api.domain.commands.hooks.base import Hooks
from api.domain.enumerations.common import PeriodItemKind
from api.domain.errors import Conflict, invalid


class ProgrammingPeriodRules(Hooks, concept="programmingPeriod"):
    async def on_create(self, change: ChangeContext) -> None:
        await _check_pattern(change)

    async def on_update(self, change: ChangeContext) -> None:
        if change.has_changed("code_pattern") and change.after["code_pattern"] is not None:
            await _check_pattern(change)
            await _check_codes(change)


class PeriodItemRules(Hooks, concept="periodItem"):
    async def on_create(self, change: ChangeContext) -> None:
        await _check_code(change)
        await _check_above(change)

    async def on_update(self, change: ChangeContext) -> None:
        if change.has_changed("code") or change.has_changed("kind"):
            await _check_code(change)
        if change.has_changed("parent_id"):
            await _check_above(change)


class PeriodItemMappingRules(Hooks, concept="periodItemMapping"):
    async def on_create(self, change: ChangeContext) -> None:
        """The items are of two periods of one type of plan; rights go on in rights, and nothing else does."""
        after = change.after
        fits = await change.connection.fetchval(
            "select a.period_id <> b.period_id and p.plan_type_code = q.plan_type_code"
            " and (a.kind = 'right') = (b.kind = 'right') from period_item a"
            " join programming_period p on p.id = a.period_id, period_item b"
            " join programming_period q on q.id = b.period_id where a.id = $1::uuid and b.id = $2::uuid",
            UUID(after["from_item_id"]),
            UUID(after["to_item_id"]),
        )
        if not fits:
            raise invalid("otherPeriod", "toItemId", after["to_item_id"])


class RightIndexRules(Hooks, concept="rightIndex"):
    async def on_create(self, change: ChangeContext) -> None:
        """The index is of a right, of whichever period."""
        kind = await change.connection.fetchval(
            "select kind from period_item where id = $1::uuid", UUID(change.after["right_id"])
        )
        if kind != PeriodItemKind.RIGHT:
            raise invalid("otherPeriod", "rightId", change.after["right_id"])


async def _check_pattern(change: ChangeContext) -> None:
    """The pattern is a regular expression as PostgreSQL reads it, which is what judges the codes."""
    pattern = change.after["code_pattern"]
    if pattern is None:
        return
    try:
        async with change.connection.transaction():
            await change.connection.fetchval("select '' ~ $1::text", pattern)
    except asyncpg.InvalidRegularExpressionError as wrong:
        raise invalid("notAPattern", "codePattern", pattern) from wrong


async def _check_codes(change: ChangeContext) -> None:
    """A new pattern fits the codes that the period already has."""
    misfit = await change.connection.fetchval(
        "select code from period_item where period_id = $1::uuid and kind = 'actionCode' and code !~ $2::text"
        " order by rank, code limit 1",
        UUID(change.after["id"]),
        change.after["code_pattern"],
    )
    if misfit is not None:
        raise Conflict("codesOutsidePattern", value=misfit)


async def _check_code(change: ChangeContext) -> None:
    """An action code has the form that its period asks for."""
    after = change.after
    if after["kind"] != PeriodItemKind.ACTION_CODE:
        return
    pattern = await change.connection.fetchval(
        "select code_pattern from programming_period where id = $1::uuid for share", UUID(after["period_id"])
    )
    if pattern and not await change.connection.fetchval("select $1::text ~ $2::text", after["code"], pattern):
        raise invalid("codeOutsidePattern", "code", after["code"], pattern=pattern)


async def _check_above(change: ChangeContext) -> None:
    """What an item stands under is of the same period."""
    parent = change.after["parent_id"]
    if parent is not None:
        await check_items(change.connection, change.after["period_id"], [parent], tuple(PeriodItemKind), "parentId")


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


async def period_of(change: ChangeContext) -> str | None:
    """The programming period of the plan that the document is about."""
    found = await change.connection.fetchval(
        "select period_id from plan where workspace_id = $1::uuid and id = $2::uuid",
        change.workspace_id,
        UUID(change.after["plan_id"]),
    )
    return None if found is None else str(found)
