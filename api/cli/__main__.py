"""`python -m api.cli`: the command line without its script."""

from api.cli.main import app

app()
