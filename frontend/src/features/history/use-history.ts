import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useApi } from "@/api/acting";
import { answer, everyItem } from "@/api/client";
import { isForbidden } from "@/api/problem";
import { useOrganisationNames } from "@/api/reference-data";
import { seen } from "@/api/shared";
import { useFieldName, useNames, useValueWords } from "@/editing/use-names";
import { valueWords } from "@/marks/values";
import { useWords } from "@/words";
import { type EntryView, historyView } from "./history-view";

/** What was written of an action and of what hangs on it, the newest first; null where the journal is not for this reader. */
export function useHistory(actionId: string) {
  const { api, actor } = useApi();
  const query = useInfiniteQuery({
    queryKey: [actor, "journal", actionId],
    initialPageParam: "",
    queryFn: async ({ pageParam }) => {
      try {
        return await answer(
          api.GET("/pst/v1/journalEntries", {
            params: {
              query: {
                actionId: [actionId],
                sort: ["-position"],
                pageSize: 50,
                ...(pageParam ? { after: pageParam } : {}),
              },
            },
          }),
        );
      } catch (error) {
        if (isForbidden(error)) return null;
        throw error;
      }
    },
    getNextPageParam: (page) =>
      page?.next
        ? (new URL(page.next, window.location.origin).searchParams.get("after") ?? undefined)
        : undefined,
  });
  const pages = query.data?.pages;
  const entries = pages?.flatMap((page) => page?.items ?? []) ?? [];
  return {
    isForReader: pages?.[0] !== null,
    isPending: query.isPending,
    days: historyView(entries),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
    error: query.error,
    retry: () => void query.refetch(),
  };
}

/** What those who wrote are called, where the reader manages who works here; else their role says enough. */
export function useAuthors(): ReadonlyMap<string, string> {
  const { api, actor } = useApi();
  const { data } = useQuery({
    queryKey: [actor, "memberships"],
    staleTime: 300_000,
    queryFn: () => seen(everyItem((query) => api.GET("/pst/v1/memberships", { params: { query } }))),
  });
  return new Map(
    (data ?? []).flatMap((one) => (one.accountName ? [[one.accountId, one.accountName] as const] : [])),
  );
}

/** Whether the journal of this workspace is open to the reader, as the service answers. */
export function useSeesJournal(): boolean {
  const { api, actor } = useApi();
  const { data } = useQuery({
    queryKey: [actor, "seesJournal"],
    staleTime: 300_000,
    queryFn: async () => {
      try {
        await answer(api.GET("/pst/v1/journalEntries", { params: { query: { pageSize: 1 } } }));
        return true;
      } catch (error) {
        if (isForbidden(error)) return false;
        throw error;
      }
    },
  });
  return data ?? false;
}

/** The journal in words: values, fields, and what the things themselves are called. */
export function useHistoryWords(rows: readonly EntryView[], known: ReadonlyMap<string, string>) {
  const { t } = useWords();
  const organisations = useOrganisationNames(
    rows.flatMap(({ image }) => (typeof image.organisation_id === "string" ? [image.organisation_id] : [])),
  );
  const names = new Map([...useNames(), ...organisations, ...known]);
  const words = useValueWords(names);
  const name = useFieldName();
  const nameOf = ({ image }: EntryView): string => {
    const own = image.title ?? image.text ?? image.label ?? image.reference;
    if (typeof own === "string") return own;
    if (image.fiscal_year !== undefined)
      return `${image.fiscal_year}, ${valueWords(t, "source", String(image.source))}`;
    const id = image.plan_id ?? image.organisation_id ?? image.linked_action_id;
    return typeof id === "string" ? (names.get(id) ?? "") : "";
  };
  return { words, name, nameOf };
}
