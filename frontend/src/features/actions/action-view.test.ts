import { expect, test } from "vitest";
import { changedFields } from "@/editing/use-edit";
import { type ActionUpdate, asksReason } from "./action-view";

const base: ActionUpdate = {
  status: "inProgress",
  progress: 40,
  health: "good",
  healthReason: null,
  statusRemark: "Commencé.",
  statusReason: null,
};

test("only what was touched is sent", () => {
  expect(changedFields(base, base)).toEqual({});
  expect(changedFields(base, { ...base, progress: 45, statusRemark: null })).toEqual({
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
