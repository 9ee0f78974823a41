"""Statements written once for an audience: same words, each reader's own values."""

from uuid import UUID, uuid4

from api.domain.actor import Actor, Membership, Role
from api.domain.sql.plan_tree import tree_statement
from api.domain.sql.reader import Reader

HOUSE = UUID("00000000-0000-7000-8000-00000000000a")


def _reader(workspace: UUID, role: Role = Role.ADMINISTRATION, account: UUID | None = None) -> Reader:
    member = Membership(role, organisation_id=HOUSE, person_id=account)
    actor = Actor((member,), account_id=account or uuid4(), workspace_id=workspace)
    return Reader(actor, "fr", "https://pst.example")


def _tree(reader: Reader, plan: UUID) -> tuple[str, list[object]]:
    return tree_statement(reader, plan), reader.binds.values


def test_each_question_is_bound_anew() -> None:
    workspace, one, other = uuid4(), uuid4(), uuid4()
    first, second = _tree(_reader(workspace), one), _tree(_reader(workspace), other)
    assert first[0] is second[0]
    assert first[1][0] == one
    assert second[1][0] == other
    assert first[1][1:] == second[1][1:]


def test_a_question_that_names_the_workspace_spoils_no_later_one() -> None:
    workspace, plan = uuid4(), uuid4()
    _tree(_reader(workspace), workspace)
    sql, values = _tree(_reader(workspace), plan)
    assert values[0] == plan
    assert workspace in values[1:]
    assert sql == _tree(_reader(uuid4()), plan)[0]


def test_communes_share_words_and_never_values() -> None:
    one, other = uuid4(), uuid4()
    first, second = _tree(_reader(one), uuid4()), _tree(_reader(other), uuid4())
    assert first[0] == second[0]
    assert one in first[1]
    assert one not in second[1]
    assert other in second[1]


def test_agents_are_written_for_one_by_one() -> None:
    workspace, plan, one, other = uuid4(), uuid4(), uuid4(), uuid4()
    first = _tree(_reader(workspace, Role.AGENT, one), plan)
    second = _tree(_reader(workspace, Role.AGENT, other), plan)
    assert one in first[1]
    assert one not in second[1]
    assert other in second[1]
