import { useApi } from "@/api/acting";
import { type Api, answer, everyItem, idempotencyHeader, ifVersion } from "@/api/client";
import type { Schemas } from "@/api/contract";
import type { FieldSpec } from "@/editing/fields";
import { type Changes, useEdit } from "@/editing/use-edit";
import { useFieldName, useNames, useValueWords } from "@/editing/use-names";
import { type Mutation, useRows } from "@/editing/use-rows";
import { valuesOf, valueWords } from "@/marks/values";
import { useWords, type Words } from "@/words";

export type Decision = Schemas["Decision"];

/** What was decided about an action, the latest first. */
export function useDecisions(actionId: string) {
  const { api, actor } = useApi();
  return useRows<Decision>([actor, "decisions", actionId], async () => {
    const all = await everyItem((page) =>
      api.GET("/pst/v1/decisions", { params: { query: { ...page, actionId: [actionId] } } }),
    );
    return all.toSorted((a, b) => b.decidedOn.localeCompare(a.decidedOn));
  });
}

const fieldsOf = (t: Words): FieldSpec[] => [
  { name: "title", kind: "text", label: t("fields.title"), isRequired: true, maxLength: 500 },
  {
    name: "organ",
    kind: "choice",
    label: t("fields.organ"),
    isRequired: true,
    choices: valuesOf("organ").map((id) => ({ id, name: valueWords(t, "organ", id) })),
  },
  { name: "decidedOn", kind: "day", label: t("fields.decidedOn"), isRequired: true },
  {
    name: "reference",
    kind: "text",
    label: t("fields.reference"),
    hint: t("decisions.referenceHint"),
    maxLength: 255,
  },
  { name: "link", kind: "text", label: t("fields.link"), hint: t("documents.linkHint"), maxLength: 2000 },
  {
    name: "audience",
    kind: "choice",
    label: t("fields.audience"),
    isRequired: true,
    choices: valuesOf("audience").map((id) => ({ id, name: valueWords(t, "audience", id) })),
  },
  { name: "note", kind: "area", label: t("fields.note"), maxLength: 20_000 },
];

/** The form of a decision, and what is done with it. */
export function useDecisionForm(actionId: string, onDone: () => void) {
  const { api } = useApi();
  const { t } = useWords();
  const edit = useEdit<Decision>({
    read: (decisionId) =>
      answer(api.GET("/pst/v1/decisions/{decisionId}", { params: { path: { decisionId } } })),
    patch: (decisionId, body, version) =>
      answer(
        api.PATCH("/pst/v1/decisions/{decisionId}", {
          params: { path: { decisionId }, header: ifVersion(version) },
          body,
        }),
      ),
    name: useFieldName(),
    words: useValueWords(useNames()),
    said: t("decisions.saved"),
    onDone,
  });
  return { fields: fieldsOf(t), edit, mutations: decisionMutations(api, actionId, t) };
}

function decisionMutations(api: Api, actionId: string, t: Words) {
  const add = (said: Changes, words: string = t("decisions.added")): Mutation<Decision> => ({
    show: (rows) => rows,
    send: () =>
      answer(
        api.POST("/pst/v1/decisions", {
          params: { header: idempotencyHeader() },
          body: { ...(said as unknown as Schemas["DecisionCreate"]), actionId },
        }),
      ),
    said: words,
    undo: (saved) => remove(saved as Decision),
  });
  const remove = (decision: Decision): Mutation<Decision> => ({
    show: (rows) => rows.filter((one) => one.id !== decision.id),
    send: async () => {
      await api.DELETE("/pst/v1/decisions/{decisionId}", {
        params: { path: { decisionId: decision.id }, header: ifVersion(decision.version) },
      });
      return undefined;
    },
    said: t("decisions.removed"),
    undo: () => {
      const { title, organ, decidedOn, reference, link, audience, note, organisationId } = decision;
      return add(
        { title, organ, decidedOn, reference, link, audience, note, organisationId },
        t("decisions.restored"),
      );
    },
  });
  return { add, remove };
}
