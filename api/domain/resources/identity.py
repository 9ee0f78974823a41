"""Accounts, memberships and clients as documents."""

from .base import Resource

RESOURCES: tuple[Resource, ...] = ()
