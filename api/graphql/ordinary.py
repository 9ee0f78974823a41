"""The ordinary way, which is the reference: graphql-core runs the resolvers, one statement per level."""

import inspect
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError, execute

from api.db import fault_of
from api.domain.errors import Invalid, Issue
from api.graphql.context import Context
from api.graphql.documents import reason_of
from api.graphql.operations import Operation
from api.graphql.schema import CORE
from api.problems import problem_of

MOST_ERRORS = 50


async def execute_ordinary(operation: Operation, context: Context) -> dict[str, Any]:
    """The answer as GraphQL shapes it: `data`, and `errors` where something was refused.

    Raises a fault of the database where it left nothing to answer.
    """
    name = operation.node.name
    running = execute(
        CORE,
        operation.document.node,
        context_value=context,
        variable_values=operation.provided,
        operation_name=name.value if name else None,
        hide_suggestions=True,
    )
    result: ExecutionResult = await running if inspect.isawaitable(running) else running
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        fault = next((e.original_error for e in result.errors if fault_of(e.original_error)), None)
        if fault is not None and all(value is None for value in (result.data or {}).values()):
            raise fault
        answer["errors"] = _describe_errors(result.errors, context)
    return answer


def _describe_errors(errors: list[GraphQLError], context: Context) -> list[dict[str, Any]]:
    """The errors in the reader's language: one for each place of the document and problem, however many nodes."""
    told: dict[tuple[Any, ...], dict[str, Any]] = {}
    for error in errors:
        place = tuple(step for step in error.path or [] if isinstance(step, str))
        original = error.original_error
        kind = (place, type(original), str(original or error.message))
        if kind not in told and len(told) < MOST_ERRORS:
            told[kind] = _error(error, context)
    return list(told.values())


def _error(error: GraphQLError, context: Context) -> dict[str, Any]:
    original = error.original_error
    if original is None or isinstance(original, GraphQLError):
        original = Invalid(Issue("schemaViolation", "body", "query", None, (("reason", reason_of(error)),)))
    problem = problem_of(original, context.language(), context.trace_id).body
    told: dict[str, Any] = {"message": problem["detail"], "path": error.path, "extensions": problem}
    if error.locations:
        told["locations"] = [{"line": place.line, "column": place.column} for place in error.locations[:1]]
    return told


def is_to_be_asked_again(answer: dict[str, Any]) -> bool:
    """Whether a part is missing that may be there in a moment."""
    return any(error["extensions"]["status"] == 503 for error in answer.get("errors", ()))


def as_bytes(answer: Any) -> bytes:
    return orjson.dumps(answer)
