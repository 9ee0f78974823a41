import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "@/api/acting";
import { type Api, answer, everyItem, idempotencyHeader } from "@/api/client";
import type { Actor, Schemas } from "@/api/contract";
import { treeQuery } from "@/api/shared";
import type { Target } from "./approaches";

/** What is simulated: a PST, a PCS, the form wanted and the places chosen for its actions. */
export interface Simulated {
  planId: string;
  withPlanId: string;
  to: Target;
  chosen: ReadonlyMap<string, string>;
}

const previewQuery = (api: Api, actor: Actor, { planId, withPlanId, to, chosen }: Simulated) =>
  queryOptions({
    queryKey: [actor, "preview", planId, withPlanId, to, [...chosen]],
    queryFn: () =>
      answer(
        api.GET("/pst/v1/plans/{planId}/articulation/preview", {
          params: {
            path: { planId },
            query: {
              with: withPlanId,
              to,
              ...(chosen.size > 0 ? { assign: [...chosen].map((pair) => pair.join(":")) } : {}),
            },
          },
        }),
      ),
    placeholderData: keepPreviousData,
  });

export function useSimulation(simulated: Simulated) {
  const { api, actor } = useApi();
  return {
    tree: useQuery(treeQuery(api, actor, simulated.planId)),
    preview: useQuery(previewQuery(api, actor, simulated)),
  };
}

/** Everything that was read before a conversion may have changed with it; a preview of before is never shown again. */
function useReadAgain() {
  const client = useQueryClient();
  const { actor } = useApi();
  return () => {
    client.removeQueries({ queryKey: [actor, "preview"], type: "inactive" });
    void client.invalidateQueries({ queryKey: [actor] });
  };
}

/** Applies what a preview told: its basis is the precondition, so that nothing unseen is ever applied. */
export function useConversion() {
  const { api } = useApi();
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: ({ simulated, basis }: { simulated: Simulated; basis: string }) =>
      answer(
        api.POST("/pst/v1/plans/{planId}/articulation/conversions", {
          params: {
            path: { planId: simulated.planId },
            header: { "If-Match": `"${basis}"`, ...idempotencyHeader() },
          },
          body: {
            to: simulated.to,
            withPlanId: simulated.withPlanId,
            assignments: [...simulated.chosen].map(([actionId, objectiveId]) => ({ actionId, objectiveId })),
          },
        }),
      ),
    onSuccess: readAgain,
  });
}

export function useUndo(planId: string) {
  const { api } = useApi();
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: (articulationConversionId: string) =>
      answer(
        api.POST("/pst/v1/plans/{planId}/articulation/conversions/{articulationConversionId}/undo", {
          params: { path: { planId, articulationConversionId } },
        }),
      ),
    onSuccess: readAgain,
  });
}

/** The conversions of a pair, the latest first. */
export function useConversions(planId: string, withPlanId: string) {
  const { api, actor } = useApi();
  return useQuery({
    queryKey: [actor, "articulationConversions", planId, withPlanId],
    queryFn: (): Promise<Schemas["ArticulationConversion"][]> =>
      everyItem((place) =>
        api.GET("/pst/v1/articulationConversions", {
          params: {
            query: { ...place, planId: [planId], withPlanId: [withPlanId], sort: ["-lastPosition"] },
          },
        }),
      ),
  });
}
