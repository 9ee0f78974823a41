"""What others gave to the reader, which counts once it is accepted: asked wherever the reader acts, or nowhere."""

# ruff: noqa: A002 - arguments are named as GraphQL names them

from typing import Any

import strawberry

from api.domain.commands.invitations import answer_invitation
from api.domain.queries.invitations import holder, invitations
from api.domain.schemas.identity import InvitationAnswer, Invitations
from api.graphql import shapes
from api.graphql.context import Context
from api.graphql.types import annotate_resolver
from api.identity.authentication import require_sign_in

ASKED_NOWHERE = "invitations"
"""What may be asked by somebody who may act nowhere yet."""


async def _invitations(info: Any) -> Any:
    context: Context = info.context
    who = require_sign_in(context.who)
    async with context.database.snapshot() as connection:
        found = await invitations(connection, await holder(connection, who.account_id, who.session, who.jti))
    return found.model_dump(mode="json", by_alias=True)


async def _answer(info: Any, input: Any) -> Any:
    context: Context = info.context
    await context.close()
    who, words = require_sign_in(context.who), InvitationAnswer.model_validate(shapes.provided_input(input))
    async with context.database.transaction() as connection:
        account = await holder(connection, who.account_id, who.session, who.jti)
        found = await answer_invitation(connection, account, words, origin=who.origin)
    return found.model_dump(mode="json", by_alias=True)


def invitation_queries() -> dict[str, Any]:
    return {
        ASKED_NOWHERE: strawberry.field(
            resolver=annotate_resolver(_invitations, shapes.maybe(shapes.object_of(Invitations))),
            description="What was given to the reader and waits for an answer, oldest first.",
        )
    }


def invitation_mutations() -> dict[str, Any]:
    return {
        "answerInvitation": strawberry.field(
            resolver=annotate_resolver(
                _answer,
                shapes.maybe(shapes.object_of(Invitations)),
                input=shapes.input_of(InvitationAnswer, "InvitationAnswerInput"),
            ),
            description="Accepted, the right counts at once; declined, it is over. Answers what still waits.",
        )
    }
