import type { Schemas } from "@/api/contract";

export type Move = Schemas["Move"];
export type Change = Schemas["Change"];

/** A row of a pane: an objective of the PST, or a PCS action under it. */
export interface PaneNode {
  /** Unique in its pane: an action may stand under several objectives. */
  id: string;
  kind: "objective" | "action";
  /** The record itself, or the name of an objective that would be made. */
  recordId: string;
  name: string;
  code: string;
  move: Move | null;
  change: Change | null;
  /** An action can be put here. */
  isPlace: boolean;
  /** The reader chose this place in the simulation. */
  isChosen: boolean;
  children: readonly PaneNode[];
}

export interface Panes {
  now: readonly PaneNode[];
  after: readonly PaneNode[];
  /** The PCS actions that stand nowhere in the PST, before and after. */
  outsideNow: readonly PaneNode[];
  outsideAfter: readonly PaneNode[];
}

interface Known {
  id: string;
  title: string;
  code: string;
  parent: string | null;
  change: Change | null;
}

type Tree = Pick<Schemas["PlanTree"], "objectives">;
type Told = Pick<Schemas["ArticulationPreview"], "actions" | "objectives" | "unmatched" | "placeIds">;

/** The objectives of the PST as they stand, then those that the conversion makes or takes up again. */
function knownObjectives(tree: Tree, told: Told): Map<string, Known> {
  const known = new Map<string, Known>();
  for (const one of tree.objectives) {
    if (one.id === null) continue;
    known.set(one.id, {
      id: one.id,
      title: one.title ?? "",
      code: one.ownCode ?? one.number ?? "",
      parent: one.parentId,
      change: null,
    });
  }
  for (const one of told.objectives) {
    const standing = known.get(one.objective);
    known.set(one.objective, {
      id: one.objective,
      title: standing?.title ?? one.title,
      code: standing?.code ?? "",
      parent: standing?.parent ?? one.parent,
      change: one.change,
    });
  }
  return known;
}

interface Standing {
  actionId: string;
  name: string;
  objectiveId: string;
  move: Move;
  isChosen: boolean;
}

/** A tree with the objectives wanted and those above them, the actions under their own. */
function treeOf(
  known: ReadonlyMap<string, Known>,
  standing: readonly Standing[],
  wanted: Iterable<string>,
  places: ReadonlySet<string>,
): readonly PaneNode[] {
  const shown = new Set<string>();
  const show = (id: string | null) => {
    for (let at = id; at !== null && !shown.has(at); at = known.get(at)?.parent ?? null) {
      if (!known.has(at)) return;
      shown.add(at);
    }
  };
  for (const one of standing) show(one.objectiveId);
  for (const id of wanted) show(id);
  const build = (parent: string | null): readonly PaneNode[] =>
    [...known.values()]
      .filter((one) => shown.has(one.id) && one.parent === parent)
      .map((one) => ({
        id: one.id,
        kind: "objective" as const,
        recordId: one.id,
        name: one.title,
        code: one.code,
        move: null,
        change: one.change,
        isPlace: places.has(one.id),
        isChosen: false,
        children: [
          ...build(one.id),
          ...standing.filter((action) => action.objectiveId === one.id).map(actionNode),
        ],
      }));
  return build(null);
}

const actionNode = (one: Standing): PaneNode => ({
  id: `${one.objectiveId}/${one.actionId}`,
  kind: "action",
  recordId: one.actionId,
  name: one.name,
  code: "",
  move: one.move,
  change: null,
  isPlace: false,
  isChosen: one.isChosen,
  children: [],
});

/** The two panes: where each PCS action stands, and where it would. What waits for a place is in neither tree. */
export function panesOf(tree: Tree, told: Told, chosen: ReadonlyMap<string, string>): Panes {
  const known = knownObjectives(tree, told);
  const waiting = new Set(told.unmatched.map((one) => one.actionId));
  const places = new Set(told.placeIds);
  const standing = (ids: (action: Told["actions"][number]) => readonly string[]) =>
    told.actions.flatMap((action) =>
      ids(action).map((objectiveId) => ({
        actionId: action.actionId,
        name: action.title,
        objectiveId,
        move: action.change,
        isChosen: chosen.get(action.actionId) === objectiveId,
      })),
    );
  const outside = (ids: (action: Told["actions"][number]) => readonly string[]) =>
    told.actions
      .filter((action) => ids(action).length === 0 && !waiting.has(action.actionId))
      .map((action) =>
        actionNode({
          actionId: action.actionId,
          name: action.title,
          objectiveId: "outside",
          move: action.change,
          isChosen: false,
        }),
      );
  const changed = (...changes: Change[]) =>
    told.objectives.filter((one) => changes.includes(one.change)).map((one) => one.objective);
  const nowKnown = new Map(
    [...known].filter(([, one]) => one.change !== "added" && one.change !== "revived"),
  );
  const afterKnown = new Map([...known].filter(([, one]) => one.change !== "rested"));
  return {
    now: treeOf(nowKnown, standing((a) => a.fromObjectiveIds).map(unchosen), changed("rested"), new Set()),
    after: treeOf(
      afterKnown,
      standing((a) => (waiting.has(a.actionId) ? [] : a.toObjectives)),
      // Every place is shown as long as something waits for one.
      [...changed("added", "revived"), ...(waiting.size > 0 ? places : [])],
      places,
    ),
    outsideNow: outside((a) => a.fromObjectiveIds),
    outsideAfter: outside((a) => a.toObjectives),
  };
}

const unchosen = (one: Standing): Standing => ({ ...one, isChosen: false });

export interface Counters {
  actions: Record<Move | "unmatched", number>;
  objectives: Record<Change, number>;
  placements: Record<Change, number>;
}

const countOf = <K extends string>(names: readonly K[], found: readonly K[]): Record<K, number> =>
  Object.fromEntries(names.map((name) => [name, found.filter((one) => one === name).length])) as Record<
    K,
    number
  >;

const changes = ["added", "revived", "rested", "changed", "withdrawn", "kept"] as const;

export function countersOf(told: Schemas["ArticulationPreview"]): Counters {
  const waiting = new Set(told.unmatched.map((one) => one.actionId));
  return {
    actions: countOf(
      ["added", "moved", "removed", "kept", "unmatched"],
      told.actions.map((one) => (waiting.has(one.actionId) ? "unmatched" : one.change)),
    ),
    objectives: countOf(
      changes,
      told.objectives.map((one) => one.change),
    ),
    placements: countOf(
      changes,
      told.placements.map((one) => one.change),
    ),
  };
}

/** Whether applying would write anything. */
export const wouldChange = ({ objectives, placements, actions }: Counters): boolean =>
  actions.unmatched > 0 ||
  [objectives, placements].some((rows) => changes.some((change) => change !== "kept" && rows[change] > 0));

/** The places chosen, as they stand in an address: `action:objective,…`. */
export const chosenOf = (words: string | undefined): ReadonlyMap<string, string> =>
  new Map(
    (words ?? "")
      .split(",")
      .map((pair) => pair.split(":"))
      .flatMap(([action, objective]) => (action && objective ? [[action, objective] as const] : [])),
  );

export const wordsOf = (chosen: ReadonlyMap<string, string>): string =>
  [...chosen].map((pair) => pair.join(":")).join(",");
