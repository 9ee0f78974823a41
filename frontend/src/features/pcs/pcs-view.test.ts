import { expect, test } from "vitest";
import { byAxis, byPartner, byRight, hasMoney, isZero, partnerCount } from "./pcs-view";
import { sampleReport } from "./sample-report";

test("axes follow each other, those without action too; themes only where they have one", () => {
  const axes = byAxis(sampleReport, "Sans axe", "Sans thème");
  expect(axes.map((axis) => [axis.title, axis.actions.length])).toEqual([
    ["Travail", 1],
    ["Logement", 0],
    ["Sans axe", 1],
  ]);
  expect(axes[0]?.themes.map((theme) => theme.title)).toEqual(["Formation"]);
  expect(axes[2]?.themes.map((theme) => theme.title)).toEqual(["Sans thème"]);
});

test("an action stands under each right it serves, and rights that nobody serves come last", () => {
  expect(byRight(sampleReport, "Sans droit").map((one) => [one.title, one.actions.length])).toEqual([
    ["Formation", 1],
    ["Mobilité", 1],
    ["Sans droit", 1],
    ["Santé", 0],
  ]);
});

test("who takes part in most stands first, actions without partner last", () => {
  expect(byPartner(sampleReport, "Sans partenaire", "fr-BE").map((one) => one.title)).toEqual([
    "ASBL Les Deux Rives",
    "Zone de police",
  ]);
  expect(partnerCount(sampleReport)).toBe(2);
});

test("an amount of nothing is nothing, however it is written", () => {
  expect(["0", "0.00", "-0.00", "00.0"].every(isZero)).toBe(true);
  expect(["0.01", "10.00", "1"].some(isZero)).toBe(false);
  expect(hasMoney(sampleReport)).toBe(false);
  expect(hasMoney({ ...sampleReport, total: { ...sampleReport.total, revenueReceived: "1.00" } })).toBe(true);
});
