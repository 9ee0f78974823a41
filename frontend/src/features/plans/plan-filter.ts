import type { Schemas } from "@/api/contract";
import type { PlanNode } from "./plan-node";

/** What of the tree is looked at; it stands in the address, so that a view can be sent to somebody. */
export interface PlanFilter {
  q?: string | undefined;
  status?: Schemas["ActionStatus"] | undefined;
  late?: boolean | undefined;
}

export const isFiltering = ({ q, status, late }: PlanFilter): boolean =>
  Boolean(q?.trim()) || status !== undefined || late === true;

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The branches that lead to what is sought, whole ways kept; an objective that is sought by name keeps all it holds. */
export function filterTree(
  tree: readonly PlanNode[],
  filter: PlanFilter,
  alwaysShown: string | null = null,
): readonly PlanNode[] {
  const words = plain(filter.q ?? "")
    .split(/\s+/)
    .filter(Boolean);
  const keep = (nodes: readonly PlanNode[], isInside: boolean): readonly PlanNode[] =>
    nodes.flatMap((node) => {
      const text = plain(`${node.code} ${node.name} ${node.marks.map((mark) => mark.code).join(" ")}`);
      const isSought = isInside || words.every((word) => text.includes(word));
      const children = keep(node.children, isSought && words.length > 0);
      const pleases =
        node.id === alwaysShown ||
        (isSought &&
          (filter.status === undefined || node.status === filter.status) &&
          (!filter.late || node.isLate));
      return pleases || children.length > 0 ? [{ ...node, children }] : [];
    });
  return keep(tree, false);
}
