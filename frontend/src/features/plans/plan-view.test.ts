import { expect, test } from "vitest";
import type { Schemas } from "@/api/contract";
import { filterTree } from "./plan-filter";
import { nodesOf } from "./plan-view";
import { everyNode, find, placeNow, relocate } from "./tree-operations";

type Tree = Schemas["PlanTree"];

const objective = (id: string, level: number, parentId: string | null, number: string, more = {}) =>
  ({
    id,
    level,
    parentId,
    number,
    title: id,
    strandId: "s",
    version: 3,
    permitted: ["updateObjective"],
    ...more,
  }) as Tree["objectives"][number];
const action = (id: string, more = {}) =>
  ({
    id,
    title: id,
    status: "inProgress",
    version: 5,
    permitted: ["updateAction"],
    planIds: ["pst", "pcs"],
    number: null,
    parentId: null,
    ...more,
  }) as Tree["actions"][number];
const subAction = (id: string, number: string) => action(id, { parentId: "a", planIds: ["pcs"], number });
const placement = (id: string, actionId: string, objectiveId: string, number: string) =>
  ({
    id,
    actionId,
    objectiveId,
    number,
    version: 7,
    permitted: ["updatePlacement"],
  }) as Tree["placements"][number];

const tree = {
  plan: {
    id: "pst",
    permitted: ["updatePlan"],
    isClosed: false,
    levels: [
      { level: 1, label: "Objectif stratégique", meaning: "strategic" },
      { level: 2, label: "Objectif opérationnel", meaning: "operational" },
    ],
    strands: [{ id: "s", label: "Volet externe", meaning: "external" }],
  },
  objectives: [
    objective("os", 1, null, "1"),
    objective("oo", 2, "os", "1.1", { status: "draft", permitted: ["updateObjective", "deleteObjective"] }),
    objective("oo2", 2, "os", "1.2", { coversPlanId: "pcs", permitted: [] }),
  ],
  placements: [placement("p1", "a", "oo", "1.1.1"), placement("p2", "b", "oo", "1.1.2")],
  actions: [action("a"), action("b", { isLate: true }), action("c"), subAction("d", "1.1.1.1")],
} as unknown as Tree;

const names = new Map([
  ["pst", { code: "PST", name: "Programme stratégique" }],
  ["pcs", { code: "PCS", name: "Cohésion sociale" }],
]);
const nodes = nodesOf(tree, {
  names,
  owners: new Map([
    ["a", "Travaux"],
    ["b", ""],
  ]),
  unplaced: "À rattacher",
});
const get = (id: string) => {
  const node = find(nodes, id);
  if (!node) throw new Error(id);
  return node;
};

test("strand, objectives, placements, sub-actions, and the shelf of what has no place", () => {
  expect(everyNode(nodes).map((node) => node.id)).toEqual([
    "strand:s",
    "os",
    "oo",
    "p1",
    "p1/d",
    "p2",
    "oo2",
    "unplaced",
    "c",
  ]);
  expect(get("p1")).toMatchObject({ kind: "action", code: "1.1.1", due: null });
  expect(get("p1/d")).toMatchObject({ kind: "subAction", code: "1.1.1.1" });
});

test("a sub-action that is placed on its own stands there alone", () => {
  const own = { ...tree, placements: [...tree.placements, placement("p3", "d", "oo2", "1.2.1")] };
  const actions = [...tree.actions.slice(0, 3), action("d", { parentId: "a" })];
  const ids = everyNode(nodesOf({ ...own, actions }, { names, owners: new Map(), unplaced: "" })).map(
    (n) => n.id,
  );
  expect(ids).toEqual(["strand:s", "os", "oo", "p1", "p2", "oo2", "p3", "unplaced", "c"]);
});

test("an action bears the marks of the other plans, an objective that of the plan it stands for", () => {
  expect(get("p1").marks.map((mark) => mark.code)).toEqual(["PCS"]);
  expect(get("oo2").marks.map((mark) => mark.code)).toEqual(["PCS"]);
});

test("nobody responsible is not the same as not being told", () => {
  expect([get("p1").owner, get("p2").owner, get("c").owner]).toEqual(["Travaux", null, undefined]);
});

test("what can be done comes from what the service permits", () => {
  expect(get("oo").permitted).toEqual(["rename", "move", "publish", "addInside", "addAfter", "remove"]);
  expect(get("oo2").permitted).toEqual(["addInside", "addAfter"]);
  expect(get("p1").permitted).toEqual(["open", "rename", "move", "addAfter"]);
  const read = nodesOf(
    { ...tree, plan: { ...tree.plan, permitted: [] } },
    { names, owners: new Map(), unplaced: "" },
  );
  expect(find(read, "oo2")?.permitted).toEqual([]);
});

test("a place is taken, and given back, to the letter", () => {
  const before = placeNow(nodes, get("p1"));
  const moved = relocate(nodes, "p1", { parentId: "oo2", afterId: null });
  expect(["p1", "p1/d", "p2"].map((id) => find(moved, id)?.code)).toEqual(["…", "…", "1.1.2"]);
  expect(relocate(moved, "p1", { parentId: "oo2", afterId: null })).toEqual(moved);
  expect(everyNode(relocate(moved, "p1", before)).map((node) => node.id)).toEqual(
    everyNode(nodes).map((node) => node.id),
  );
});

test("filters keep the way to what is sought; an objective sought by name keeps what it holds", () => {
  const ids = (filter: object) => everyNode(filterTree(nodes, filter)).map((node) => node.id);
  expect(ids({ late: true })).toEqual(["strand:s", "os", "oo", "p2"]);
  expect(ids({ q: "1.1 OO" })).toEqual(["strand:s", "os", "oo", "p1", "p1/d", "p2"]);
  expect(ids({ q: "pcs", status: "completed" })).toEqual([]);
});
