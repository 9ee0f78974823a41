import { useQuery } from "@tanstack/react-query";
import { useApi } from "@/api/acting";
import { answer, everyItem } from "@/api/client";
import { seen } from "@/api/shared";

/** The report of a PCS, from the same records as the PST. */
export function usePcsReport(planId: string) {
  const { api, actor } = useApi();
  return useQuery({
    queryKey: [actor, "pcsReport", planId],
    queryFn: () => answer(api.GET("/pst/v1/plans/{planId}/pcsReport", { params: { path: { planId } } })),
  });
}

/** What was found before the plan, who was heard, and what does not say what it answers. */
export function useDiagnostic(planId: string) {
  const { api, actor } = useApi();
  return useQuery({
    queryKey: [actor, "diagnostic", planId],
    queryFn: async () => {
      const plan = { planId: [planId] };
      const [findings, actions, objectives, partners] = await Promise.all([
        everyItem((place) => api.GET("/pst/v1/findings", { params: { query: { ...place, ...plan } } })),
        everyItem((place) =>
          api.GET("/pst/v1/actions", {
            params: { query: { ...place, ...plan, missing: ["finding"], isArchived: [false] } },
          }),
        ),
        everyItem((place) =>
          api.GET("/pst/v1/objectives", { params: { query: { ...place, ...plan, missing: ["finding"] } } }),
        ),
        seen(everyItem((query) => api.GET("/pst/v1/partners", { params: { query } }))),
      ]);
      return {
        findings,
        actions,
        objectives,
        names: new Map(partners.map((one) => [one.organisationId, one.label ?? one.name ?? ""])),
      };
    },
  });
}
