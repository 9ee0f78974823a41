"""Demonstration data never opens a production service."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from api.installation import install_reference
from api.migration import migrate
from api.postgres.embedded import EmbeddedPostgres
from api.serving import _demo, _refuse_demo_in_production
from api.settings import Settings


def test_a_database_with_demonstration_accounts_is_not_served_in_production(data_folder: Path) -> None:
    folder = data_folder / "demonstration"
    folder.mkdir(mode=0o755)
    with EmbeddedPostgres(folder, durable=False) as addresses:
        migrate(addresses.owner)
        install_reference(addresses.owner)
        production = Settings(mode="production", data_dir=folder)
        _refuse_demo_in_production(production, addresses.owner)

        demo = Settings(mode="demo", data_dir=folder)
        _demo(demo.model_copy(update={"database_url": SecretStr(addresses.runtime)}), addresses.owner)

        with pytest.raises(SystemExit, match="PST_MODE=demo"):
            _refuse_demo_in_production(production, addresses.owner)
        _refuse_demo_in_production(demo, addresses.owner)
