import { expect, test } from "vitest";
import { type BudgetLine, budgetView } from "./budget-view";

const line = (words: Partial<BudgetLine>): BudgetLine => ({
  id: crypto.randomUUID(),
  href: "",
  withheld: [],
  permitted: [],
  version: 1,
  createdAt: "",
  updatedAt: "",
  workspaceId: "",
  actionId: "",
  objectiveId: null,
  planId: null,
  fiscalYear: 2026,
  source: "wallonia",
  service: "ordinary",
  nature: "expense",
  category: null,
  fundingScheme: null,
  planned: null,
  committed: null,
  spent: null,
  comment: null,
  declaredPlanIds: [],
  ...words,
});

test("lines are summed per year, per source and in all, to the cent", () => {
  const [expense] = budgetView([
    line({ planned: "33.33", spent: "0.10" }),
    line({ planned: "33.33", source: "municipality" }),
    line({ planned: "33.34", fiscalYear: 2025, spent: "0.20" }),
  ]);
  expect(expense?.totals).toEqual({ planned: "100.00", committed: null, spent: "0.30" });
  expect(expense?.years.map((one) => [one.year, one.totals.planned])).toEqual([
    [2025, "33.34"],
    [2026, "66.66"],
  ]);
  expect(expense?.sources.map((one) => [one.source, one.totals.planned])).toEqual([
    ["wallonia", "66.67"],
    ["municipality", "33.33"],
  ]);
});

test("what comes in is never added to what is spent", () => {
  const views = budgetView([line({ planned: "10.00" }), line({ planned: "4.00", nature: "revenue" })]);
  expect(views.map((one) => [one.nature, one.totals.planned])).toEqual([
    ["expense", "10.00"],
    ["revenue", "4.00"],
  ]);
});

test("unknown is not zero", () => {
  expect(budgetView([line({ planned: "0.00" })])[0]?.totals).toEqual({
    planned: "0.00",
    committed: null,
    spent: null,
  });
});
