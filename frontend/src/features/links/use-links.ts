import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useApi } from "@/api/acting";
import { type Api, answer, everyItem, idempotencyHeader, ifVersion } from "@/api/client";
import type { Schemas } from "@/api/contract";
import type { FieldSpec } from "@/editing/fields";
import type { Changes } from "@/editing/use-edit";
import { type Mutation, useRows } from "@/editing/use-rows";
import { valuesOf, valueWords } from "@/marks/values";
import { useWords, type Words } from "@/words";

export type ActionLink = Schemas["ActionLink"];

/** The links of an action, whichever end it stands at. */
export function useLinks(actionId: string) {
  const { api, actor } = useApi();
  return useRows<ActionLink>([actor, "actionLinks", actionId], () =>
    everyItem((page) =>
      api.GET("/pst/v1/actionLinks", { params: { query: { ...page, eitherActionId: [actionId] } } }),
    ),
  );
}

export const otherEnd = (link: ActionLink, actionId: string): string =>
  link.actionId === actionId ? link.linkedActionId : link.actionId;

/** The actions at the other ends, as far as they have been answered. */
export function useLinkedActions(ids: readonly string[]): ReadonlyMap<string, Schemas["Action"]> {
  const { api, actor } = useApi();
  const found = useQueries({
    queries: [...new Set(ids)].map((actionId) => ({
      queryKey: [actor, "action", actionId],
      queryFn: () => answer(api.GET("/pst/v1/actions/{actionId}", { params: { path: { actionId } } })),
    })),
  });
  return new Map(found.flatMap(({ data }) => (data ? [[data.id, data] as const] : [])));
}

/** The actions that what is typed may mean, near misses too; the first ones while nothing is typed. */
function useActionSearch() {
  const { api, actor } = useApi();
  const [text, setText] = useState("");
  const [sought, setSought] = useState("");
  useEffect(() => {
    const pause = setTimeout(() => setSought(text.trim().slice(0, 200)), 200);
    return () => clearTimeout(pause);
  }, [text]);
  const { data, isPlaceholderData } = useQuery({
    queryKey: [actor, "actionSearch", sought],
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<readonly { id: string; title: string }[]> => {
      const found = sought
        ? api.GET("/pst/v1/search", { params: { query: { q: sought, kind: ["action"], pageSize: 20 } } })
        : api.GET("/pst/v1/actions", { params: { query: { pageSize: 20 } } });
      return (await answer<{ items: { id: string; title: string }[] }>(found)).items;
    },
  });
  // Until what is typed has been answered, only what plainly says it is offered: nothing else is chosen by mistake.
  const isAnswered = !isPlaceholderData && text.trim().slice(0, 200) === sought;
  const plainly = ({ title }: { title: string }) => title.toLowerCase().includes(text.trim().toLowerCase());
  return { found: isAnswered ? (data ?? []) : (data ?? []).filter(plainly), seek: setText };
}

/** The form of a link, and what is done with one. */
export function useLinkForm(actionId: string, taken: ReadonlySet<string>) {
  const { api } = useApi();
  const { t } = useWords();
  const { found, seek } = useActionSearch();
  const fields: FieldSpec[] = [
    {
      name: "kind",
      kind: "choice",
      label: t("links.kind"),
      isRequired: true,
      choices: valuesOf("linkKind").map((id) => ({ id, name: valueWords(t, "linkKind", id) })),
    },
    {
      name: "linkedActionId",
      kind: "one",
      label: t("links.other"),
      hint: t("links.searchHint"),
      isRequired: true,
      onSearch: seek,
      isFoundElsewhere: true,
      choices: found
        .filter(({ id }) => id !== actionId && !taken.has(id))
        .map(({ id, title }) => ({ id, name: title })),
    },
    { name: "note", kind: "area", label: t("fields.note"), maxLength: 20_000 },
  ];
  return { fields, mutations: linkMutations(api, actionId, t) };
}

function linkMutations(api: Api, actionId: string, t: Words) {
  const add = (said: Changes, words: string = t("links.added")): Mutation<ActionLink> => ({
    show: (rows) => rows,
    send: () =>
      answer(
        api.POST("/pst/v1/actionLinks", {
          params: { header: idempotencyHeader() },
          body: { actionId, ...(said as unknown as Omit<Schemas["ActionLinkCreate"], "actionId">) },
        }),
      ),
    said: words,
    undo: (saved) => remove(saved as ActionLink),
  });
  const remove = (link: ActionLink): Mutation<ActionLink> => ({
    show: (rows) => rows.filter((one) => one.id !== link.id),
    send: async () => {
      await api.DELETE("/pst/v1/actionLinks/{actionLinkId}", {
        params: { path: { actionLinkId: link.id }, header: ifVersion(link.version) },
      });
      return undefined;
    },
    said: t("links.removed"),
    undo: () => {
      const { actionId: from, linkedActionId, kind, note } = link;
      return add({ actionId: from, linkedActionId, kind, note }, t("links.restored"));
    },
  });
  return { add, remove };
}
