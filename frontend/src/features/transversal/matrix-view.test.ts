import { describe, expect, test } from "vitest";
import { type Figures, figureOf, matrixOf, sentenceOf, stepIn, weightOf } from "./matrix-view";
import { frenchWords, sampleTransversal } from "./sample-matrix";

const plans = new Map([
  ["pcs", { code: "PCS", kind: "pcs" }],
  ["pst", { code: "PST", kind: "pst" }],
]);
const view = (showsEmpty = false) => matrixOf(sampleTransversal, plans, showsEmpty, frenchWords());
const figures = (more: Partial<Figures> = {}): Figures => ({
  count: 4,
  averageProgress: 50,
  budgetPlanned: "1234567.89",
  lateCount: 1,
  latePercent: 25,
  ...more,
});

describe("the matrix", () => {
  test("puts the plan that federates first and the actions without a plan last", () => {
    expect(view().across.map((one) => one.key)).toEqual(["pst", "pcs", "none"]);
  });

  test("leaves out lines without action, and counts them", () => {
    const matrix = view();
    expect(matrix.lines.map((line) => line.label)).toEqual(["Logement", "Sans domaine"]);
    expect(matrix.emptyCount).toBe(1);
    expect(view(true).lines).toHaveLength(3);
  });

  test("keeps the totals of the service: they are not the sum of the cells", () => {
    const [housing] = view().lines;
    expect(housing?.cells.map((cell) => cell?.count)).toEqual([2, 2, undefined]);
    expect(housing?.total?.count).toBe(3);
  });
});

test("a figure is short, its sentence exact", () => {
  expect(figureOf(figures(), "budget", "fr-BE")).toMatch(/^1,23\sM\s€$/);
  expect(sentenceOf(figures(), "budget", frenchWords(), "fr-BE")).toMatch(
    /4 actions, budget prévu 1\s234\s567,89\s€/,
  );
  expect(figureOf(figures({ averageProgress: null }), "progress", "fr-BE")).toBe("–");
  expect(sentenceOf(figures({ averageProgress: null }), "progress", frenchWords(), "fr-BE")).toContain(
    "non calculé",
  );
  expect(sentenceOf(figures(), "late", frenchWords(), "fr-BE")).toBe("1 en retard sur 4");
  expect(figureOf(null, "count", "fr-BE")).toBeNull();
});

test("the heaviest cell is the largest figure, and nothing weighs nothing", () => {
  const matrix = view();
  expect(weightOf(matrix.lines[0]?.cells[0] ?? null, "count", matrix)).toBe(1);
  expect(weightOf(null, "count", matrix)).toBe(0);
});

describe("the keys", () => {
  const size = { lines: 3, columns: 4 };
  test.each([
    ["ArrowRight", false, { line: 1, column: 2 }],
    ["ArrowUp", false, { line: 0, column: 1 }],
    ["Home", false, { line: 1, column: 0 }],
    ["End", false, { line: 1, column: 3 }],
    ["Home", true, { line: 0, column: 0 }],
    ["End", true, { line: 2, column: 3 }],
    ["PageDown", false, { line: 2, column: 1 }],
  ])("%s (Ctrl: %s)", (key, isFar, expected) => {
    expect(stepIn({ line: 1, column: 1 }, size, key, isFar)).toEqual(expected);
  });

  test("an edge is not passed, and other keys are for others", () => {
    expect(stepIn({ line: 2, column: 3 }, size, "ArrowDown", false)).toEqual({ line: 2, column: 3 });
    expect(stepIn({ line: 0, column: 0 }, size, "Tab", false)).toBeNull();
  });
});
