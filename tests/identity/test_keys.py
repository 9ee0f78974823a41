"""Signing keys are private files, named by their thumbprint, and known to every process at once."""

import os
import stat
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from api.domain.errors import Unauthenticated
from api.identity.keys import Keys, UnsafeKey
from api.identity.signatures import public_jwk
from api.identity.tokens import Tokens
from tests.identity.conftest import AUDIENCE, ISSUER


def test_the_first_start_makes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    key = Keys.open(tmp_path).signing
    assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.path.parent.stat().st_mode) == 0o700
    assert [path.name for path in key.path.parent.iterdir()] == [key.path.name]


def test_the_second_start_signs_with_the_same_key(tmp_path: Path) -> None:
    assert Keys.open(tmp_path).signing.kid == Keys.open(tmp_path).signing.kid


def test_a_key_that_others_can_read_stops_the_start(tmp_path: Path) -> None:
    Keys.open(tmp_path).signing.path.chmod(0o640)
    with pytest.raises(UnsafeKey, match="chmod 600"):
        Keys.open(tmp_path)


@pytest.mark.parametrize("curve", [ec.SECP384R1(), ec.SECP256K1()], ids=lambda curve: curve.name)
def test_a_key_on_another_curve_stops_the_start(tmp_path: Path, curve: ec.EllipticCurve) -> None:
    path = Keys.open(tmp_path).signing.path
    path.write_bytes(
        ec.generate_private_key(curve).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    with pytest.raises(UnsafeKey, match="P-256"):
        Keys.open(tmp_path)


def test_a_file_that_is_no_key_stops_the_start(tmp_path: Path) -> None:
    Keys.open(tmp_path).signing.path.write_text("nothing")
    with pytest.raises(UnsafeKey):
        Keys.open(tmp_path)


def test_the_name_of_a_key_is_its_rfc_7638_thumbprint() -> None:
    # Computed by hand from the public point of RFC 7517 appendix A.1.
    numbers = ec.EllipticCurvePublicNumbers(
        int("30a0424cd21c2944838a2d75c92b37e76ea20d9f00893a3b4eee8a3c0aafec3e", 16),
        int("e04b65e92456d9888b52b379bdfbd51ee869ef1f0fc65b6659695b6cce081723", 16),
        ec.SECP256R1(),
    )
    jwk = public_jwk(numbers.public_key())
    assert jwk["x"] == "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"
    assert jwk["y"] == "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"
    assert jwk["kid"] == "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s"


def test_the_published_keys_hold_nothing_private(tmp_path: Path) -> None:
    keys = Keys.open(tmp_path)
    keys.rotate()
    published = keys.jwks()["keys"]
    assert published[0]["kid"] == keys.signing.kid
    assert len(published) == 2
    assert all(set(key) == {"kty", "crv", "x", "y", "kid", "alg", "use"} for key in published)


def tokens_of(keys: Keys) -> Tokens:
    return Tokens(keys, issuer=ISSUER, audience=AUDIENCE, lifetime_seconds=60)


def test_a_key_made_by_another_process_is_honoured_at_once(tmp_path: Path) -> None:
    ours, theirs = tokens_of(Keys.open(tmp_path)), tokens_of(Keys.open(tmp_path))
    for _ in range(3):
        made = theirs.keys.rotate()
        token = theirs.issue(uuid4(), is_machine=True)
        assert ours.verify(token).kid == made.kid


def test_a_key_retired_by_another_process_is_refused_within_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = tokens_of(Keys.open(tmp_path)), Keys.open(tmp_path)
    token = ours.issue(uuid4(), is_machine=True)
    ours.verify(token)
    old = theirs.signing.kid
    made = theirs.rotate()
    theirs.retire(old)
    later = time.monotonic() + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with pytest.raises(Unauthenticated):
        ours.verify(token)
    assert ours.keys.signing.kid == made.kid


def test_invented_names_do_not_make_us_read_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = Keys.open(tmp_path)
    long_ago = time.time_ns() - 60_000_000_000
    os.utime(tmp_path / "keys", ns=(long_ago, long_ago))
    keys.verifying("invented")
    reads: list[bool] = []
    monkeypatch.setattr(keys, "_read", lambda: reads.append(True))
    assert [keys.verifying(f"invented{number}") for number in range(100)] == [None] * 100
    assert reads == []


def test_an_unsafe_file_that_appears_in_service_is_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    keys = Keys.open(tmp_path)
    (tmp_path / "keys" / "20260101T000000000000Z.x.pem").write_text("nothing")
    assert len(keys.jwks()["keys"]) == 1
    assert "left out" in caplog.text


def test_the_signing_key_is_never_retired(tmp_path: Path) -> None:
    keys = Keys.open(tmp_path)
    with pytest.raises(ValueError, match="rotate first"):
        keys.retire(keys.signing.kid)


def test_keys_are_retired_once_their_successor_has_signed_long_enough(tmp_path: Path) -> None:
    keys = Keys.open(tmp_path)
    first = keys.signing.kid
    keys.rotate()
    assert keys.retire_before(datetime.now(UTC) - timedelta(minutes=20)) == []
    assert keys.retire_before(datetime.now(UTC) + timedelta(seconds=1)) == [first]
    assert not keys.knows(first)
