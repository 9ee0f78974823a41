"""The demonstration communes: their files, and how these are written through the domain."""
