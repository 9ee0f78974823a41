"""Everything that would still be true if HTTP and GraphQL vanished."""
