import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useApi } from "@/api/acting";
import { answer } from "@/api/client";
import type { Schemas } from "@/api/contract";
import type { Across, Down } from "./matrix-view";

/** All plans of the workspace crossed. */
export function useTransversal(across: Across, down: Down): UseQueryResult<Schemas["Transversal"]> {
  const { api, actor } = useApi();
  return useQuery({
    queryKey: [actor, "transversal", across, down],
    queryFn: () =>
      answer(api.GET("/pst/v1/transversal", { params: { query: { rows: across, columns: down } } })),
    // The frame and its figures stay while the next ones come.
    placeholderData: (previous) => previous,
  });
}

/** One cell, line, column or the whole: a key that is absent asks for all. */
export interface Cell {
  across?: string | undefined;
  down?: string | undefined;
}

export function useCellActions(
  across: Across,
  down: Down,
  cell: Cell,
): UseQueryResult<Schemas["CellActions"]> {
  const { api, actor } = useApi();
  return useQuery({
    queryKey: [actor, "transversal", across, down, cell],
    queryFn: () =>
      answer(
        api.GET("/pst/v1/transversal/actions", {
          params: {
            query: {
              rows: across,
              columns: down,
              ...(cell.across === undefined ? {} : { row: cell.across }),
              ...(cell.down === undefined ? {} : { column: cell.down }),
            },
          },
        }),
      ),
  });
}
