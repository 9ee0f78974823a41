"""Knocking in vain is counted before it is answered, for every e-mail alike."""

import asyncio
import time
from uuid import uuid4

import pytest

from api.db import Database
from api.domain.errors import Refusal
from api.identity import throttle
from api.identity.throttle import PER_ACCOUNT, PER_ADDRESS, Attempt, Failures, Pace, network_of


def test_one_subscriber_of_ipv6_is_one_caller() -> None:
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::1") == "2001:db8:1:2::"
    assert network_of("2001:db8:1:3::1") != network_of("2001:db8:1:2::1")
    assert network_of("::ffff:192.0.2.7") == network_of("192.0.2.7") == "192.0.2.7"
    assert network_of(None) == network_of("testclient") == "unknown"


def test_too_many_failures_shut_the_door_of_one_address_only() -> None:
    failures = Failures(limit=3, seconds=60)
    for _ in range(3):
        failures.check("192.0.2.1")
        failures.add("192.0.2.1")
    with pytest.raises(Refusal) as refused:
        failures.check("192.0.2.1")
    assert 0 < refused.value.facts["retryAfter"] <= 60
    failures.check("192.0.2.2")


def test_failures_are_forgotten_in_time_and_never_fill_the_memory() -> None:
    brief = Failures(limit=1, seconds=0, remembered=10)
    for last in range(100):
        brief.add(f"192.0.2.{last}")
    brief.check("192.0.2.99")
    assert len(brief._windows) <= 10


async def counted(database: Database, one: Attempt) -> int:
    async with database.transaction() as connection:
        return await throttle.count(connection, one)


def fresh_address() -> str:
    text = uuid4().hex
    return f"2001:db8:{text[:4]}:{text[4:8]}::1"


async def test_an_account_is_shut_after_its_tries_in_any_case_of_letters(database: Database) -> None:
    email = f"{uuid4()}@commune.test"
    for _ in range(PER_ACCOUNT):
        assert await counted(database, Attempt.of(email, fresh_address())) == 0
    assert 0 < await counted(database, Attempt.of(f" {email.upper()}", fresh_address())) <= 901


async def test_an_address_is_shut_after_its_tries_over_many_accounts(database: Database) -> None:
    address = fresh_address()
    tries = [Attempt.of(f"{uuid4()}@commune.test", address) for _ in range(PER_ADDRESS)]
    assert [await counted(database, one) for one in tries] == [0] * PER_ADDRESS
    assert await counted(database, Attempt.of(f"{uuid4()}@commune.test", address)) > 0


async def test_a_success_opens_the_account_again_and_clears_its_try(database: Database) -> None:
    email, address = f"{uuid4()}@commune.test", fresh_address()
    one = Attempt.of(email, address)
    for _ in range(PER_ACCOUNT + PER_ADDRESS):
        assert await counted(database, one) == 0
        async with database.transaction() as connection:
            await throttle.forgive(connection, one)


async def test_tries_sent_at_once_are_all_counted(database: Database) -> None:
    one = Attempt.of(f"{uuid4()}@commune.test", fresh_address())
    waits = await asyncio.gather(*(counted(database, one) for _ in range(PER_ACCOUNT + 10)))
    assert sum(wait == 0 for wait in waits) == PER_ACCOUNT


def test_an_address_asks_as_fast_as_its_pace_allows_and_is_served_again_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 1_000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    pace = Pace(limit=60, seconds=60, remembered=10)
    for _ in range(60):
        pace.take("192.0.2.1")
    for _ in range(3):
        with pytest.raises(Refusal) as refused:
            pace.take("192.0.2.1")
        assert refused.value.facts == {"retryAfter": 1}
    pace.take("192.0.2.2")
    now += 1.01
    pace.take("192.0.2.1")
    with pytest.raises(Refusal):
        pace.take("192.0.2.1")
    for last in range(100):
        pace.take(f"198.51.100.{last}")
    assert len(pace._free_at) <= 10
