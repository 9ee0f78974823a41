import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useApi } from "@/api/acting";
import { everyItem } from "@/api/client";
import type { Schemas } from "@/api/contract";
import { responsibleId, treeQuery, useDirectory, usePlans } from "@/api/shared";
import { useWords } from "@/words";
import type { PlanNode } from "./plan-node";
import { nodesOf } from "./plan-view";

const ranks = ["managingUnit", "lead", "owner", "mandatary", "partnerUnit"];

/** Who answers for each action of a plan: the tree does not say it, the list of actions does. */
function useOwners(planId: string): ReadonlyMap<string, string> {
  const { api, actor } = useApi();
  const directory = useDirectory();
  const actions = useQuery({
    queryKey: [actor, "owners", planId],
    staleTime: 60_000,
    queryFn: () =>
      everyItem((place) => api.GET("/pst/v1/actions", { params: { query: { ...place, planId: [planId] } } })),
  });
  return useMemo(() => {
    if (!actions.data || directory.size === 0) return new Map();
    const first = (action: Schemas["Action"]) =>
      (action.responsibilities ?? [])
        .toSorted((a, b) => ranks.indexOf(a.kind) - ranks.indexOf(b.kind))
        .flatMap((one) => directory.get(responsibleId(one)) ?? [])[0];
    return new Map(
      actions.data
        .filter((action) => !action.withheld.includes("responsibilities"))
        .map((action) => [action.id, first(action) ?? ""]),
    );
  }, [actions.data, directory]);
}

/** The tree of a plan as rows, and the way from a fresh answer to rows. */
export function usePlanData(planId: string) {
  const { api, actor } = useApi();
  const { t } = useWords();
  const plans = usePlans();
  const owners = useOwners(planId);
  const tree = useQuery(treeQuery(api, actor, planId));
  const names = plans.data?.names;
  const unplaced = t("plans.unplaced");
  const toNodes = useCallback(
    (answer: Schemas["PlanTree"]): readonly PlanNode[] =>
      nodesOf(answer, { names: names ?? new Map(), owners, unplaced }),
    [names, owners, unplaced],
  );
  const nodes = useMemo(
    () => (tree.data && !plans.isPending ? toNodes(tree.data) : undefined),
    [tree.data, plans.isPending, toNodes],
  );
  return {
    plan: tree.data?.plan,
    mark: names?.get(planId),
    nodes,
    toNodes,
    error: tree.error,
    retry: () => void tree.refetch(),
  };
}
