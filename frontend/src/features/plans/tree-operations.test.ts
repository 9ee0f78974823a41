import { expect, test } from "vitest";
import { renumber, samplePlan } from "./sample-plan";
import { everyId, find, mayStand, move, rename, sift, step } from "./tree-operations";

const codeOf = (tree: typeof samplePlan, id: string) => find(tree, id)?.code;
const get = (id: string) => {
  const node = find(samplePlan, id);
  if (!node) throw new Error(id);
  return node;
};

test("what is moved waits for its number, and every id stays", () => {
  const waiting = move(samplePlan, "n-1.2.1", "n-2.2", "on");
  expect(["n-1.2.1", "n-1.2.1.1", "n-1.2.2"].map((id) => codeOf(waiting, id))).toEqual(["…", "…", "1.2.2"]);
  const moved = renumber(waiting);
  expect(codeOf(moved, "n-1.2.1")).toBe("2.2.2");
  expect(codeOf(moved, "n-1.2.1.1")).toBe("2.2.2.1");
  expect(codeOf(moved, "n-1.2.2")).toBe("1.2.1");
  expect(everyId(moved).sort()).toEqual(everyId(samplePlan).sort());
});

test("strategic objectives are numbered on from one strand to the next", () => {
  const moved = renumber(move(samplePlan, "n-1", "n-4", "after"));
  expect(["n-2", "n-3", "n-4", "n-1"].map((id) => codeOf(moved, id))).toEqual(["1", "2", "3", "4"]);
});

test("nothing is moved into itself", () => {
  expect(move(samplePlan, "n-1", "n-1.2", "on")).toBe(samplePlan);
  expect(mayStand(get("n-1"), get("n-1.2"), "on")).toBe(false);
});

test("a row stands beside its like, and inside what may hold it", () => {
  expect(mayStand(get("n-1.1.1"), get("n-2.2"), "on")).toBe(true);
  expect(mayStand(get("n-1.1.1"), get("n-2"), "on")).toBe(false);
  expect(mayStand(get("n-1.1.1"), get("n-2.2.1"), "before")).toBe(true);
  expect(mayStand(get("n-1.1"), get("n-2.2.1"), "before")).toBe(false);
});

test("a step ends at the end of the line", () => {
  expect(step(samplePlan, "n-1.1.1", 1)).toEqual({ targetId: "n-1.1.2", place: "after" });
  expect(step(samplePlan, "n-1.1.1", -1)).toBeNull();
});

test("sifting keeps the way to what pleases", () => {
  expect(everyId(sift(samplePlan, (node) => node.isLate))).toEqual([
    "external",
    "n-1",
    "n-1.1",
    "n-1.1.2",
    "n-2",
    "n-2.1",
    "n-2.1.1",
  ]);
});

test("renaming touches one name", () => {
  expect(find(rename(samplePlan, "n-2", "Bouger"), "n-2")?.name).toBe("Bouger");
});
