import { expect, test } from "vitest";
import { exceeds, percentOf, sum } from "./money";

test("amounts are added to the cent, unknown ones left out", () => {
  expect(sum(["0.10", "0.20", null])).toBe("0.30");
  expect(sum(["9007199254740993.01", "-0.02"])).toBe("9007199254740992.99");
  expect(sum(["33.33", "33.33", "33.34"])).toBe("100.00");
  expect(sum([null])).toBeNull();
});

test("parts of a whole are counted without rounding up", () => {
  expect(percentOf("199.99", "200.00")).toBe(99);
  expect(percentOf("300.00", "200.00")).toBe(100);
  expect(percentOf("1.00", "0.00")).toBeNull();
  expect(exceeds("200.01", "200.00")).toBe(true);
  expect(exceeds("200.00", "200.00")).toBe(false);
});
