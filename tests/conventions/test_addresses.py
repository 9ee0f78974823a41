"""Addresses, methods and media types: what an address does not take is refused, and the refusal is true."""

import httpx
import pytest

from tests.conventions.estate import CHANGEABLE, WRITABLE, Estate
from tests.conventions.operations import Operation, each, everything, paths, rest
from tests.conventions.refused import issues, problem

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PATHS = [(template, methods) for template, methods in paths() if template.startswith("/pst/v1")]
OTHER_TYPES = ("text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "text/json")


@pytest.mark.parametrize(("template", "methods"), PATHS, ids=[template for template, _ in PATHS])
async def test_a_method_that_an_address_does_not_take_is_405_with_those_it_takes(
    estate: Estate, template: str, methods: set[str]
) -> None:
    before = await estate.snapshot()
    operation = next(op for op in everything() if op.template == template)
    allowed = methods | ({"HEAD"} if "GET" in methods else set())
    for method in {*METHODS, "OPTIONS", "TRACE", "PROPFIND"} - allowed:
        answer = await estate.client.request(
            method, estate.path(operation), headers=estate.reader(operation), json={} if method == "PUT" else None
        )
        told = problem(answer, 405, "methodNotAllowed")
        assert set(answer.headers["Allow"].split(", ")) == allowed
        assert set(told["allow"]) == allowed
    assert await estate.snapshot() == before


@pytest.mark.parametrize(("template", "methods"), PATHS, ids=[template for template, _ in PATHS])
async def test_an_address_with_a_trailing_slash_does_not_exist(
    estate: Estate, template: str, methods: set[str]
) -> None:
    operation = next(op for op in everything() if op.template == template)
    for method in methods:
        answer = await estate.client.request(
            method, estate.path(operation).partition("?")[0] + "/", headers=estate.reader(operation),
            json={} if method in ("POST", "PATCH") else None,
        )  # fmt: skip
        problem(answer, 404, "resourceNotFound")
        assert "Location" not in answer.headers


@pytest.mark.parametrize("more", ["%3F", "%3FpageSize=2", "%23title", "%0A"])
async def test_what_is_encoded_in_an_address_is_a_part_of_it(estate: Estate, more: str) -> None:
    for template in ("/pst/v1/actions", "/pst/v1/public/plans"):
        operation = next(op for op in everything() if op.template == template)
        answer = await estate.client.get(template + more, headers=estate.reader(operation))
        problem(answer, 404, "resourceNotFound")


@pytest.mark.parametrize("address", ["/graphql", "/health", "/auth/session", "/pst/v1/plans/{planId}/tree"])
async def test_a_line_break_at_the_end_of_an_address_makes_it_another(estate: Estate, address: str) -> None:
    """Routes are regular expressions that end in `$`, which passes over one."""
    address = address.replace("{planId}", str(estate.commune.plans["pst"]))
    answer = await estate.client.get(f"{address}%0A", headers=estate.commune.as_("administration"))
    problem(answer, 404, "resourceNotFound")


@each([op for op in rest() if op.names_one])
async def test_an_id_that_is_no_uuid_is_400(estate: Estate, operation: Operation) -> None:
    before = await estate.snapshot()
    headers = {**estate.reader(operation), "If-Match": operation.tag}
    for wrong in ("x", "1", "null", "0190f0f0", "%00", "{actionId}", "0190f0f0-0000-7000-8000-00000000000g"):
        answer = await estate.client.request(
            operation.method, operation.path(wrong), headers=headers, json=operation.body
        )
        found = issues(answer)
        assert {(kind, place) for kind, place, _ in found} == {("schemaViolation", "path")}
        assert {name for _, _, name in found} == {parameter["name"] for parameter in operation.parameters("path")}
    assert await estate.snapshot() == before


@each([op for op in rest() if op.names_one])
async def test_an_id_that_names_nothing_is_404(estate: Estate, operation: Operation) -> None:
    before = await estate.snapshot()
    headers = {**estate.reader(operation), "If-Match": operation.tag}
    answer = await estate.client.request(operation.method, operation.path(), headers=headers, json=operation.body)
    problem(answer, 404, "resourceNotFound")
    assert await estate.snapshot() == before


@each([op for op in rest("GET") if op.name != "getHealth"])
async def test_only_json_can_be_asked_for(estate: Estate, operation: Operation) -> None:
    async def status(accept: str) -> int:
        headers = {**estate.reader(operation), "Accept": accept}
        return (await estate.client.get(estate.path(operation), headers=headers)).status_code

    for accept in ("text/html", "application/xml", "image/png, text/csv;q=0.5", "application/json;q=0"):
        assert await status(accept) == 406, accept
    for accept in ("application/json", "*/*", "text/html, */*;q=0.1", "application/*", "APPLICATION/JSON;q=0.3"):
        assert await status(accept) == 200, accept


async def test_a_refusal_of_the_media_type_says_so(estate: Estate) -> None:
    headers = {**estate.commune.as_("administration"), "Accept": "text/html"}
    problem(await estate.client.get("/pst/v1/actions", headers=headers), 406, "notAcceptable")


@pytest.mark.parametrize("name", WRITABLE)
async def test_a_new_document_is_said_in_json_alone(estate: Estate, name: str) -> None:
    content = httpx.Request("POST", "http://x", json=await estate.words(name)).content
    before = await estate.snapshot()
    path = estate.address(name).rpartition("/")[0]
    for kind in (*OTHER_TYPES, "application/merge-patch+json", None):
        headers = estate.writer(name) | ({"Content-Type": kind} if kind else {})
        told = problem(await estate.client.post(path, content=content, headers=headers), 415, "unsupportedMediaType")
        assert told["expected"] == ["application/json"]
    assert await estate.snapshot() == before


@pytest.mark.parametrize("name", CHANGEABLE)
async def test_a_patch_is_said_in_json_or_as_a_merge_patch_alone(estate: Estate, name: str) -> None:
    before = await estate.snapshot()
    for kind in (*OTHER_TYPES, "application/json-patch+json"):
        problem(await estate.patch(name, {}, **{"Content-Type": kind}), 415, "unsupportedMediaType")
    for kind in ("application/json", "application/merge-patch+json", "Application/JSON; charset=utf-8"):
        assert (await estate.patch(name, {}, **{"Content-Type": kind})).status_code == 200
    assert await estate.snapshot() == before


async def test_what_does_not_exist_is_a_problem_too(estate: Estate) -> None:
    for path in ("/pst/v1", "/pst/v1/", "/pst/v1/nothing", "/pst/v2/plans", "/pst/v1/plans/x/y/z", "/pst/v1//plans"):
        problem(await estate.client.get(path), 404, "resourceNotFound")
