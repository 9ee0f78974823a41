"""The tables, one module per concept. Rows never leave the domain."""

from api.domain.tables import actions, identity, journal, organisations, plans, reference, versions

__all__ = ["actions", "identity", "journal", "organisations", "plans", "reference", "versions"]
