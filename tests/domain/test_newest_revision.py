"""The newest migration, read from the files without loading what migrates: nearly every start needs no more."""

from alembic.config import Config
from alembic.script import ScriptDirectory

from api.migration import ROOT, newest_revision


def test_the_files_name_the_head_that_alembic_names() -> None:
    assert (
        newest_revision() == ScriptDirectory.from_config(Config(toml_file=ROOT / "pyproject.toml")).get_current_head()
    )
