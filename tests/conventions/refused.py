"""What every refusal looks like, whatever was refused."""

import re
from typing import Any

import httpx

INSTANCE = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TYPE = re.compile(r"urn:problem-type:(belgif|pst):[a-z][A-Za-z]*")
ISSUE_TYPE = re.compile(r"urn:problem-type:(belgif|pst):input-validation:[a-z][A-Za-z]*")
PLACES = {"body", "query", "path", "header"}


def problem(answer: httpx.Response, status: int, code: str | None = None) -> dict[str, Any]:
    """The problem of a refusal, after checking that it has the shape of RFC 9457 and of `api.md` §2."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text[:1000]}"
    assert answer.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert TYPE.fullmatch(told["type"]), told
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    assert INSTANCE.fullmatch(told["instance"])
    assert told["instance"].endswith(answer.headers["BelGov-Trace-Id"])
    for issue in told.get("issues", []):
        assert ISSUE_TYPE.fullmatch(issue["type"]), issue
        assert issue["in"] in PLACES, issue
        assert isinstance(issue["name"], str)
        assert issue["detail"], issue
        assert "value" in issue
    if code is not None:
        assert told["type"].rpartition(":")[2] == code, told
    return told


def issues(answer: httpx.Response) -> set[tuple[str, str, str]]:
    """What a 400 says is wrong: (kind, place, name) of each issue."""
    told = problem(answer, 400, "badRequest")
    return {(i["type"].rpartition(":")[2], i["in"], i["name"]) for i in told["issues"]}
