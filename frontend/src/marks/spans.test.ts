import { expect, test } from "vitest";
import { keptDay } from "./spans";

test("a date stands at the first or the last day of the span it is known for", () => {
  const both = (day: string, precision: string) =>
    [keptDay({ day, precision }, "first"), keptDay({ day, precision }, "last")].join(" ");
  expect(both("2026-06-30", "day")).toBe("2026-06-30 2026-06-30");
  expect(both("2028-02-10", "month")).toBe("2028-02-01 2028-02-29");
  expect(both("2026-05-15", "quarter")).toBe("2026-04-01 2026-06-30");
  expect(both("2026-07-01", "semester")).toBe("2026-07-01 2026-12-31");
  expect(both("2026-06-30", "year")).toBe("2026-01-01 2026-12-31");
  expect(both("2026-06-30", "term")).toBe("2026-06-30 2026-06-30");
  expect(keptDay({ day: null, precision: "year" }, "last")).toBeNull();
});
