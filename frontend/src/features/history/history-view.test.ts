import { expect, test } from "vitest";
import { changesBetween, type Entry, historyView } from "./history-view";

const entry = (words: Partial<Entry>): Entry => ({
  id: crypto.randomUUID(),
  href: "",
  withheld: [],
  workspaceId: "",
  position: 1,
  at: "2026-11-26T10:00:00.000001+00:00",
  command: "updateAction",
  entity: "action",
  entityId: "a",
  entityVersion: 2,
  before: { title: "Un" },
  after: { title: "Deux" },
  imageSchema: 1,
  accountId: "anne",
  clientId: null,
  roles: ["administration"],
  origin: "web",
  organisationIds: [],
  planIds: [],
  ...words,
});

test("only what differs is told, under the names of the contract, and never the machinery", () => {
  expect(
    changesBetween(
      { title: "Un", version: 1, planned_end: null, places: [], updated_at: "x" },
      { title: "Un", version: 2, planned_end: "2027-01-31", places: [], updated_at: "y" },
    ),
  ).toEqual([{ field: "plannedEnd", before: null, after: "2027-01-31" }]);
});

test("nothing that became nothing is no change", () => {
  expect(changesBetween(null, { title: "Un", description: null, is_synergy: false, sdgs: [] })).toEqual([
    { field: "title", before: null, after: "Un" },
  ]);
});

test("what one command wrote stands together in its order, under the day of Brussels", () => {
  const days = historyView([
    entry({
      position: 7,
      at: "2026-11-25T23:30:00+00:00",
      entity: "placement",
      entityId: "p",
      command: "createPlacement",
      before: null,
    }),
    entry({
      position: 6,
      at: "2026-11-25T23:29:59.9999+00:00",
      entity: "planAction",
      entityId: "c",
      command: "createPlacement",
      before: null,
    }),
    entry({ position: 5, at: "2026-11-25T20:00:00+00:00" }),
  ]);
  expect(days.map((day) => [day.day, day.commands.map((one) => one.rows.map((row) => row.entity))])).toEqual([
    ["2026-11-26", [["planAction", "placement"]]],
    ["2026-11-25", [["action"]]],
  ]);
});

test("two changes of one thing are two, however soon they follow; so are those of two persons", () => {
  const [day] = historyView([
    entry({ position: 3, accountId: "paul", entityId: "b" }),
    entry({ position: 2 }),
    entry({ position: 1 }),
  ]);
  expect(day?.commands).toHaveLength(3);
});

test("what was removed says only that", () => {
  const [day] = historyView([entry({ command: "deleteTask", entity: "task", after: null })]);
  expect(day?.commands[0]?.rows[0]).toMatchObject({ verb: "deleted", changes: [], image: { title: "Un" } });
});
