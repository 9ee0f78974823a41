import { useQueries, useQuery } from "@tanstack/react-query";
import { useApi } from "@/api/acting";
import { answer, everyItem } from "@/api/client";
import type { Schemas } from "@/api/contract";
import { isForbidden } from "@/api/problem";
import { responsibleId, seen, treeQuery, useDirectory, usePlans } from "@/api/shared";
import type { ActionView } from "./action-view";

export const actionKey = (actor: string, actionId: string) => [actor, "action", actionId];

/** Everything the sheet of an action shows; undefined while the action itself is on its way. */
export function useAction(actionId: string, hrefOfPlan: (planId: string) => string) {
  const { api, actor } = useApi();
  const plans = usePlans();
  const directory = useDirectory();
  const path = { actionId };
  const action = useQuery({
    queryKey: actionKey(actor, actionId),
    queryFn: () => answer(api.GET("/pst/v1/actions/{actionId}", { params: { path } })),
  });
  const ofAction = { actionId: [actionId] };
  const [tasks, budget, partnerships, placements, claims] = useQueries({
    queries: [
      {
        queryKey: [...actionKey(actor, actionId), "tasks"],
        queryFn: () =>
          seenOrNull(
            everyItem((page) => api.GET("/pst/v1/tasks", { params: { query: { ...page, ...ofAction } } })),
          ),
      },
      {
        queryKey: [...actionKey(actor, actionId), "budget"],
        queryFn: () =>
          seenOrNull(
            everyItem((page) =>
              api.GET("/pst/v1/budgetLines", { params: { query: { ...page, ...ofAction } } }),
            ),
          ),
      },
      {
        queryKey: [...actionKey(actor, actionId), "partnerships"],
        queryFn: () =>
          seen(
            everyItem((page) =>
              api.GET("/pst/v1/partnerships", { params: { query: { ...page, ...ofAction } } }),
            ),
          ),
      },
      {
        queryKey: [...actionKey(actor, actionId), "placements"],
        queryFn: () =>
          seen(
            everyItem((page) =>
              api.GET("/pst/v1/placements", { params: { query: { ...page, ...ofAction } } }),
            ),
          ),
      },
      {
        queryKey: [...actionKey(actor, actionId), "claims"],
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
  const houses = useQueries({
    queries: (partnerships.data ?? []).map(({ organisationId }) => ({
      queryKey: ["organisation", organisationId],
      staleTime: 300_000,
      queryFn: () =>
        answer(api.GET("/pst/v1/organisations/{organisationId}", { params: { path: { organisationId } } })),
    })),
  });

  const data = action.data;
  const names = plans.data?.names;
  const standings = served.map((planId, nth) => {
    const tree = trees[nth]?.data;
    const spot = tree?.placements.find((one) => one.actionId === actionId);
    const objective = tree?.objectives.find((one) => one.id === spot?.objectiveId);
    const full = (placements.data ?? []).find((one) => one.planId === planId);
    return {
      id: planId,
      plan: names?.get(planId)?.name ?? "",
      mark: names?.get(planId)?.code ?? "",
      path: objective ? `${objective.ownCode ?? objective.number ?? ""} ${objective.title ?? ""}`.trim() : "",
      code: spot?.number ?? "",
      isPrincipal: full?.isMain ?? false,
      href: hrefOfPlan(planId),
    };
  });
  const view: ActionView | undefined = data && {
    ...data,
    code: "",
    priority: data.withheld.includes("priority") ? null : data.priority,
    start: data.plannedStart,
    due: data.plannedEnd,
    people: data.withheld.includes("responsibilities") ? undefined : peopleOf(data, directory),
    partners: (partnerships.data ?? []).map((one, nth) => ({
      id: one.id,
      name: houses[nth]?.data?.name ?? "…",
      role: one.role,
    })),
    placements: standings,
    marks: served.flatMap((planId) => names?.get(planId) ?? []),
    tasks: tasks.data?.map((task) => ({
      id: task.id,
      title: task.title,
      assignee: directory.get(task.assigneeUnitId ?? task.assigneePersonId ?? "") ?? "",
      due: task.dueBy,
      isDone: task.doneOn !== null,
    })),
    budget: budget.data?.map((line) => ({ ...line, year: line.fiscalYear })),
    nextStatuses: data.nextStatuses as Schemas["ActionStatus"][],
    mayUpdate: data.permitted.includes("updateAction"),
  };
  const isComplete = ![tasks, budget, partnerships, placements, claims].some((one) => one.isPending);
  return {
    view,
    standings,
    isComplete,
    error: action.error ?? tasks.error ?? budget.error ?? null,
    retry: () => void action.refetch(),
  };
}

/** null where the list is not for this reader, which differs from an empty list. */
async function seenOrNull<T>(list: Promise<T[]>): Promise<T[] | null> {
  try {
    return await list;
  } catch (error) {
    if (isForbidden(error)) return null;
    throw error;
  }
}

function peopleOf(action: Schemas["Action"], directory: ReadonlyMap<string, string>): ActionView["people"] {
  if (directory.size === 0) return undefined;
  const named = (...kinds: Schemas["ResponsibilityKind"][]) =>
    (action.responsibilities ?? [])
      .filter((one) => kinds.includes(one.kind))
      .flatMap((one) => directory.get(responsibleId(one)) ?? []);
  return {
    mandatary: named("mandatary").join(" ; ") || null,
    lead: named("lead", "owner").join(" ; ") || null,
    units: named("managingUnit", "partnerUnit"),
  };
}
