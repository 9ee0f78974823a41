"""The closed lists of the domain, in their one spelling (stored, REST and GraphQL alike)."""
