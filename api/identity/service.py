"""What identity keeps while the service runs: keys, tokens, password threads, counters."""

from dataclasses import dataclass
from typing import Any, Self

from api.identity.keys import Keys
from api.identity.passwords import Passwords
from api.identity.sessions import Presence, trusted_origins
from api.identity.throttle import Failures
from api.identity.tokens import Tokens
from api.settings import Settings

LONGEST_TOKEN_LIFE = 600
"""Ten minutes (`api.md` §4), whatever the settings say."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One per process; `app.state.identity`."""

    tokens: Tokens
    passwords: Passwords
    origins: frozenset[str]
    sessions: Presence
    client_failures: Failures

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Ready to sign and verify; makes the first signing key if there is none."""
        return cls(
            tokens=open_tokens(settings),
            passwords=Passwords(settings.password_checks_at_once),
            origins=trusted_origins(settings.base_url, mode=settings.mode),
            sessions=Presence(
                idle_seconds=settings.session_idle_minutes * 60,
                longest_seconds=settings.session_hours * 3_600,
            ),
            client_failures=Failures(limit=60, seconds=60),
        )

    def close(self) -> None:
        self.passwords.close()


def open_tokens(settings: Settings) -> Tokens:
    """The tokens of this installation: ours to issue, and good for our API alone."""
    return Tokens(
        Keys.open(settings.data_dir),
        issuer=settings.base_url,
        audience=f"{settings.base_url}/pst/v1",
        lifetime_seconds=min(settings.access_token_seconds, LONGEST_TOKEN_LIFE),
        may_live_longer=settings.may_issue_tokens_freely,
    )


def identity_of(app: Any) -> Identity:
    """The identity service of an application, opened on first use."""
    state = app.state
    if getattr(state, "identity", None) is None:
        state.identity = Identity.open(state.settings)
    kept: Identity = state.identity
    return kept
