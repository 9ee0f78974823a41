import { describe, expect, test } from "vitest";
import type { Schemas } from "@/api/contract";
import { sampleObjectives, samplePreview } from "./sample-preview";
import { chosenOf, countersOf, type PaneNode, panesOf, wordsOf, wouldChange } from "./simulation-view";

const panes = (told: Schemas["ArticulationPreview"] = samplePreview, chosen = new Map<string, string>()) =>
  panesOf({ objectives: sampleObjectives }, told, chosen);

const drawn = (nodes: readonly PaneNode[], depth = 0): string[] =>
  nodes.flatMap((node) => [
    `${"  ".repeat(depth)}${node.name}${node.move ? ` (${node.move})` : ""}${node.change ? ` [${node.change}]` : ""}`,
    ...drawn(node.children, depth + 1),
  ]);

describe("the pane of today", () => {
  test("holds the objectives under which PCS actions stand, and what those will become", () => {
    expect(drawn(panes().now)).toEqual([
      "Cohésion sociale [rested]",
      "  Isolement [rested]",
      "    Navettes (moved)",
      "    Potager (kept)",
    ]);
  });

  test("tells apart the actions that stand in the PCS only", () => {
    expect(panes().outsideNow.map((node) => node.name)).toEqual(["Permis"]);
  });
});

describe("the pane of afterwards", () => {
  test("shows every place while something waits for one, and not what waits", () => {
    expect(drawn(panes().after)).toEqual([
      "Mobilité [kept]",
      "  Transports publics [kept]",
      "    Navettes (moved)",
      "    Permis (added)",
      "  Sentiers",
    ]);
  });

  test("says which places an action can take, and which one the reader chose", () => {
    const [mobility] = panes(samplePreview, new Map([["permis", "bus"]])).after;
    const [bus, paths] = mobility?.children ?? [];
    expect([mobility?.isPlace, bus?.isPlace, paths?.isPlace]).toEqual([false, true, true]);
    expect(bus?.children.map((node) => node.isChosen)).toEqual([false, true]);
  });

  test("leaves out places that nothing uses once everything is placed", () => {
    const placed = { ...samplePreview, unmatched: [] };
    expect(drawn(panes(placed).after).join("\n")).not.toContain("Sentiers");
  });

  test("holds what the conversion makes, under what stands", () => {
    const made: Schemas["ArticulationPreview"] = {
      ...samplePreview,
      unmatched: [],
      actions: samplePreview.actions.map((one) => ({ ...one, change: "removed", toObjectives: [] })),
      objectives: [
        ...samplePreview.objectives,
        {
          change: "added",
          objective: "cover",
          parent: "mobility",
          level: 2,
          title: "Suivre le PCS",
          periodItemId: null,
          coversPlanId: "pcs",
          version: null,
        },
      ],
    };
    expect(drawn(panes(made).after)).toEqual(["Mobilité [kept]", "  Suivre le PCS [added]"]);
    expect(panes(made).outsideAfter.map((node) => node.move)).toEqual(["removed", "removed", "removed"]);
  });
});

test("what waits for a place is counted as waiting, not as kept", () => {
  expect(countersOf(samplePreview).actions).toEqual({
    moved: 1,
    added: 1,
    removed: 0,
    kept: 0,
    unmatched: 1,
  });
  expect(countersOf(samplePreview).objectives).toMatchObject({ rested: 2, kept: 2 });
});

test("a preview that keeps every row changes nothing", () => {
  expect(wouldChange(countersOf(samplePreview))).toBe(true);
  const same = {
    ...samplePreview,
    unmatched: [],
    objectives: samplePreview.objectives.map((one) => ({ ...one, change: "kept" as const })),
    placements: [],
  };
  expect(wouldChange(countersOf(same))).toBe(false);
});

test("the places chosen stand in an address and come back", () => {
  const chosen = new Map([
    ["a", "1"],
    ["b", "2"],
  ]);
  expect(wordsOf(chosen)).toBe("a:1,b:2");
  expect(chosenOf(wordsOf(chosen))).toEqual(chosen);
  expect(chosenOf(undefined)).toEqual(new Map());
  expect(chosenOf("a:")).toEqual(new Map());
});
