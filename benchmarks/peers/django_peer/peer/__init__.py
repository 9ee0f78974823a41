"""The application of the peer: Django knows the relations of installed applications only."""
