"""The command line `pst`, one module per group of commands."""
