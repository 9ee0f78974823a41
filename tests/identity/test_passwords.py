"""Passwords: Argon2id, a few at a time, and the same work whether or not the account exists."""

import asyncio

import pytest
from argon2 import extract_parameters

from api.domain.errors import Refusal
from api.domain.rules.credentials import weakness
from api.identity.passwords import Passwords


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords(2)


async def test_the_right_password_matches_and_no_other(passwords: Passwords) -> None:
    kept = await passwords.hash_password("une phrase de passe")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await passwords.matches(kept, "une phrase de passe")
    for wrong in ("une phrase de Passe", "", "une phrase de passe ", "\ud800"):
        assert not await passwords.matches(kept, wrong)


async def test_accents_typed_either_way_are_one_password(passwords: Passwords) -> None:
    kept = passwords.hash("cohe\u0301sion sociale")
    assert await passwords.matches(kept, "coh\u00e9sion sociale")


async def test_an_unknown_account_matches_nothing_not_even_the_decoy(passwords: Passwords) -> None:
    assert not await passwords.matches(None, "nobody has this password")
    assert not await passwords.matches("$argon2id$broken", "nobody has this password")


async def test_an_unknown_account_costs_the_same_work(passwords: Passwords, monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    verify = passwords._verify

    def noted(kept: str, given: str) -> bool:
        verified.append(kept)
        return verify(kept, given)

    monkeypatch.setattr(passwords, "_verify", noted)

    assert not await passwords.matches(passwords.hash("une phrase de passe"), "another password")
    assert not await passwords.matches(None, "another password")

    known, unknown = (extract_parameters(kept) for kept in verified)
    assert unknown == known


async def test_a_crowd_is_refused_rather_than_everybody_slowed() -> None:
    passwords = Passwords(1, time_cost=1, memory_kib=64)
    tries = [passwords.matches(None, "x") for _ in range(80)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    refused = [result for result in results if isinstance(result, Refusal)]
    assert len(refused) == 80 - 33
    assert {refusal.code for refusal in refused} == {"tooManyRequests"}
    assert refused[0].facts["retryAfter"] > 0
    assert await passwords.matches(None, "x") is False
    passwords.close()


def test_a_hash_made_with_other_parameters_is_outdated(passwords: Passwords) -> None:
    weaker = Passwords(1, time_cost=1, memory_kib=64)
    assert passwords.is_outdated(weaker.hash("une phrase de passe"))
    assert not passwords.is_outdated(passwords.hash("une phrase de passe"))
    weaker.close()


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("court", "passwordTooShort"),
        ("x" * 1_025, "passwordTooLong"),
        ("aaaaaaaaaaaaaaaa", "passwordTooObvious"),
        ("ana.dubois-2026", "passwordTooObvious"),
        ("correct horse battery", None),
    ],
)
def test_new_passwords_are_long_and_not_about_oneself(password: str, code: str | None) -> None:
    assert weakness(password, "Ana.Dubois", "Ana") == code
