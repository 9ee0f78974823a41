"""The service's own PostgreSQL: its programs, its directory, its life beside the service."""
