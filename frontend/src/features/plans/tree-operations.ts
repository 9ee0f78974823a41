import type { DropPlace } from "@/ui/TreeGrid";
import type { NodeKind, PlanNode } from "./plan-node";

// Where a row may stand, to guide the hand while it drags; the service has the last word.
const homes: Record<NodeKind, readonly NodeKind[]> = {
  strand: [],
  strategic: ["strand"],
  operational: ["strategic"],
  axis: ["strand"],
  theme: ["axis"],
  action: ["operational", "theme", "axis"],
  subAction: ["action"],
};

export function mayStand(moved: PlanNode, target: PlanNode, place: DropPlace): boolean {
  if (contains(moved, target.id)) return false;
  return place === "on" ? homes[moved.kind].includes(target.kind) : moved.kind === target.kind;
}

const contains = (node: PlanNode, id: string): boolean =>
  node.id === id || node.children.some((child) => contains(child, id));

/** The tree after a move, renumbered; ids never change. */
export function move(
  tree: readonly PlanNode[],
  id: string,
  targetId: string,
  place: DropPlace,
): readonly PlanNode[] {
  const node = find(tree, id);
  if (!node || contains(node, targetId)) return tree;
  return renumber(insert(without(tree, id), node, targetId, place));
}

/** One step up or down among its sisters, or null at the end of the line. */
export function step(
  tree: readonly PlanNode[],
  id: string,
  by: -1 | 1,
): { targetId: string; place: DropPlace } | null {
  const line = sistersOf(tree, id);
  const target = line[line.findIndex((node) => node.id === id) + by];
  return target ? { targetId: target.id, place: by === 1 ? "after" : "before" } : null;
}

export function rename(tree: readonly PlanNode[], id: string, name: string): readonly PlanNode[] {
  return tree.map((node) =>
    node.id === id ? { ...node, name } : { ...node, children: rename(node.children, id, name) },
  );
}

export function find(tree: readonly PlanNode[], id: string): PlanNode | undefined {
  for (const node of tree) {
    const found = node.id === id ? node : find(node.children, id);
    if (found) return found;
  }
  return undefined;
}

export function everyId(tree: readonly PlanNode[]): string[] {
  return tree.flatMap((node) => [node.id, ...everyId(node.children)]);
}

export const countActions = (node: PlanNode): number =>
  node.children.reduce((total, child) => total + (child.kind === "action" ? 1 : countActions(child)), 0);

/** Only the branches that lead to a row that pleases, whole ways kept. */
export function sift(tree: readonly PlanNode[], pleases: (node: PlanNode) => boolean): readonly PlanNode[] {
  return tree.flatMap((node) => {
    const children = sift(node.children, pleases);
    return children.length > 0 || pleases(node) ? [{ ...node, children }] : [];
  });
}

function sistersOf(tree: readonly PlanNode[], id: string): readonly PlanNode[] {
  if (tree.some((node) => node.id === id)) return tree;
  for (const node of tree) {
    const found = sistersOf(node.children, id);
    if (found.length > 0) return found;
  }
  return [];
}

const without = (tree: readonly PlanNode[], id: string): readonly PlanNode[] =>
  tree.filter((node) => node.id !== id).map((node) => ({ ...node, children: without(node.children, id) }));

function insert(
  tree: readonly PlanNode[],
  moved: PlanNode,
  targetId: string,
  place: DropPlace,
): readonly PlanNode[] {
  return tree.flatMap((node) => {
    if (node.id !== targetId) return [{ ...node, children: insert(node.children, moved, targetId, place) }];
    if (place === "on") return [{ ...node, children: [...node.children, moved] }];
    return place === "before" ? [moved, node] : [node, moved];
  });
}

/** Hierarchical numbers, 1.2.3, running on from one strand to the next. */
function renumber(tree: readonly PlanNode[]): readonly PlanNode[] {
  let strategic = 0;
  const within = (nodes: readonly PlanNode[], prefix: string): readonly PlanNode[] =>
    nodes.map((node, position) => {
      const code = `${prefix}${position + 1}`;
      return { ...node, code, children: within(node.children, `${code}.`) };
    });
  return tree.map((strand) => ({
    ...strand,
    children: strand.children.map((node) => {
      strategic += 1;
      return { ...node, code: `${strategic}`, children: within(node.children, `${strategic}.`) };
    }),
  }));
}
