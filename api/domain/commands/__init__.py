"""Writes, named by verbs: each in the transaction of its caller, recorded in the journal."""
