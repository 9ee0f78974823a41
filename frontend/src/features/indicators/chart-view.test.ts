import { expect, test } from "vitest";
import { dayNumber, dayScale, niceTicks, pathOf, spotsOf, valueScale } from "./chart-view";

test("ticks are round and cover the span", () => {
  expect(niceTicks(0, 100, 4)).toEqual([0, 50, 100]);
  expect(niceTicks(0, 37, 4)).toEqual([0, 10, 20, 30, 40]);
  expect(niceTicks(0, 0.4, 4)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
  expect(niceTicks(-5, 12, 4)).toEqual([-5, 0, 5, 10, 15]);
  expect(niceTicks(0, 0, 4).length).toBeGreaterThan(1);
});

test("values rise from the bottom to the top, and zero is always in sight", () => {
  const y = valueScale([20, 80], 200, 0);
  expect(y(0)).toBe(200);
  expect(y(80)).toBeLessThan(y(20));
});

test("days go from left to right, years are marked, and one single day has a place too", () => {
  const x = dayScale(["2025-01-01", "2027-01-01"], 0, 730);
  expect(x(dayNumber("2026-01-01"))).toBeCloseTo(365, 0);
  expect(x.ticks).toHaveLength(3);
  expect(Number.isFinite(dayScale(["2026-05-01"], 0, 100)(dayNumber("2026-05-01")))).toBe(true);
});

test("what is not computable has no spot: it is not drawn as zero", () => {
  const spots = spotsOf([
    { on: "2026-01-01", value: null },
    { on: "2026-02-01", value: "0" },
  ]);
  expect(spots).toEqual([{ on: "2026-02-01", value: 0 }]);
  const x = dayScale(["2026-01-01", "2026-02-01"], 0, 31);
  expect(pathOf(spots, x, valueScale([0, 1], 10, 0))).toBe("M31.0 10.0");
});
