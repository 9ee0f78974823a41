import type { DropPlace } from "@/ui/TreeGrid";
import type { NodeKind, PlanNode } from "./plan-node";

/** A place in the tree: inside which row, after which sister; null is the root, or before all sisters. */
export interface Place {
  parentId: string | null;
  afterId: string | null;
}

// Where a row may stand, to guide the hand while it drags; the service has the last word.
const homes: Record<NodeKind, readonly NodeKind[]> = {
  strand: [],
  unplaced: [],
  above: ["strand"],
  strategic: ["strand", "above"],
  operational: ["strategic"],
  axis: ["strand", "above"],
  theme: ["axis"],
  measure: ["axis", "theme", "above"],
  action: ["operational", "theme", "measure", "axis"],
  subAction: [],
};

export function mayStand(moved: PlanNode, target: PlanNode, place: DropPlace): boolean {
  if (contains(moved, target.id)) return false;
  return place === "on" ? homes[moved.kind].includes(target.kind) : moved.kind === target.kind;
}

const contains = (node: PlanNode, id: string): boolean =>
  node.id === id || node.children.some((child) => contains(child, id));

export const sameRank = (node: PlanNode) => (other: PlanNode) => other.kind === node.kind;

/** The place that a drop means: beside the target, or last inside it. */
export function placeOf(tree: readonly PlanNode[], node: PlanNode, targetId: string, drop: DropPlace): Place {
  if (drop === "on") {
    const line = (find(tree, targetId)?.children ?? []).filter(sameRank(node));
    return { parentId: targetId, afterId: line.filter((one) => one.id !== node.id).at(-1)?.id ?? null };
  }
  const parent = parentOf(tree, targetId);
  if (drop === "after") return { parentId: parent?.id ?? null, afterId: targetId };
  const line = sistersOf(tree, targetId).filter((one) => one.id !== node.id && one.kind === node.kind);
  const position = line.findIndex((one) => one.id === targetId);
  return { parentId: parent?.id ?? null, afterId: line[position - 1]?.id ?? null };
}

/** Where a row stands now. */
export function placeNow(tree: readonly PlanNode[], node: PlanNode): Place {
  const line = sistersOf(tree, node.id).filter(sameRank(node));
  const position = line.findIndex((one) => one.id === node.id);
  return { parentId: parentOf(tree, node.id)?.id ?? null, afterId: line[position - 1]?.id ?? null };
}

/** What is shown of a number until the service has told it. */
export const unknownCode = "…";

const withoutNumber = (node: PlanNode): PlanNode => ({
  ...node,
  code: unknownCode,
  children: node.children.map(withoutNumber),
});

/**
 * The tree with a row taken to a place; ids never change. Done twice, it is done once. What is moved waits for its number:
 * numbers are those of the whole plan, of which the reader may see a part.
 */
export function relocate(tree: readonly PlanNode[], id: string, place: Place): readonly PlanNode[] {
  const node = find(tree, id);
  if (!node || (place.parentId !== null && contains(node, place.parentId))) return tree;
  return plant(without(tree, id), withoutNumber(node), place);
}

export function move(
  tree: readonly PlanNode[],
  id: string,
  targetId: string,
  drop: DropPlace,
): readonly PlanNode[] {
  const node = find(tree, id);
  if (!node || contains(node, targetId)) return tree;
  return relocate(tree, id, placeOf(tree, node, targetId, drop));
}

/** One step up or down among its sisters, or null at the end of the line. */
export function step(
  tree: readonly PlanNode[],
  id: string,
  by: -1 | 1,
): { targetId: string; place: DropPlace } | null {
  const node = find(tree, id);
  if (!node) return null;
  const line = sistersOf(tree, id).filter(sameRank(node));
  const target = line[line.findIndex((one) => one.id === id) + by];
  return target ? { targetId: target.id, place: by === 1 ? "after" : "before" } : null;
}

/** The tree with one row changed. */
export function change(tree: readonly PlanNode[], id: string, part: Partial<PlanNode>): readonly PlanNode[] {
  return tree.map((node) =>
    node.id === id ? { ...node, ...part } : { ...node, children: change(node.children, id, part) },
  );
}

export const rename = (tree: readonly PlanNode[], id: string, name: string): readonly PlanNode[] =>
  change(tree, id, { name });

export function find(tree: readonly PlanNode[], id: string): PlanNode | undefined {
  for (const node of tree) {
    const found = node.id === id ? node : find(node.children, id);
    if (found) return found;
  }
  return undefined;
}

export function parentOf(tree: readonly PlanNode[], id: string, above?: PlanNode): PlanNode | undefined {
  for (const node of tree) {
    if (node.id === id) return above;
    const found = parentOf(node.children, id, node);
    if (found) return found;
  }
  return undefined;
}

export const everyNode = (tree: readonly PlanNode[]): PlanNode[] =>
  tree.flatMap((node) => [node, ...everyNode(node.children)]);

export const everyId = (tree: readonly PlanNode[]): string[] => everyNode(tree).map((node) => node.id);

export const countActions = (node: Pick<PlanNode, "children">): number =>
  node.children.reduce((total, child) => total + (child.kind === "action" ? 1 : countActions(child)), 0);

/** Only the branches that lead to a row that pleases, whole ways kept. */
export function sift(tree: readonly PlanNode[], pleases: (node: PlanNode) => boolean): readonly PlanNode[] {
  return tree.flatMap((node) => {
    const children = sift(node.children, pleases);
    return children.length > 0 || pleases(node) ? [{ ...node, children }] : [];
  });
}

export function sistersOf(tree: readonly PlanNode[], id: string): readonly PlanNode[] {
  return parentOf(tree, id)?.children ?? tree;
}

const without = (tree: readonly PlanNode[], id: string): readonly PlanNode[] =>
  tree.filter((node) => node.id !== id).map((node) => ({ ...node, children: without(node.children, id) }));

/** The tree with a row more. */
export function plant(
  tree: readonly PlanNode[],
  node: PlanNode,
  { parentId, afterId }: Place,
): readonly PlanNode[] {
  const into = (line: readonly PlanNode[]) => {
    const first = line.findIndex(sameRank(node));
    const after = line.findIndex((one) => one.id === afterId);
    return line.toSpliced(after >= 0 ? after + 1 : first >= 0 ? first : line.length, 0, node);
  };
  if (parentId === null) return into(tree);
  return tree.map((one) => ({
    ...one,
    children: one.id === parentId ? into(one.children) : plant(one.children, node, { parentId, afterId }),
  }));
}
