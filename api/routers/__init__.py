"""REST: thin doors into the domain."""
