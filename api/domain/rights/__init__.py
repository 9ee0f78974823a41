"""The policy said in SQL: which rows a reader sees, and which of them it may change."""
