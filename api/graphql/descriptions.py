"""What the schema says of itself to those who integrate with it, where no words of the domain say it."""

import re
from typing import Annotated, Any

import strawberry

from api.domain.resources.base import Resource
from api.domain.sql.links import Link, links_of

ARGUMENTS = {
    "id": "Its identifier.",
    "first": "How many documents a page holds: 1 to 200; null is 50.",
    "after": "The `endCursor` of the page before, asked with the same other arguments.",
    "filter": "Which documents: those that match every name said.",
    "sort": "The order, the first word first; equal documents follow each other by id.",
    "search": "Words to find; accents, capitals and French endings do not matter.",
    "expectedVersion": "The `version` that was read; another one is refused (`preconditionFailed`).",
    "expectedBasis": "The basis of the preview. Refused (`preconditionFailed`) when one of its rows has changed since.",
    "idempotencyKey": "Names this creation for a day: asked again with the same input, nothing is created twice.",
    "input": "What is written.",
    "patch": "What changes.",
    "planId": "The plan.",
    "planVersionId": "The version of a plan.",
    "actionId": "The action.",
    "dpcId": "The declaration of communal policy.",
    "personId": "The person who hands over.",
    "clientId": "The machine.",
    "workspaceId": "The workspace.",
    "articulationConversionId": "The conversion to undo.",
    "planContinuationId": "The continuation to undo.",
    "programmingPeriodId": "The programming period.",
    "periodAmendmentId": "The amendment to undo.",
    "endsOn": "The end to try.",
    "kind": "How the plan would go on.",
    "periodId": "The next programming period; only for a successor.",
    "endingIds": "The claims that would stay behind.",
    "withPlanId": "One PCS; all of the workspace when absent.",
    "to": "The approach to convert to.",
    "assignments": "Places to try for the actions that nothing matches.",
    "rows": "What the rows are.",
    "columns": "What the columns are.",
    "row": "A row's id; `none` for the actions without one; absent for all.",
    "column": "A column's id; `none` or absent likewise.",
    "unread": "Only what the reader has not read.",
    "words": "Words to find; accents, endings and a mistyped letter do not matter.",
    "kinds": "What to find; everything when empty.",
    "toPersonId": "The person who would take over.",
    "toUnitId": "The unit that would take over.",
    "toOfficeId": "The office that would take over.",
    "hasOffices": "Whether the offices that the person holds are handed over too.",
    "groupBy": "What money is grouped by, in that order.",
    "explain": "Whether each value tells what it is made of, and what was left out.",
}
COMMON = {
    "id": "Its identifier, the same in REST.",
    "version": "Counts its changes: the `expectedVersion` of the next one.",
    "createdAt": "When it was created.",
    "updatedAt": "When it last changed.",
    "href": "The address of the same document in REST.",
    "permitted": "The operations that its reader may do on it now, and what it may add to it.",
    "nextStatuses": "The statuses to which its reader may move it now.",
    "nextStates": "The states to which its reader may move it now.",
    "unchangeable": "The fields that its reader may not change, where permitted says updateAction.",
    "withheld": "The fields that its reader may not see; they are null.",
}
"""What is said of the fields that every document has."""


def describe_arguments(arguments: dict[str, Any], provided: dict[str, str] | None = None) -> dict[str, Any]:
    """The types of arguments, each with what it means."""
    meanings = ARGUMENTS | (provided or {})
    return {name: Annotated[kind, strawberry.argument(description=meanings[name])] for name, kind in arguments.items()}


def split_name(name: str) -> str:
    """`planActions` → `plan actions`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def one(resource: Resource) -> str:
    plural = split_name(resource.plural)
    return f"One of the {plural}. Refused (`resourceNotFound`) where there is none, or none to be seen."


def many(resource: Resource) -> str:
    return f"The {split_name(resource.plural)} that the reader sees, page by page."


def identifiers(resource: Resource) -> dict[str, str]:
    """What the fields are that name another document."""
    ones = [link for link in links_of(resource).values() if not link.is_many]
    return {resource.wire(one.column): f"The id of its `{one.name}`." for one in ones}


def describe_written(resource: Resource) -> str:
    return f"What is written to create one of the {split_name(resource.plural)}."


def creates(resource: Resource) -> str:
    return f"Creates one of the {split_name(resource.plural)}, and answers it."


def changes(resource: Resource) -> str:
    return f"Changes one of the {split_name(resource.plural)}, and answers it. What is left out stays; null clears."


def removes(resource: Resource) -> str:
    return f"Removes one of the {split_name(resource.plural)}, and answers its id."


def link(link: Link) -> str:
    """What a link leads to, and by which field."""
    if link.is_many:
        return f"The {split_name(link.target.plural)} whose `{link.target.wire(link.column)}` names it, page by page."
    return f"What `{link.source.wire(link.column)}` names; null where that is null or not to be seen."
