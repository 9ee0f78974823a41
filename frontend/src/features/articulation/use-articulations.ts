import { useQueries } from "@tanstack/react-query";
import { useApi } from "@/api/acting";
import { answer } from "@/api/client";
import type { Schemas } from "@/api/contract";
import { isForbidden } from "@/api/problem";
import { usePlans } from "@/api/shared";

/** How one PST joins one PCS, and whether the reader may change that. */
export type Joint = Schemas["ArticulationPair"] & {
  plan: Schemas["PlanNamed"];
  mayConvert: boolean;
};

/** The joints of a PCS, those where the plans meet first. */
export const jointsOf = (joints: readonly Joint[], pcsId: string): readonly Joint[] =>
  joints
    .filter((one) => one.withPlan.id === pcsId)
    .toSorted((a, b) => Number(a.approach === "none") - Number(b.approach === "none"));

/** Every PST of the workspace with every PCS. `isClosed` for a reader of versions, who sees no living plan. */
export function useArticulations() {
  const { api, actor } = useApi();
  const plans = usePlans();
  const strategic = [...(plans.data?.names ?? [])].filter(([, plan]) => plan.kind === "pst");
  const found = useQueries({
    queries: strategic.map(([planId]) => ({
      queryKey: [actor, "articulation", planId],
      staleTime: 60_000,
      queryFn: () => answer(api.GET("/pst/v1/plans/{planId}/articulation", { params: { path: { planId } } })),
    })),
  });
  const joints: Joint[] = found.flatMap(({ data }) =>
    (data?.articulations ?? []).map((pair) => ({
      ...pair,
      plan: data?.plan ?? pair.withPlan,
      mayConvert: data?.permitted.includes("convertArticulation") ?? false,
    })),
  );
  return {
    joints,
    isClosed: found.some(({ error }) => isForbidden(error)),
    isPending: plans.isPending || found.some(({ isPending }) => isPending),
    error: plans.error ?? found.find(({ error }) => error && !isForbidden(error))?.error ?? null,
    retry: () => {
      void plans.refetch();
      for (const one of found) void one.refetch();
    },
  };
}
