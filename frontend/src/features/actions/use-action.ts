import { useQueries, useQuery } from "@tanstack/react-query";
import { useApi } from "@/api/acting";
import { answer, everyItem } from "@/api/client";
import type { Schemas } from "@/api/contract";
import { responsibleId, seen, treeQuery, useDirectory, usePlans } from "@/api/shared";
import type { ActionView } from "./action-view";

export const actionKey = (actor: string, actionId: string) => [actor, "action", actionId];

/** The action itself, and where it stands in the plans; undefined while it is on its way. */
export function useAction(actionId: string, hrefOfPlan?: (planId: string) => string) {
  const { api, actor } = useApi();
  const plans = usePlans();
  const directory = useDirectory();
  const path = { actionId };
  const action = useQuery({
    queryKey: actionKey(actor, actionId),
    queryFn: () => answer(api.GET("/pst/v1/actions/{actionId}", { params: { path } })),
  });
  const ofAction = { actionId: [actionId] };
  const [placements, claims] = useQueries({
    queries: [
      {
        queryKey: [actor, "placements", actionId],
        queryFn: () =>
          seen(
            everyItem((page) =>
              api.GET("/pst/v1/placements", { params: { query: { ...page, ...ofAction } } }),
            ),
          ),
      },
      {
        queryKey: [actor, "planActions", actionId],
        queryFn: () =>
          seen(
            everyItem((page) =>
              api.GET("/pst/v1/planActions", { params: { query: { ...page, ...ofAction } } }),
            ),
          ),
      },
    ],
  });
  const served = (claims.data ?? []).filter((claim) => !claim.isWithdrawn).map((claim) => claim.planId);
  const trees = useQueries({
    queries: served.map((planId) => ({ ...treeQuery(api, actor, planId), staleTime: 60_000 })),
  });

  const data = action.data;
  const names = plans.data?.names;
  const standings = served.flatMap((planId, nth) => {
    const tree = trees[nth]?.data;
    const own = (placements.data ?? []).filter((one) => one.planId === planId && one.state === "active");
    const inPlan = {
      planId,
      plan: names?.get(planId)?.name ?? "",
      mark: names?.get(planId)?.code ?? "",
      ...(hrefOfPlan ? { href: hrefOfPlan(planId) } : {}),
    };
    if (own.length === 0)
      return [
        { ...inPlan, id: planId, objectiveId: null, path: "", code: "", isPrincipal: false, share: null },
      ];
    return own.map((placement) => {
      const spot = tree?.placements.find((one) => one.id === placement.id);
      const objective = tree?.objectives.find((one) => one.id === placement.objectiveId);
      const { shareNumerator: part, shareDenominator: whole } = placement;
      return {
        ...inPlan,
        id: placement.id,
        objectiveId: placement.objectiveId,
        path: objective
          ? `${objective.ownCode ?? objective.number ?? ""} ${objective.title ?? ""}`.trim()
          : "",
        code: spot?.number ?? "",
        isPrincipal: placement.isMain,
        share: own.length > 1 && whole > 0 ? Math.round((100 * part) / whole) : null,
      };
    });
  });
  const view: ActionView | undefined = data && {
    ...data,
    code: "",
    priority: data.withheld.includes("priority") ? null : data.priority,
    start: data.plannedStart,
    due: data.plannedEnd,
    people: data.withheld.includes("responsibilities") ? undefined : peopleOf(data, directory),
    placements: standings,
    marks: served.flatMap((planId) => names?.get(planId) ?? []),
    nextStatuses: data.nextStatuses as Schemas["ActionStatus"][],
    mayUpdate: data.permitted.includes("updateAction"),
  };
  return { action: data, view, standings, error: action.error, retry: () => void action.refetch() };
}

function peopleOf(action: Schemas["Action"], directory: ReadonlyMap<string, string>): ActionView["people"] {
  if (directory.size === 0) return undefined;
  const named = (...kinds: Schemas["ResponsibilityKind"][]) =>
    (action.responsibilities ?? [])
      .filter((one) => kinds.includes(one.kind))
      .flatMap((one) => directory.get(responsibleId(one)) ?? []);
  return {
    mandatary: named("mandatary"),
    lead: named("lead"),
    owner: named("owner"),
    units: named("managingUnit"),
    partnerUnits: named("partnerUnit"),
  };
}
