"""The shared directory: one body, one entry."""

from uuid import UUID

import pytest

from api.db import Database
from api.domain.errors import Forbidden, Invalid
from api.domain.identifiers import DIRECTORY
from tests.factories import change, make, make_commune

NUMBERS = iter(range(8_000_000, 9_000_000))


def enterprise_number() -> str:
    """A number that passes the mod-97 check and that nobody has."""
    root = f"0{next(NUMBERS)}"
    return f"{root}{97 - int(root) % 97:02d}"


async def directory_position(database: Database) -> int:
    async with database.connection() as connection:
        position: int = await connection.fetchval(
            "select position from journal_counter where workspace_id = $1", DIRECTORY
        )
    return position


async def test_a_known_enterprise_number_answers_the_body_that_is_there(database: Database) -> None:
    first, second = await make_commune(database), await make_commune(database)
    number = enterprise_number()
    made = await make(first, "organisation", name="Maison", kind="nonprofit", enterprise_number=number)
    position = await directory_position(database)
    again = await make(second, "organisation", name="La Maison", kind="nonprofit", enterprise_number=number)
    assert again == made
    assert await directory_position(database) == position
    async with database.connection() as connection:
        row = await connection.fetchrow("select name, steward_workspace_id from organisation where id = $1", made)
    assert (row["name"], row["steward_workspace_id"]) == ("Maison", first.workspace_id)


async def test_bodies_without_a_number_are_not_taken_for_each_other(database: Database) -> None:
    commune = await make_commune(database)
    made = {await make(commune, "organisation", name="Comité", kind="citizensGroup") for _ in range(2)}
    assert len(made) == 2


async def test_a_body_is_edited_by_its_steward_and_no_other_commune(database: Database) -> None:
    first, second = await make_commune(database), await make_commune(database)
    made: UUID = await make(first, "organisation", name="Comité", kind="citizensGroup")
    await change(first, "organisation", made, name="Comité de quartier")
    with pytest.raises(Forbidden):
        await change(second, "organisation", made, name="Autre")


async def test_a_number_that_fails_its_check_is_refused(database: Database) -> None:
    commune = await make_commune(database)
    with pytest.raises(Invalid):
        await make(commune, "organisation", name="X", kind="nonprofit", enterprise_number="0800000099")


async def test_a_territory_that_is_no_commune_names_its_field(database: Database) -> None:
    commune = await make_commune(database)
    with pytest.raises(Invalid) as refusal:
        await make(commune, "organisation", name="X", kind="nonprofit", territory=[12345])
    assert [issue.name for issue in refusal.value.issues] == ["territory"]
