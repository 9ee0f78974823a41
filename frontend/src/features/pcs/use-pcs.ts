import { useQuery } from "@tanstack/react-query";
import { useApi } from "@/api/acting";
import { answer } from "@/api/client";

/** The report of a PCS, from the same records as the PST. */
export function usePcsReport(planId: string) {
  const { api, actor } = useApi();
  return useQuery({
    queryKey: [actor, "pcsReport", planId],
    queryFn: () => answer(api.GET("/pst/v1/plans/{planId}/pcsReport", { params: { path: { planId } } })),
  });
}

/** What the period asks of a diagnostic, what was found, and what nothing answers. */
export function useDiagnostic(planId: string) {
  const { api, actor } = useApi();
  return useQuery({
    queryKey: [actor, "diagnostic", planId],
    queryFn: () => answer(api.GET("/pst/v1/plans/{planId}/diagnostic", { params: { path: { planId } } })),
  });
}
