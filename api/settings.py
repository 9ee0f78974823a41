"""Everything that the environment may say to the service, typed, with its default and its meaning.

One class, one source: the environment. Nothing else in the project reads an environment variable.
"""

from functools import lru_cache
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

RUNTIME_ROLE = "pst_runtime"
"""The role under which requests are served: it owns nothing and row-level security applies to it."""

Mode = Literal["production", "development", "demo"]


class Settings(BaseSettings):
    """How this service runs. Each variable is `PST_` and the field's name, except `DATABASE_URL`."""

    model_config = SettingsConfigDict(
        env_prefix="PST_", env_ignore_empty=True, extra="forbid", frozen=True, populate_by_name=True
    )

    mode: Mode = Field(
        "production", description="production, development or demo: only the last two issue tokens freely"
    )
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=1, le=65535, description="port to listen on")
    public_url: str = Field("", description="address under which the outside reaches the service")
    data_dir: Path = Field(Path("var"), description="where the service keeps its files and its database")
    workers: int = Field(1, ge=1, le=64, description="processes that answer requests; one per core at most")
    frontend_dir: Path = Field(Path("frontend/dist"), description="the built frontend, served at /")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="least severe log line")
    trusted_proxies: str = Field(
        "127.0.0.1", description="addresses whose X-Forwarded-* headers are believed, by comma"
    )
    drain_seconds: int = Field(10, ge=0, le=300, description="how long a stop waits for running requests")

    database_url: SecretStr | None = Field(
        None,
        validation_alias="DATABASE_URL",
        description="PostgreSQL 15 or later; absent: the service runs its own in PST_DATA_DIR",
    )
    owner_database_url: SecretStr | None = Field(
        None,
        description="account that owns the tables and migrates; absent: the account of DATABASE_URL, "
        "and requests then run under the role pst_runtime",
    )
    pool_size: int = Field(10, ge=1, le=200, description="connections to PostgreSQL of each worker")
    database_wait_seconds: float = Field(
        30.0, ge=0, le=3_600, description="how long a start waits for a database that does not answer yet"
    )
    pool_acquire_seconds: float = Field(2.0, gt=0, le=60, description="wait for a connection, then 503")
    statement_timeout_ms: int = Field(5_000, ge=100, description="longest statement of a request")
    plan_cache_mode: Literal["force_generic_plan", "auto", "force_custom_plan"] = Field(
        "force_generic_plan", description="whether PostgreSQL plans a statement for all values or for those at hand"
    )
    lock_timeout_ms: int = Field(2_000, ge=10, description="longest wait for a row that another one holds")
    idle_in_transaction_ms: int = Field(10_000, ge=100, description="longest pause inside a transaction")

    body_limit_bytes: int = Field(1_048_576, ge=1_024, description="largest request body")
    import_limit_bytes: int = Field(20_971_520, ge=1_024, le=20_971_520, description="largest file sent to the service")
    json_depth: int = Field(32, ge=4, le=200, description="deepest nesting of a JSON body")
    url_limit_bytes: int = Field(8_192, ge=512, description="longest path and query")
    remember_mib: int = Field(
        32, ge=0, le=4_096, description="memory of each worker for answers that still hold; 0 remembers none"
    )
    accelerations: bool = Field(
        True, description="whether answers may be given without being computed anew; false: each takes the plain way"
    )
    page_limit: int = Field(200, ge=1, le=1_000, description="most items of one page")

    public_reads_per_minute: int = Field(
        600, ge=1, description="what an address may ask without a token, beside what is answered from memory"
    )
    graphql_tokens: int = Field(2_000, ge=100, description="most lexical tokens of a GraphQL document")
    graphql_depth: int = Field(12, ge=3, description="deepest GraphQL selection")
    graphql_aliases: int = Field(30, ge=1, description="most aliases of a GraphQL document")
    graphql_cost: int = Field(200_000, ge=1_000, description="most fields a GraphQL answer may hold, estimated")
    graphql_documents: Path | None = Field(
        None, description="manifest of GraphQL documents known from the start (Apollo's persisted query manifest)"
    )
    graphql_unknown_documents: Literal["anyone", "signedIn", "nobody"] | None = Field(
        None, description="who may send documents that are not known; absent: signedIn in production, else anyone"
    )

    scheduled_work: bool = Field(True, description="remind people and apply what is due by date")
    smtp_host: str | None = Field(None, description="mail server for reminders; none: only in the application")
    smtp_port: int = Field(587, ge=1, le=65_535, description="port of the mail server")
    smtp_security: Literal["starttls", "tls", "none"] = Field("starttls", description="how the mail server is reached")
    smtp_username: str | None = Field(None, description="account at the mail server")
    smtp_password: SecretStr | None = Field(None, description="its password")
    mail_from: str = Field("pst@localhost", description="sender of the letters")

    access_token_seconds: int = Field(600, ge=60, le=3_600, description="life of an access token")
    session_hours: int = Field(12, ge=1, le=168, description="life of a browser session")
    session_idle_minutes: int = Field(120, ge=5, le=1_440, description="a browser session ends when unused for so long")
    idempotency_hours: int = Field(24, ge=1, le=168, description="how long an Idempotency-Key is remembered")
    password_checks_at_once: int = Field(2, ge=1, le=16, description="argon2 computations running together")

    @field_validator("database_url", "owner_database_url")
    @classmethod
    def _is_a_postgres_address(cls, address: SecretStr | None) -> SecretStr | None:
        if address is not None:
            parts = urlsplit(address.get_secret_value())
            if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
                raise ValueError("must look like postgresql://account:password@host:5432/database")
        return address

    @field_validator("public_url")
    @classmethod
    def _is_an_origin(cls, address: str) -> str:
        address = address.rstrip("/")
        parts = urlsplit(address)
        if address and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query):
            raise ValueError("must look like https://pst.example.be, without a query")
        return address

    @model_validator(mode="after")
    def _owner_needs_a_database(self) -> Self:
        if self.owner_database_url is not None and self.database_url is None:
            raise ValueError("PST_OWNER_DATABASE_URL is given without DATABASE_URL")
        return self

    @property
    def base_url(self) -> str:
        """The address under which links are written: `PST_PUBLIC_URL`, or where the service listens."""
        if self.public_url:
            return self.public_url
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def may_issue_tokens_freely(self) -> bool:
        """Whether `pst token` and demo accounts may exist here: never in production."""
        return self.mode != "production"

    @property
    def askers_of_unknown_documents(self) -> Literal["anyone", "signedIn", "nobody"]:
        """Who may send GraphQL documents that are neither in the manifest nor registered."""
        return self.graphql_unknown_documents or ("signedIn" if self.mode == "production" else "anyone")

    @property
    def assumed_role(self) -> str | None:
        """The role each runtime connection takes on, or None where the account itself is the runtime's.

        When one account both owns the tables and serves requests, it must put its ownership aside: an
        owner is exempt from row-level security.
        """
        return RUNTIME_ROLE if self.owner_database_url is None else None

    def runtime_session_settings(self) -> dict[str, str]:
        """What PostgreSQL is told at the start of each connection that serves requests."""
        told = {
            "application_name": "pst",
            "timezone": "UTC",
            "statement_timeout": str(self.statement_timeout_ms),
            # A statement on its own sees one snapshot, and so do the functions that it calls.
            "default_transaction_isolation": "repeatable read",
            "lock_timeout": str(self.lock_timeout_ms),
            "idle_in_transaction_session_timeout": str(self.idle_in_transaction_ms),
            # One text serves every reader of the same rights, whatever the values: so does one plan of it. Planning
            # anew for the values at hand costs more than most statements take.
            "plan_cache_mode": self.plan_cache_mode,
        }
        if self.assumed_role is not None:
            told["role"] = self.assumed_role
        return told


def variable_of(name: str) -> str:
    """The environment variable that sets a field of `Settings`."""
    alias = Settings.model_fields[name].validation_alias
    return alias if isinstance(alias, str) else f"PST_{name.upper()}"


@lru_cache
def get_settings() -> Settings:
    """The settings of this process, read once from the environment."""
    return Settings()
