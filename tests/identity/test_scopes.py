"""A machine reads what its scopes name, whatever these rows would tell of what other scopes name."""

from uuid import uuid4

import httpx
import pytest

from api.db import Database
from api.domain.policy import needed_scope
from api.domain.resources.catalogue import RESOURCES
from tests.identity import people
from tests.identity.test_machines import machine, secret_for, token
from tests.identity.town import Town


@pytest.mark.parametrize("scope", ["plans:read", "actions:read"])
async def test_one_scope_is_enough_for_all_that_asks_for_it(
    client: httpx.AsyncClient, database: Database, town: Town, scope: str
) -> None:
    home = await people.commune(client, town)
    made = await machine(home, scopes=[scope])
    granted = await token(client, made["id"], await secret_for(database, home.admin, made["id"]))
    bearer = {"Authorization": f"Bearer {granted.json()['access_token']}"}
    refused = set()
    for resource in RESOURCES:
        if needed_scope(f"{resource.name}:read") == scope:
            for address in (resource.plural, f"{resource.plural}/{uuid4()}"):
                answer = await client.get(f"/pst/v1/{address}", headers=bearer)
                assert answer.status_code in (200, 403, 404), answer.text
                if answer.status_code == 403 and answer.json()["type"].endswith("missingScope"):
                    refused.add((address, answer.json()["permission"]))
    assert not refused
