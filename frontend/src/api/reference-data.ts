import { useQueries, useQuery } from "@tanstack/react-query";
import { useApi } from "./acting";
import { answer, everyItem } from "./client";
import { seen } from "./shared";

const staleTime = 300_000;

/** Those who may answer for things: offices, units, persons; empty where this reader may not see them. */
export function useCarriers() {
  const { api, actor } = useApi();
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
  return { offices: offices.data ?? [], units: units.data ?? [], persons: persons.data ?? [] };
}

/** The domains of the workspace. */
export function useDomains() {
  const { api, actor } = useApi();
  const { data } = useQuery({
    queryKey: [actor, "domains"],
    staleTime,
    queryFn: () => seen(everyItem((query) => api.GET("/pst/v1/domains", { params: { query } }))),
  });
  return data ?? [];
}

/** The seventeen goals, in the reader's language. */
export function useGoals() {
  const { api, actor } = useApi();
  const { data } = useQuery({
    queryKey: [actor, "sdgs", document.documentElement.lang],
    staleTime,
    queryFn: () => seen(everyItem((query) => api.GET("/pst/v1/sdgs", { params: { query } }))),
  });
  return data ?? [];
}

/** The findings of the workspace, those that are put aside included: an old answer keeps its name. */
export function useFindings() {
  const { api, actor } = useApi();
  const { data } = useQuery({
    queryKey: [actor, "findings"],
    staleTime: 60_000,
    queryFn: () => seen(everyItem((query) => api.GET("/pst/v1/findings", { params: { query } }))),
  });
  return data ?? [];
}

/** What organisations are called. */
export function useOrganisationNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const { api } = useApi();
  const found = useQueries({
    queries: [...new Set(ids)].map((organisationId) => ({
      queryKey: ["organisation", organisationId],
      staleTime,
      queryFn: () =>
        answer(api.GET("/pst/v1/organisations/{organisationId}", { params: { path: { organisationId } } })),
    })),
  });
  return new Map(found.flatMap(({ data }) => (data ? [[data.id, data.name] as const] : [])));
}
