"""Concepts declared once: what REST, GraphQL, policy and SQL all read."""
