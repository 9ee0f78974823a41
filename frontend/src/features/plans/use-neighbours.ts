import { useQuery } from "@tanstack/react-query";
import { useApi } from "@/api/acting";
import { treeQuery } from "@/api/shared";
import { nodesOf } from "./plan-view";
import { everyNode } from "./tree-operations";

/** The actions before and after one, in the order of the tree it was opened from. */
export function useNeighbours(
  planId: string | undefined,
  actionId: string,
): { previous: string | null; next: string | null } {
  const { api, actor } = useApi();
  const { data } = useQuery({
    ...treeQuery(api, actor, planId ?? ""),
    enabled: planId !== undefined,
    staleTime: 60_000,
  });
  if (!data) return { previous: null, next: null };
  const words = { names: new Map(), owners: new Map(), unplaced: "" };
  const ids = [
    ...new Set(
      everyNode(nodesOf(data, words)).flatMap(({ source }) =>
        source.type === "action" ? [source.actionId] : [],
      ),
    ),
  ];
  const position = ids.indexOf(actionId);
  return {
    previous: position > 0 ? (ids[position - 1] ?? null) : null,
    next: position >= 0 ? (ids[position + 1] ?? null) : null,
  };
}
