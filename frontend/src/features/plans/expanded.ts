import type { PlanNode } from "./plan-node";
import { everyId } from "./tree-operations";

const key = (planId: string) => `pst.expanded.${planId}`;

/** A plan of this many rows is opened whole. */
const openedWhole = 120;

/** What was unfolded in this window last time; at first everything, or the first two levels of a large plan. */
export function expandedAtFirst(planId: string, tree: readonly PlanNode[]): readonly string[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key(planId)) ?? "null");
    if (Array.isArray(stored)) return stored.map(String);
  } catch {
    // Storage refused or unreadable: as if it were the first visit.
  }
  const all = everyId(tree);
  return all.length <= openedWhole
    ? all
    : tree.flatMap((node) => [node.id, ...node.children.map((child) => child.id)]);
}

export function rememberExpanded(planId: string, expanded: readonly string[]): void {
  try {
    sessionStorage.setItem(key(planId), JSON.stringify(expanded));
  } catch {
    // The choice lasts as long as the page.
  }
}
