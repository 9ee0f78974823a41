import { queryOptions, type UseQueryResult, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useApi } from "./acting";
import { type Api, answer, everyItem } from "./client";
import type { Actor, Schemas } from "./contract";
import { isForbidden } from "./problem";

/** A plan as a mark beside an action: « PCS », and what it stands for. */
export interface PlanName {
  code: string;
  name: string;
  /** The code of its type in the reference list, `pst`, `pcs`…; none where the commune made the type itself. */
  kind: string | null;
}

// A list that this reader may not see is an empty one.
const seen = async <T>(list: Promise<T[]>): Promise<T[]> => {
  try {
    return await list;
  } catch (error) {
    if (isForbidden(error)) return [];
    throw error;
  }
};

/** The plans of the workspace, each with its type. */
export function usePlans(): UseQueryResult<{ plans: Schemas["Plan"][]; names: Map<string, PlanName> }> {
  const { api, actor } = useApi();
  return useQuery({
    queryKey: [actor, "plans"],
    staleTime: 60_000,
    queryFn: async () => {
      const [plans, types] = await Promise.all([
        everyItem((query) => api.GET("/pst/v1/plans", { params: { query } })),
        seen(everyItem((query) => api.GET("/pst/v1/planTypes", { params: { query } }))),
      ]);
      const known = new Map(types.map((type) => [type.id, type]));
      return {
        plans,
        names: new Map(
          plans.map((plan) => [
            plan.id,
            {
              code: known.get(plan.planTypeId)?.acronym ?? plan.title,
              name: plan.title,
              kind: known.get(plan.planTypeId)?.referenceCode ?? null,
            },
          ]),
        ),
      };
    },
  });
}

export const treeQuery = (api: Api, actor: Actor, planId: string) =>
  queryOptions({
    queryKey: [actor, "tree", planId],
    queryFn: () => answer(api.GET("/pst/v1/plans/{planId}/tree", { params: { path: { planId } } })),
  });

/** The names of those who answer for things: offices with their holder, units, persons. */
export function useDirectory(): ReadonlyMap<string, string> {
  const { api, actor } = useApi();
  const staleTime = 300_000;
  const [offices, units, persons] = useQueries({
    queries: [
      {
        queryKey: [actor, "offices"],
        staleTime,
        queryFn: () => seen(everyItem((query) => api.GET("/pst/v1/offices", { params: { query } }))),
      },
      {
        queryKey: [actor, "units"],
        staleTime,
        queryFn: () => seen(everyItem((query) => api.GET("/pst/v1/units", { params: { query } }))),
      },
      {
        queryKey: [actor, "persons"],
        staleTime,
        queryFn: () => seen(everyItem((query) => api.GET("/pst/v1/persons", { params: { query } }))),
      },
    ],
  });
  return useMemo(
    () =>
      new Map([
        ...(offices.data ?? []).map(
          (one) => [one.id, one.holderName ? `${one.holderName}, ${one.title}` : one.title] as const,
        ),
        ...(units.data ?? []).map((one) => [one.id, one.name] as const),
        ...(persons.data ?? []).map(
          (one) => [one.id, [one.givenName, one.familyName].filter(Boolean).join(" ")] as const,
        ),
      ]),
    [offices.data, units.data, persons.data],
  );
}

export const responsibleId = (one: Schemas["Responsibility"]): string =>
  one.unitId ?? one.officeId ?? one.personId ?? "";

export { seen };
