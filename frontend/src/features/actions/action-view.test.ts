import { expect, test } from "vitest";
import { type ActionUpdate, asksReason, changesIn } from "./action-view";
import { sum } from "./money";

const base: ActionUpdate = {
  status: "inProgress",
  progress: 40,
  health: "good",
  healthReason: null,
  statusRemark: "Commencé.",
  statusReason: null,
};

test("only what was touched is sent", () => {
  expect(changesIn(base, base)).toEqual({});
  expect(changesIn(base, { ...base, progress: 45, statusRemark: null })).toEqual({
    progress: 45,
    statusRemark: null,
  });
});

test("giving up and reopening are explained, the rest is not", () => {
  expect(asksReason("inProgress", "cancelled")).toBe(true);
  expect(asksReason("completed", "inProgress")).toBe(true);
  expect(asksReason("inProgress", "waiting")).toBe(false);
  expect(asksReason("cancelled", "cancelled")).toBe(false);
});

test("amounts are added to the cent, unknown ones left out", () => {
  expect(sum(["0.10", "0.20", null])).toBe("0.30");
  expect(sum(["9007199254740993.01", "-0.02"])).toBe("9007199254740992.99");
  expect(sum([null])).toBeNull();
});
