import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { expectAccessible } from "@/testing/axe";
import { show } from "@/testing/render";
import { PlanTree } from "./PlanTree";
import { samplePlan } from "./sample-plan";

function plant(expandedAtFirst: readonly string[] = ["external", "n-1", "n-1.1"]) {
  const heard = { onOpen: vi.fn(), onRename: vi.fn(), onMove: vi.fn(), onAdd: vi.fn(), onRemove: vi.fn() };
  const shown = show(<PlanTree plan="PST" tree={samplePlan} expandedAtFirst={expandedAtFirst} {...heard} />);
  return { ...heard, ...shown };
}

const focusRow = async (name: RegExp) => {
  screen.getByRole("row", { name }).focus();
};

test("axe finds nothing wrong in the tree", async () => {
  await expectAccessible(plant().container);
});

test("a row is told in one sentence: what it is, its name, how far, until when", () => {
  plant();
  expect(screen.getByRole("row", { name: /^Action 1\.1\.2/ }).getAttribute("aria-label")).toMatch(
    /Rénover douze logements.*En cours, 35\s%, En retard, Échéance.*30 septembre 2026/,
  );
});

test("arrows unfold and fold", async () => {
  plant(["external"]);
  await focusRow(/^Objectif stratégique 1\s/);
  expect(screen.queryByRole("row", { name: /^Objectif opérationnel 1\.1/ })).toBeNull();
  await userEvent.keyboard("{ArrowRight}");
  expect(screen.getByRole("row", { name: /^Objectif opérationnel 1\.1/ })).toBeTruthy();
  await userEvent.keyboard("{ArrowLeft}");
  expect(screen.queryByRole("row", { name: /^Objectif opérationnel 1\.1/ })).toBeNull();
});

test("F2 renames in place, Enter keeps, and the row has the focus again", async () => {
  const { onRename } = plant();
  await focusRow(/^Action 1\.1\.1/);
  await userEvent.keyboard("{F2}");
  await userEvent.keyboard("Rédiger le plan{Enter}");
  expect(onRename).toHaveBeenCalledWith(expect.objectContaining({ id: "n-1.1.1" }), "Rédiger le plan");
  expect(document.activeElement?.getAttribute("role")).toBe("row");
});

test("Escape gives the new name up", async () => {
  const { onRename } = plant();
  await focusRow(/^Action 1\.1\.1/);
  await userEvent.keyboard("{F2}Autre chose{Escape}");
  expect(onRename).not.toHaveBeenCalled();
});

test("Alt with an arrow moves among sisters, and not beyond the last", async () => {
  const { onMove } = plant();
  await focusRow(/^Action 1\.1\.1/);
  await userEvent.keyboard("{Alt>}{ArrowDown}{/Alt}");
  expect(onMove).toHaveBeenCalledWith(expect.objectContaining({ id: "n-1.1.1" }), "n-1.1.2", "after");
  onMove.mockClear();
  await focusRow(/^Action 1\.1\.2/);
  await userEvent.keyboard("{Alt>}{ArrowDown}{/Alt}");
  expect(onMove).not.toHaveBeenCalled();
});

test("the menu of a row offers what the service permits, and does it", async () => {
  const { onRemove } = plant();
  await userEvent.click(screen.getByRole("button", { name: /Autres opérations sur «.Rédiger/ }));
  expect(screen.getAllByRole("menuitem")).toHaveLength(7);
  await userEvent.click(screen.getByRole("menuitem", { name: "Détacher de cet objectif" }));
  expect(onRemove).toHaveBeenCalledWith(expect.objectContaining({ id: "n-1.1.1" }));
});
