"""Names that a reader gives are the reader's own: none of them means anything to the SQL behind the answer."""

import pytest

from tests.graphql.conftest import Town
from tests.graphql.test_same_answer import both

TAKEN = ("a", "c", "d", "g1", "g1_total", "l", "more", "n", "n0", "o", "p", "r1", "s", "t", "t1", "tag", "total", "x",
         "_keys", "_node", "_rank", "select", "workspace_id", "number", "key", "D", "__d")  # fmt: skip
SHAPES = {
    "a document": '{ NAME: action(id: "ACTION") { NAME: title } }',
    "a link": "{ NAME: actions(first: 2) { NAME: nodes { NAME: organisation { NAME: name } } } }",
    "a linked list": "{ actions(first: 2) { nodes { NAME: placements(first: 1) { NAME: nodes { NAME: id } } } } }",
    "a count": "{ actions(first: 2) { NAME: totalCount nodes { placements(first: 1) { NAME: totalCount } } } }",
    "cursors": "{ actions(first: 2) { NAME: pageInfo { NAME: endCursor } edges { NAME: cursor } } }",
    "edges": "{ actions(first: 2) { NAME: edges { NAME: node { NAME: title } } } }",
    "parts": "{ actions(first: 9) { nodes { NAME: responsibilities { NAME: kind } } } }",
    "a tree": '{ NAME: planTree(planId: "PLAN") { NAME: objectives { NAME: title } placements { NAME: number } } }',
    "the actions of a tree": '{ planTree(planId: "PLAN") { NAME: actions { NAME: planIds } } }',
    "the plan of a tree": '{ planTree(planId: "PLAN") { NAME: plan { NAME: title } } }',
}


@pytest.mark.parametrize("shape", SHAPES)
async def test_no_name_is_taken(town: Town, shape: str) -> None:
    """Every name that the statement itself uses can be given to any part of the answer."""
    _, listed = await both(town, "administration", "{ actions { nodes { id } } plans { nodes { id } } }", {})
    action, plan = (listed["data"][kind]["nodes"][0]["id"] for kind in ("actions", "plans"))
    for name in TAKEN:
        text = SHAPES[shape].replace("ACTION", action).replace("PLAN", plan).replace("NAME", name)
        fast, answer = await both(town, "administration", text, {})
        assert "errors" not in answer, (text, answer["errors"])
        assert fast == answer["data"], text
