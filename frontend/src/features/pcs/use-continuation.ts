import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "@/api/acting";
import { answer, everyItem, idempotencyHeader } from "@/api/client";
import type { Schemas } from "@/api/contract";

export type Kind = Schemas["ContinuationKind"];
export type Preview = Schemas["ContinuationPreview"];
export type Continuation = Schemas["PlanContinuation"];

/** How a plan would go on: the next period, the day asked for, and the codes chosen for single actions. */
export interface Wanted {
  planId: string;
  kind: Kind;
  periodId: string | null;
  endsOn: string | null;
  /** The code chosen for an action, by its claim; an empty text: none. */
  chosen: ReadonlyMap<string, string>;
}

export const isComplete = ({ kind, periodId, endsOn }: Wanted): boolean =>
  kind === "extension" || (kind === "successor" ? periodId !== null : endsOn !== null);

const saidOf = ({ kind, periodId, endsOn }: Wanted) => ({
  kind,
  ...(kind === "successor" && periodId ? { periodId } : {}),
  ...(kind === "noneYet" && endsOn ? { endsOn } : {}),
});

/** What going on so would change; nothing is written. */
export function usePreview(wanted: Wanted) {
  const { api, actor } = useApi();
  const { planId, chosen } = wanted;
  return useQuery({
    queryKey: [actor, "continuationPreview", planId, saidOf(wanted), [...chosen]],
    enabled: isComplete(wanted),
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: () =>
      answer(
        api.GET("/pst/v1/plans/{planId}/continuations/preview", {
          params: {
            path: { planId },
            query: {
              ...saidOf(wanted),
              ...(chosen.size > 0 ? { assign: [...chosen].map((pair) => pair.join(":")) } : {}),
            },
          },
        }),
      ),
  });
}

/** Everything that was read before may have changed with it; a preview of before is never shown again. */
function useReadAgain() {
  const client = useQueryClient();
  const { actor } = useApi();
  return () => {
    client.removeQueries({ queryKey: [actor, "continuationPreview"], type: "inactive" });
    void client.invalidateQueries({ queryKey: [actor] });
  };
}

/** Applies what a preview told: its basis is the precondition, so that nothing unseen is ever applied. */
export function useContinuation() {
  const { api } = useApi();
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: ({ wanted, basis }: { wanted: Wanted; basis: string }) =>
      answer(
        api.POST("/pst/v1/plans/{planId}/continuations", {
          params: {
            path: { planId: wanted.planId },
            header: { "If-Match": `"${basis}"`, ...idempotencyHeader() },
          },
          body: {
            ...saidOf(wanted),
            assignments: [...wanted.chosen].map(([planActionId, item]) => ({
              planActionId,
              periodItemIds: item ? [item] : [],
            })),
          },
        }),
      ),
    onSuccess: readAgain,
  });
}

export function useUndoContinuation(planId: string) {
  const { api } = useApi();
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: (planContinuationId: string) =>
      answer(
        api.POST("/pst/v1/plans/{planId}/continuations/{planContinuationId}/undo", {
          params: { path: { planId, planContinuationId } },
        }),
      ),
    onSuccess: readAgain,
  });
}

/** How the plan went on before, the latest first. */
export function useContinuations(planId: string) {
  const { api, actor } = useApi();
  return useQuery({
    queryKey: [actor, "planContinuations", planId],
    queryFn: (): Promise<Continuation[]> =>
      everyItem((place) =>
        api.GET("/pst/v1/planContinuations", {
          params: { query: { ...place, planId: [planId], sort: ["-lastPosition"] } },
        }),
      ),
  });
}

/** The programming periods that begin after the one of the plan has ended. */
export function useNextPeriods(periodId: string) {
  const { api, actor } = useApi();
  return useQuery({
    queryKey: [actor, "programmingPeriods"],
    staleTime: 60_000,
    queryFn: () => everyItem((query) => api.GET("/pst/v1/programmingPeriods", { params: { query } })),
    select: (periods) => {
      const own = periods.find((one) => one.id === periodId);
      return periods.filter(
        (one) => own && one.planTypeCode === own.planTypeCode && one.startsOn > own.endsOn,
      );
    },
  });
}

/** The themes and action codes of a period, in the order of its catalogue. */
export function useItems(periodId: string | null) {
  const { api, actor } = useApi();
  return useQuery({
    queryKey: [actor, "periodItems", periodId],
    enabled: periodId !== null,
    staleTime: 60_000,
    queryFn: () =>
      everyItem((place) =>
        api.GET("/pst/v1/periodItems", {
          params: { query: { ...place, periodId: periodId ? [periodId] : [] } },
        }),
      ),
    select: (items) => items.filter((one) => one.kind === "theme" || one.kind === "actionCode"),
  });
}
