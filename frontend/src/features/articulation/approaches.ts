import type { Schemas } from "@/api/contract";
import type { IconName } from "@/ui/icons";
import type { Tone } from "@/ui/StatusBadge";

/** How each way of joining a PST and a PCS is drawn and named; which one is followed is told by the service. */
export const approaches = {
  singleObjective: {
    icon: "target",
    tone: "info",
    word: "articulation.single",
    text: "articulation.singleText",
  },
  grouped: {
    icon: "gather",
    tone: "progress",
    word: "articulation.grouped",
    text: "articulation.groupedText",
  },
  distributed: {
    icon: "spread",
    tone: "success",
    word: "articulation.distributed",
    text: "articulation.distributedText",
  },
  mixed: { icon: "half", tone: "warning", word: "articulation.mixed", text: "articulation.mixedText" },
  none: { icon: "ban", tone: "neutral", word: "articulation.none", text: "articulation.noneText" },
} as const satisfies Record<
  Schemas["Approach"],
  { icon: IconName; tone: Tone; word: `articulation.${string}`; text: `articulation.${string}` }
>;

export type Target = Schemas["Target"];
export const targets: readonly Target[] = ["singleObjective", "grouped", "distributed"];

/** What a conversion does to an action, and how that is drawn. */
export const moves = {
  moved: { icon: "arrowRight", tone: "info", word: "articulation.movedOne", many: "articulation.moved" },
  added: { icon: "add", tone: "success", word: "articulation.addedOne", many: "articulation.added" },
  removed: { icon: "minus", tone: "danger", word: "articulation.removedOne", many: "articulation.removed" },
  kept: { icon: "check", tone: "neutral", word: "articulation.keptOne", many: "articulation.kept" },
} as const satisfies Record<
  Schemas["Move"],
  { icon: IconName; tone: Tone; word: `articulation.${string}`; many: `articulation.${string}` }
>;

/** What a conversion does to an objective; one that stays or is untouched needs no mark. */
export const objectiveChanges = {
  added: { icon: "add", tone: "success", word: "articulation.objectiveAdded" },
  revived: { icon: "history", tone: "success", word: "articulation.objectiveRevived" },
  rested: { icon: "pause", tone: "warning", word: "articulation.objectiveRested" },
} as const satisfies Partial<
  Record<Schemas["Change"], { icon: IconName; tone: Tone; word: `articulation.${string}` }>
>;

export const isMarked = (change: Schemas["Change"] | null): change is keyof typeof objectiveChanges =>
  change !== null && Object.hasOwn(objectiveChanges, change);
