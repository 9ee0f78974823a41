"""Going on beyond the end of a programming period as GraphQL asks for it: the same answers as REST gives."""

# ruff: noqa: A002, N803 - arguments are named as GraphQL names them

from typing import Any
from uuid import UUID

import strawberry

from api.domain.commands.amendments import amend_period, undo_amendment
from api.domain.commands.continuation import continue_plan
from api.domain.commands.continuation_undo import undo_continuation
from api.domain.queries.amendments import preview_amendment
from api.domain.queries.continuation_answers import preview_continuation
from api.domain.resources.base import list_of
from api.domain.resources.catalogue import BY_NAME
from api.domain.rules.continuation import ContinuationKind
from api.domain.schemas.amendments import AmendmentPreview, AmendmentQuestion, AmendmentRequest
from api.domain.schemas.continuation import CodeAssignment, ContinuationPreview, ContinuationRequest
from api.graphql import scalars, shapes
from api.graphql.arguments import at_most
from api.graphql.authoring import Creation, create_once, read_back, run_as_author
from api.graphql.context import Snapshot
from api.graphql.types import TYPES, annotate_resolver

MOST_TRIED = 200
"""How many assignments, and how many claims that stay behind, one preview tries."""
CONTINUATION, AMENDMENT = BY_NAME["planContinuation"], BY_NAME["periodAmendment"]


async def _preview(
    info: Any,
    planId: UUID,
    kind: Any,
    periodId: Any = strawberry.UNSET,
    endsOn: Any = strawberry.UNSET,
    assignments: Any = strawberry.UNSET,
    endingIds: Any = strawberry.UNSET,
) -> Any:
    at_most("assignments", assignments or (), MOST_TRIED)
    at_most("endingIds", endingIds or (), MOST_TRIED)
    asked = {
        "kind": kind, "periodId": shapes.provided_argument(periodId), "endsOn": shapes.provided_argument(endsOn),
        "endingIds": shapes.provided_argument(endingIds), "assignments": shapes.provided_input(assignments or []),
    }  # fmt: skip
    words = ContinuationRequest.model_validate(asked)
    snapshot = await info.context.open_snapshot()
    found = await snapshot.read(lambda c, reader: preview_continuation(c, reader, planId, words))
    return found.model_dump(mode="json", by_alias=True)


async def _preview_amendment(info: Any, programmingPeriodId: UUID, endsOn: str) -> Any:
    asked = AmendmentQuestion.model_validate({"endsOn": endsOn})
    snapshot = await info.context.open_snapshot()
    found = await snapshot.read(lambda c, reader: preview_amendment(c, reader, programmingPeriodId, asked.ends_on))
    return found.model_dump(mode="json", by_alias=True)


def continuation_fields() -> dict[str, Any]:
    """What going on, and another end of a period, would change."""
    named = shapes.maybe(scalars.Identifier)
    return {
        "continuationPreview": strawberry.field(
            resolver=annotate_resolver(
                _preview, shapes.maybe(shapes.object_of(ContinuationPreview)),
                planId=scalars.Identifier, kind=shapes.enumeration(ContinuationKind), periodId=named,
                endsOn=shapes.maybe(scalars.Day), endingIds=shapes.maybe(list_of(scalars.Identifier)),
                assignments=shapes.maybe(list_of(shapes.input_of(CodeAssignment, "CodeAssignmentInput"))),
                told_of={"endsOn": "Until when; only under no period yet.",
                         "assignments": "Items to try for single claims."},
            ),
            description="How a plan would go on beyond its programming period; nothing is written.",
        ),
        "periodAmendmentPreview": strawberry.field(
            resolver=annotate_resolver(
                _preview_amendment, shapes.maybe(shapes.object_of(AmendmentPreview)),
                programmingPeriodId=scalars.Identifier, endsOn=scalars.Day,
            ),
            description="What another end of a programming period would concern; nothing is written.",
        ),
    }  # fmt: skip


async def _continue(
    info: Any, planId: UUID, expectedBasis: str, input: Any, idempotencyKey: Any = strawberry.UNSET
) -> Any:
    provided = shapes.provided_input(input)

    async def create(author: Snapshot) -> UUID:
        words = ContinuationRequest.model_validate(provided)
        return await continue_plan(author.connection, author.actor, planId, words, expectedBasis)

    asked = {"planId": planId, "basis": expectedBasis, "input": provided}
    what = Creation("continuePlan", asked, shapes.provided_argument(idempotencyKey), create)
    return await create_once(info.context, CONTINUATION, what)


async def _undo(info: Any, planId: UUID, planContinuationId: UUID) -> Any:
    async def work(author: Snapshot) -> Any:
        await undo_continuation(author.connection, author.actor, planId, planContinuationId)
        return await read_back(author, CONTINUATION, planContinuationId)

    return await run_as_author(info.context, work)


async def _amend(
    info: Any, programmingPeriodId: UUID, expectedBasis: str, input: Any, idempotencyKey: Any = strawberry.UNSET
) -> Any:
    provided = shapes.provided_input(input)

    async def create(author: Snapshot) -> UUID:
        words = AmendmentRequest.model_validate(provided)
        return await amend_period(author.connection, author.actor, programmingPeriodId, words, expectedBasis)

    asked = {"programmingPeriodId": programmingPeriodId, "basis": expectedBasis, "input": provided}
    what = Creation("amendProgrammingPeriod", asked, shapes.provided_argument(idempotencyKey), create)
    return await create_once(info.context, AMENDMENT, what)


async def _undo_amendment(info: Any, programmingPeriodId: UUID, periodAmendmentId: UUID) -> Any:
    async def work(author: Snapshot) -> Any:
        await undo_amendment(author.connection, author.actor, programmingPeriodId, periodAmendmentId)
        return await read_back(author, AMENDMENT, periodAmendmentId)

    return await run_as_author(info.context, work)


def continuation_mutations() -> dict[str, Any]:
    """Going on and amending, with their undo; `expectedBasis` is the basis of the preview."""
    key, named = shapes.maybe(str), scalars.Identifier
    continuation, amendment = (shapes.maybe(TYPES[r.name]) for r in (CONTINUATION, AMENDMENT))
    return {
        "continuePlan": strawberry.field(
            resolver=annotate_resolver(
                _continue, continuation, planId=named, expectedBasis=str, idempotencyKey=key,
                input=shapes.input_of(ContinuationRequest, "ContinuationRequest"),
            ),
            description="Lets a plan go on beyond its programming period as previewed: all rows, or none.",
        ),
        "undoPlanContinuation": strawberry.field(
            resolver=annotate_resolver(_undo, continuation, planId=named, planContinuationId=named),
            description="Undoes a continuation exactly; refused where a row that it wrote has changed since.",
        ),
        "amendProgrammingPeriod": strawberry.field(
            resolver=annotate_resolver(
                _amend, amendment, programmingPeriodId=named, expectedBasis=str, idempotencyKey=key,
                input=shapes.input_of(AmendmentRequest, "AmendmentRequest"),
            ),
            description="Gives a programming period another end, with its source; told in each workspace concerned.",
        ),
        "undoPeriodAmendment": strawberry.field(
            resolver=annotate_resolver(_undo_amendment, amendment, programmingPeriodId=named, periodAmendmentId=named),
            description="Undoes an amendment exactly; refused where plans went on up to the end taken back.",
        ),
    }  # fmt: skip
