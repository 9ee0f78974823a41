import { useApi } from "@/api/acting";
import { type Api, answer, everyItem, idempotencyHeader, ifVersion } from "@/api/client";
import type { Schemas } from "@/api/contract";
import type { FieldSpec } from "@/editing/fields";
import { type Changes, useEdit } from "@/editing/use-edit";
import { useFieldName, useNames, useValueWords } from "@/editing/use-names";
import { type Mutation, useRows } from "@/editing/use-rows";
import { today } from "@/marks/days";
import { valuesOf, valueWords } from "@/marks/values";
import { useWords, type Words } from "@/words";

export type FollowUp = Schemas["FollowUp"];
type Action = Schemas["Action"];

/** What was noted of an action, the latest day first. */
export function useFollowUps(actionId: string) {
  const { api, actor } = useApi();
  return useRows<FollowUp>([actor, "followUps", actionId], async () => {
    const notes = await everyItem((page) =>
      api.GET("/pst/v1/followUps", { params: { query: { ...page, actionId: [actionId] } } }),
    );
    return notes.toSorted(
      (a, b) => b.notedOn.localeCompare(a.notedOn) || b.createdAt.localeCompare(a.createdAt),
    );
  });
}

const choices = (t: Words, family: Parameters<typeof valuesOf>[0]) =>
  valuesOf(family).map((id) => ({ id, name: valueWords(t, family, id) }));

function fieldsOf(t: Words, statuses: readonly string[]): FieldSpec[] {
  return [
    {
      name: "text",
      kind: "area",
      label: t("followups.text"),
      hint: t("actions.commentHint"),
      isRequired: true,
      maxLength: 20_000,
    },
    { name: "notedOn", kind: "day", label: t("fields.notedOn"), isRequired: true },
    { name: "progress", kind: "number", label: t("followups.percent"), min: 0, max: 100 },
    {
      name: "status",
      kind: "choice",
      label: t("fields.status"),
      choices: statuses.map((id) => ({ id, name: valueWords(t, "status", id) })),
      isRequired: true,
    },
    {
      name: "health",
      kind: "choice",
      label: t("fields.health"),
      choices: ["good", "atRisk", "blocked"].map((id) => ({ id, name: valueWords(t, "health", id) })),
      isRequired: true,
    },
    {
      name: "healthReason",
      kind: "text",
      label: t("fields.healthReason"),
      hint: t("followups.healthHint"),
      isAsked: (draft) => draft.health !== "good",
    },
    {
      name: "audience",
      kind: "choice",
      label: t("fields.audience"),
      choices: choices(t, "audience"),
      isRequired: true,
    },
  ];
}

/** What this reader may say in a note, as the service tells: a partner reports words and progress, to partners. */
export function maySay(
  action: Pick<Action, "unchangeable" | "nextStatuses" | "withheld">,
  field: string,
): boolean {
  if (field === "audience") return !action.withheld.includes(field);
  if (field === "status" || field === "statusReason") return action.nextStatuses.length > 0;
  // A reason means nothing beside a good health, and is said together with another one.
  return !action.unchangeable.includes(field === "healthReason" ? "health" : field);
}

/** The form of a note, and what is done with it. */
export function useFollowUpForm(action: Action, onDone: () => void) {
  const { api } = useApi();
  const { t } = useWords();
  const words = useValueWords(useNames());
  const name = useFieldName();
  const open = [action.status, ...action.nextStatuses];
  const isSaid = ({ name }: FieldSpec) => maySay(action, name);
  const every: FieldSpec[] = [
    ...fieldsOf(t, open),
    ...(action.permitted.includes("updateAction")
      ? ([
          {
            name: "statusReason",
            kind: "text",
            label: t("fields.statusReason"),
            hint: t("followups.reasonHint"),
          },
          { name: "isSet", kind: "check", label: t("followups.isSet") },
        ] satisfies FieldSpec[])
      : []),
  ];
  const edit = useEdit<FollowUp>({
    read: (followUpId) =>
      answer(api.GET("/pst/v1/followUps/{followUpId}", { params: { path: { followUpId } } })),
    patch: (followUpId, body, version) =>
      answer(
        api.PATCH("/pst/v1/followUps/{followUpId}", {
          params: { path: { followUpId }, header: ifVersion(version) },
          body,
        }),
      ),
    name,
    words,
    said: t("followups.saved"),
    onDone,
  });
  return {
    adding: every.filter(isSaid),
    fieldsFor: (note: FollowUp) => fieldsOf(t, [...new Set([...open, note.status])]).filter(isSaid),
    initial: {
      notedOn: today(),
      progress: action.progress,
      status: action.status,
      health: action.health,
      healthReason: action.healthReason,
      audience: "administration",
      isSet: true,
    } satisfies Changes,
    edit,
    mutations: followUpMutations(api, action, t),
  };
}

/** What a form says, as the service takes it: with the version of the action where the note also sets how it stands. */
export function noteOf(action: Pick<Action, "id" | "version">, said: Changes): Schemas["FollowUpCreate"] {
  const { isSet, statusReason, ...note } = said;
  return {
    ...(note as unknown as Schemas["FollowUpCreate"]),
    actionId: action.id,
    ...(isSet
      ? { actionVersion: action.version, ...(statusReason ? { statusReason: String(statusReason) } : {}) }
      : {}),
  };
}

function followUpMutations(api: Api, action: Action, t: Words) {
  const add = (said: Changes, words: string = t("followups.added")): Mutation<FollowUp> => ({
    show: (notes) => notes,
    send: () =>
      answer(
        api.POST("/pst/v1/followUps", {
          params: { header: idempotencyHeader() },
          body: noteOf(action, said),
        }),
      ),
    said: words,
    // What it set on the action stays: it is taken back by another update, with its own reason.
    ...(said.isSet ? {} : { undo: (saved) => remove(saved as FollowUp) }),
  });
  const remove = (note: FollowUp): Mutation<FollowUp> => ({
    show: (notes) => notes.filter((one) => one.id !== note.id),
    send: async () => {
      await api.DELETE("/pst/v1/followUps/{followUpId}", {
        params: { path: { followUpId: note.id }, header: ifVersion(note.version) },
      });
      return undefined;
    },
    said: t("followups.removed"),
    undo: () => {
      const { text, notedOn, progress, status, health, healthReason, audience } = note;
      return add(
        { text, notedOn, progress, status, health, healthReason, audience },
        t("followups.restored"),
      );
    },
  });
  return { add, remove };
}
