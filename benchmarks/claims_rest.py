"""REST against the floor, GraphQL against REST: the claims about our own doors."""

from collections.abc import Sequence
from contextlib import ExitStack

import orjson

from benchmarks import questions as q
from benchmarks.bed import Bed
from benchmarks.load import Next, ask
from benchmarks.measure import Variant, in_turns
from benchmarks.report import Finding, compared

UNCHANGED = frozenset({304})
AT_ONCE = (1, 16, 64)


async def rest(bed: Bed, stack: ExitStack, requests: int, turns: int) -> list[Finding]:
    """Lists and trees, read each time; and a tree that did not change since."""
    fresh = stack.enter_context(bed.ours("fresh", PST_REMEMBER_MIB="0"))
    kept, floor = stack.enter_context(bed.ours("kept")), stack.enter_context(bed.floor())
    bearers, all_of_them, some = bed.bearers, bed.subjects, bed.subjects[:100]
    pairs = [
        ("REST list, uncached", 1.5, Variant("list", fresh, q.round_robin(all_of_them, q.page(bearers))),
         Variant("floor list", floor, q.round_robin(all_of_them, q.floor("/page", bearers)))),
        ("REST tree, uncached", 1.15, Variant("tree", fresh, q.round_robin(all_of_them, q.tree(bearers)), share=0.4),
         Variant("floor tree", floor, q.round_robin(all_of_them, q.floor("/tree", bearers)), share=0.4)),
        ("REST tree, unchanged: bytes", 1.5, Variant("kept tree", kept, q.round_robin(some, q.tree(bearers))),
         Variant("floor kept", floor, q.round_robin(some, q.floor("/remembered", bearers)))),
        ("REST tree, unchanged: 304", 1.5,
         Variant("known tree", kept, q.round_robin(some, q.known_tree(bearers)), UNCHANGED),
         Variant("floor known", floor, q.round_robin(some, q.floor("/known", bearers)), UNCHANGED)),
    ]  # fmt: skip
    await _same(bed, fresh.port, floor.port)
    await _warm(kept.port, q.round_robin(some, q.tree(bearers)), len(some))
    found = []
    for claim, target, ours, theirs in pairs:
        for at_once in AT_ONCE:
            figures = await in_turns(
                [ours, theirs],
                bed.database_pid,
                concurrency=at_once,
                requests=requests,
                turns=turns,
                communes=bed.communes,
            )
            found.append(compared(claim, bed.communes, figures, ours.name, theirs.name, target))
    return found


async def _same(bed: Bed, ours: int, floor: int) -> None:
    """The floor answers the same bytes."""
    subject, bearers = bed.subjects[0], bed.bearers
    assert (await ask(ours, q.tree(bearers)(subject))).body == (
        await ask(floor, q.floor("/tree", bearers)(subject))
    ).body
    mine = orjson.loads((await ask(ours, q.page(bearers)(subject))).body)["items"]
    assert mine == orjson.loads((await ask(floor, q.floor("/page", bearers)(subject))).body)["items"]


async def _warm(port: int, following: Next, times: int) -> None:
    for _ in range(times):
        await ask(port, following())


async def graphql(bed: Bed, stack: ExitStack, requests: int, turns: int) -> list[Finding]:
    """Everything that the REST answer holds, asked through the other door."""
    from benchmarks.selections import LIST, TREE

    fresh = stack.enter_context(bed.ours("fresh", PST_REMEMBER_MIB="0", PST_GRAPHQL_DEPTH="12"))
    bearers, subjects = bed.bearers, bed.subjects
    through_list = q.graphql(bearers, LIST, lambda _: {})
    through_tree = q.graphql(bearers, TREE, lambda s: {"id": str(s.plan)})
    await _equal(fresh.port, bed, through_list, through_tree)
    pairs = [
        ("GraphQL list, uncached, against REST", Variant("GraphQL list", fresh, q.round_robin(subjects, through_list)),
         Variant("REST list", fresh, q.round_robin(subjects, q.page(bearers)))),
        ("GraphQL tree, uncached, against REST",
         Variant("GraphQL tree", fresh, q.round_robin(subjects, through_tree), share=0.4),
         Variant("REST tree", fresh, q.round_robin(subjects, q.tree(bearers)), share=0.4)),
    ]  # fmt: skip
    found = []
    for claim, ours, theirs in pairs:
        for at_once in AT_ONCE[:2]:
            figures = await in_turns(
                [ours, theirs],
                bed.database_pid,
                concurrency=at_once,
                requests=requests,
                turns=turns,
                communes=bed.communes,
            )
            found.append(compared(claim, bed.communes, figures, ours.name, theirs.name, 1.25))
    return found


async def _equal(port: int, bed: Bed, through_list: q.Make, through_tree: q.Make) -> None:
    """Both doors say the same of the first commune."""
    subject, bearers = bed.subjects[0], bed.bearers
    told = orjson.loads((await ask(port, through_list(subject))).body)
    rest_told = orjson.loads((await ask(port, q.page(bearers)(subject))).body)
    assert "errors" not in told, told["errors"]
    assert _sorted(told["data"]["actions"]["nodes"]) == _sorted(rest_told["items"]), "the lists differ"
    told = orjson.loads((await ask(port, through_tree(subject))).body)
    rest_told = orjson.loads((await ask(port, q.tree(bearers)(subject))).body)
    assert "errors" not in told, told["errors"]
    for part in ("objectives", "placements", "actions"):
        assert _sorted(told["data"]["planTree"][part]) == _sorted(rest_told[part]), f"the {part} differ"


def _sorted(items: Sequence[dict[str, object]]) -> list[bytes]:
    return sorted(orjson.dumps(item, option=orjson.OPT_SORT_KEYS) for item in items)
