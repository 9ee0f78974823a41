import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useApi } from "@/api/acting";
import { type Api, answer, everyItem, idempotencyHeader, ifVersion } from "@/api/client";
import type { Schemas } from "@/api/contract";
import type { FieldSpec } from "@/editing/fields";
import { type Changes, useEdit } from "@/editing/use-edit";
import { type Mutation, useRows } from "@/editing/use-rows";
import { valuesOf, valueWords } from "@/marks/values";
import { useWords, type Words } from "@/words";

export type Partnership = Schemas["Partnership"];

/** Who takes part in an action. */
export function usePartnerships(actionId: string) {
  const { api, actor } = useApi();
  return useRows<Partnership>([actor, "partnerships", actionId], () =>
    everyItem((page) =>
      api.GET("/pst/v1/partnerships", { params: { query: { ...page, actionId: [actionId] } } }),
    ),
  );
}

/** The organisations of the directory whose name holds what is typed. */
export function useOrganisationSearch(): {
  found: readonly Schemas["Organisation"][];
  seek: (text: string) => void;
} {
  const { api, actor } = useApi();
  const [text, setText] = useState("");
  const [sought, setSought] = useState("");
  useEffect(() => {
    const pause = setTimeout(() => setSought(text.trim()), 200);
    return () => clearTimeout(pause);
  }, [text]);
  const { data } = useQuery({
    queryKey: [actor, "organisations", sought],
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: () =>
      answer(
        api.GET("/pst/v1/organisations", {
          params: { query: { pageSize: 50, ...(sought ? { q: sought } : {}) } },
        }),
      ),
  });
  return { found: data?.items ?? [], seek: setText };
}

const common = (t: Words): FieldSpec[] => [
  {
    name: "role",
    kind: "choice",
    label: t("fields.role"),
    isRequired: true,
    choices: valuesOf("role").map((id) => ({ id, name: valueWords(t, "role", id) })),
  },
  {
    name: "state",
    kind: "choice",
    label: t("fields.state"),
    hint: t("partnerships.stateHint"),
    isRequired: true,
    choices: ["planned", "proposed", "agreed", "ended"].map((id) => ({
      id,
      name: valueWords(t, "state", id),
    })),
  },
  { name: "mayReportProgress", kind: "check", label: t("fields.mayReportProgress") },
  { name: "note", kind: "area", label: t("fields.note"), maxLength: 20_000 },
];

/** The forms of a partnership, and what is done with it. */
export function usePartnershipForm(actionId: string, taken: ReadonlySet<string>, onDone: () => void) {
  const { api } = useApi();
  const { t } = useWords();
  const { found, seek } = useOrganisationSearch();
  const fields = common(t);
  const adding: FieldSpec[] = [
    {
      name: "organisationId",
      kind: "one",
      label: t("fields.organisationId"),
      hint: t("partnerships.searchHint"),
      isRequired: true,
      onSearch: seek,
      choices: found.filter((one) => !taken.has(one.id)).map(({ id, name }) => ({ id, name })),
    },
    ...fields,
  ];
  const edit = useEdit<Partnership>({
    read: (partnershipId) =>
      answer(api.GET("/pst/v1/partnerships/{partnershipId}", { params: { path: { partnershipId } } })),
    patch: (partnershipId, body, version) =>
      answer(
        api.PATCH("/pst/v1/partnerships/{partnershipId}", {
          params: { path: { partnershipId }, header: ifVersion(version) },
          body,
        }),
      ),
    name: (field) => fields.find((one) => one.name === field)?.label ?? field,
    words: (field, value) =>
      typeof value === "boolean"
        ? t(value ? "editing.yes" : "editing.no")
        : valueWords(t, field, String(value)),
    said: t("partnerships.saved"),
    onDone,
  });
  return { fields, adding, edit, mutations: partnershipMutations(api, actionId, t) };
}

function partnershipMutations(api: Api, actionId: string, t: Words) {
  const create = (said: Changes): Promise<Partnership> =>
    answer(
      api.POST("/pst/v1/partnerships", {
        params: { header: idempotencyHeader() },
        body: { ...(said as unknown as Schemas["PartnershipCreate"]), actionId },
      }),
    );
  const add = (said: Changes): Mutation<Partnership> => ({
    show: (rows) => rows,
    send: () => create(said),
    said: t("partnerships.added"),
    undo: (saved) => remove(saved as Partnership),
  });
  const turn = (row: Partnership, state: Partnership["state"], name: string): Mutation<Partnership> => ({
    show: (rows) => rows.map((one) => (one.id === row.id ? { ...one, state } : one)),
    send: (now) =>
      answer(
        api.PATCH("/pst/v1/partnerships/{partnershipId}", {
          params: { path: { partnershipId: row.id }, header: ifVersion(now(row.id).version) },
          body: { state },
        }),
      ),
    said: t("partnerships.turned", { name, state: valueWords(t, "state", state) }),
    undo: () => turn(row, row.state, name),
  });
  const remove = (row: Partnership): Mutation<Partnership> => ({
    show: (rows) => rows.filter((one) => one.id !== row.id),
    send: async () => {
      await api.DELETE("/pst/v1/partnerships/{partnershipId}", {
        params: { path: { partnershipId: row.id }, header: ifVersion(row.version) },
      });
      return undefined;
    },
    said: t("partnerships.removed"),
    undo: () => {
      const { organisationId, role, state, mayReportProgress, note } = row;
      return add({ organisationId, role, state, mayReportProgress: mayReportProgress ?? false, note });
    },
  });
  return { add, turn, remove };
}
