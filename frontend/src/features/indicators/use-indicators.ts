import { useQuery } from "@tanstack/react-query";
import { useApi } from "@/api/acting";
import { answer, everyItem } from "@/api/client";
import type { Schemas } from "@/api/contract";
import { isForbidden } from "@/api/problem";
import { useRows } from "@/editing/use-rows";

export type Indicator = Schemas["Indicator"];
export type Measurement = Schemas["Measurement"];
export type IndicatorValue = Schemas["IndicatorValue"];
export type Computed = IndicatorValue["value"];

/** What an action is judged by, in its order. */
export function useIndicators(actionId: string) {
  const { api, actor } = useApi();
  return useRows<Indicator>([actor, "indicators", actionId], () =>
    everyItem((page) =>
      api.GET("/pst/v1/indicators", { params: { query: { ...page, actionId: [actionId] } } }),
    ),
  );
}

/** Everything that was measured of the action's indicators, the latest first. */
export function useMeasurements(actionId: string) {
  const { api, actor } = useApi();
  return useRows<Measurement>([actor, "measurements", actionId], async () => {
    const all = await everyItem((page) =>
      api.GET("/pst/v1/measurements", { params: { query: { ...page, actionId: [actionId] } } }),
    );
    return all.toSorted((a, b) => b.measuredOn.localeCompare(a.measuredOn));
  });
}

/** Where each indicator stands, as the service computes it: nothing is reckoned again here. */
export function useIndicatorValues(actionId: string): ReadonlyMap<string, IndicatorValue> {
  const { api, actor } = useApi();
  const { data } = useQuery({
    queryKey: [actor, "indicatorValues", actionId],
    queryFn: async () => {
      try {
        const path = { actionId };
        return (await answer(api.GET("/pst/v1/actions/{actionId}/indicatorValues", { params: { path } })))
          .values;
      } catch (error) {
        if (isForbidden(error)) return [];
        throw error;
      }
    },
  });
  return new Map((data ?? []).map((value) => [value.indicatorId, value]));
}
