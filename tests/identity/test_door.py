"""What a request says about who asks, before any database."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from starlette.requests import Request

from api.domain.errors import Forbidden, Invalid, Unauthenticated
from api.identity.authentication import ANONYMOUS, identify, require_sign_in
from api.identity.service import Identity
from api.identity.sessions import session_key, trusted_origins
from api.settings import Settings

ORIGIN = "https://pst.test"


@pytest.fixture
def identity(tmp_path: Path) -> Identity:
    opened = Identity.open(Settings(mode="production", data_dir=tmp_path, public_url=ORIGIN))
    opened.sessions.is_due(session_key("abc"))  # seen a moment ago: nothing to write down
    return opened


def request(identity: Identity, *headers: tuple[str, str], method: str = "GET") -> Request:
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
    app: Any = SimpleNamespace(state=SimpleNamespace(identity=identity))
    return Request({"type": "http", "method": method, "path": "/", "headers": raw, "app": app})


async def test_nobody_is_anonymous_and_some_doors_are_not_for_them(identity: Identity) -> None:
    who = await identify(request(identity))
    assert who is ANONYMOUS
    with pytest.raises(Unauthenticated) as refused:
        require_sign_in(who)
    assert refused.value.code == "noAccessToken"


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_a_machine_comes_with_its_scopes(identity: Identity, scheme: str) -> None:
    subject = uuid4()
    token = identity.tokens.issue(subject, is_machine=True, scopes=["actions:read"])
    who = await identify(request(identity, ("Authorization", f"{scheme} {token}")))
    assert (who.client_id, who.account_id, who.origin) == (subject, None, "api")
    assert who.scopes == frozenset({"actions:read"})
    assert who.jti


async def test_a_person_s_token_is_narrowed_by_no_scope(identity: Identity) -> None:
    subject = uuid4()
    token = identity.tokens.issue(subject, is_machine=False, scopes=["actions:read"])
    who = await identify(request(identity, ("Authorization", f"Bearer {token}")))
    assert (who.client_id, who.account_id, who.scopes) == (None, subject, None)


@pytest.mark.parametrize(
    "values",
    [
        [""],
        ["Bearer"],
        ["Bearer "],
        ["Bearer  "],
        ["Basic YTpi"],
        ["Bearer x"],
        ["Bearer a b"],
        ["Bearer \xe9\xe9"],
        ["token"],
        ["Bearer x", "Bearer y"],
    ],
)
async def test_an_odd_authorization_is_refused_and_never_ignored(identity: Identity, values: Sequence[str]) -> None:
    with pytest.raises(Unauthenticated) as refused:
        await identify(request(identity, *(("Authorization", value) for value in values), ("Cookie", "__Host-pst=abc")))
    assert refused.value.code == "invalidAccessToken"


@pytest.mark.parametrize("kind", ["workspace", "organisation"])
async def test_where_one_acts_is_said_per_request(identity: Identity, kind: str) -> None:
    place, token = uuid4(), identity.tokens.issue(uuid4(), is_machine=False)
    who = await identify(request(identity, ("Authorization", f"Bearer {token}"), ("Pst-Acting-As", f"{kind}/{place}")))
    expected = (place, None) if kind == "workspace" else (None, place)
    assert (who.workspace_id, who.organisation_id) == expected


@pytest.mark.parametrize(
    "values",
    [
        [""],
        ["workspace"],
        ["workspace/"],
        ["workspace/1"],
        ["commune/0190a6c0-0000-7000-8000-000000000000"],
        ["workspace/0190A6C0-0000-7000-8000-000000000000"],
        ["workspace/0190a6c0000070008000000000000000"],
        ["workspace/{0190a6c0-0000-7000-8000-000000000000}"],
        ["workspace/0190a6c0-0000-7000-8000-000000000000/x"],
        ["Workspace/0190a6c0-0000-7000-8000-000000000000"],
        ["workspace/0190a6c0-0000-7000-8000-000000000000, organisation/x"],
        ["workspace/0190a6c0-0000-7000-8000-000000000000"] * 2,
    ],
)
async def test_a_malformed_place_is_an_issue_of_the_header(identity: Identity, values: Sequence[str]) -> None:
    with pytest.raises(Invalid) as refused:
        await identify(request(identity, *(("Pst-Acting-As", value) for value in values)))
    (issue,) = refused.value.issues
    assert (issue.where, issue.name, issue.code) == ("header", "Pst-Acting-As", "malformed")


async def test_nobody_acts_nowhere(identity: Identity) -> None:
    with pytest.raises(Unauthenticated) as refused:
        await identify(request(identity, ("Pst-Acting-As", f"workspace/{uuid4()}")))
    assert refused.value.code == "noAccessToken"


async def test_a_cookie_is_a_session_known_by_its_hash_alone(identity: Identity) -> None:
    who = await identify(request(identity, ("Cookie", "__Host-pst=abc; other=1")))
    assert (who.session, who.origin, who.account_id) == (session_key("abc"), "web", None)
    assert await identify(request(identity, ("Cookie", "pst=abc; __host-pst=abc"))) is ANONYMOUS


OWN_PAGE = (("Pst-Csrf", "1"), ("Origin", ORIGIN))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "BREW"])
@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("Pst-Csrf", "1"),),
        (("Origin", ORIGIN),),
        (("Pst-Csrf", "0"), ("Origin", ORIGIN)),
        (("Pst-Csrf", "1"), ("Origin", "null")),
        (("Pst-Csrf", "1"), ("Origin", "https://evil.test")),
        (("Pst-Csrf", "1"), ("Origin", "http://pst.test")),
        (("Pst-Csrf", "1"), ("Origin", "https://pst.test.evil.test")),
        (("Pst-Csrf", "1"), ("Origin", "https://pst.test:8443")),
        (("Pst-Csrf", "1"), ("Origin", "http://localhost:5173")),
    ],
)
async def test_a_cookie_changes_nothing_for_a_foreign_page(
    identity: Identity, method: str, headers: tuple[tuple[str, str], ...]
) -> None:
    cookie = ("Cookie", "__Host-pst=abc")
    with pytest.raises(Forbidden):
        await identify(request(identity, cookie, *headers, method=method))
    assert (await identify(request(identity, cookie, *OWN_PAGE, method=method))).session


async def test_a_bearer_token_needs_no_proof_of_the_page(identity: Identity) -> None:
    token = identity.tokens.issue(uuid4(), is_machine=False)
    authorization = ("Authorization", f"Bearer {token}")
    who = await identify(request(identity, authorization, ("Cookie", "__Host-pst=abc"), method="POST"))
    assert (who.session, who.origin) == (None, "api")


def test_only_development_trusts_vite_and_only_off_production_is_loopback_one_place() -> None:
    local = "http://127.0.0.1:8000"
    assert trusted_origins(local, mode="production") == {local}
    assert trusted_origins(local, mode="demo") == {local, "http://localhost:8000", "http://[::1]:8000"}
    assert "http://localhost:5173" in trusted_origins(local, mode="development")
    assert trusted_origins("https://PST.test/base", mode="demo") == {"https://pst.test"}
