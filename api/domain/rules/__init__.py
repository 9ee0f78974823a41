"""Pure rules of the domain: no SQL, no web, nothing that waits."""
