import { useApi } from "@/api/acting";
import { type Api, answer, everyItem, idempotencyHeader, ifVersion } from "@/api/client";
import type { Schemas } from "@/api/contract";
import type { FieldSpec } from "@/editing/fields";
import { type Changes, useEdit } from "@/editing/use-edit";
import { type Mutation, useRows } from "@/editing/use-rows";
import { euroWords } from "@/marks/formats";
import { valueWords } from "@/marks/values";
import { useWords, type Words } from "@/words";
import { amountFields, type BudgetLine, sourceOrder } from "./budget-view";

/** The budget lines of an action. */
export function useBudget(actionId: string) {
  const { api, actor } = useApi();
  return useRows<BudgetLine>([actor, "budgetLines", actionId], () =>
    everyItem((page) =>
      api.GET("/pst/v1/budgetLines", { params: { query: { ...page, actionId: [actionId] } } }),
    ),
  );
}

const fieldNames = [
  "fiscalYear",
  "source",
  "service",
  "nature",
  "category",
  "fundingScheme",
  "planned",
  "committed",
  "spent",
  "declaredPlanIds",
  "comment",
] as const;

/** The words of a line as its form sends them. */
export const wordsOf = (line: BudgetLine): Changes =>
  Object.fromEntries(fieldNames.map((name) => [name, line[name]]));

export interface PlanChoice {
  id: string;
  name: string;
}

function fieldsOf(t: Words, plans: readonly PlanChoice[]): FieldSpec[] {
  const choices = (field: string, values: readonly string[]) =>
    values.map((id) => ({ id, name: valueWords(t, field, id) }));
  return [
    {
      name: "fiscalYear",
      kind: "number",
      label: t("fields.fiscalYear"),
      min: 1990,
      max: 2100,
      isRequired: true,
      isPlain: true,
    },
    {
      name: "source",
      kind: "choice",
      label: t("fields.source"),
      choices: choices("source", sourceOrder),
      isRequired: true,
    },
    {
      name: "service",
      kind: "choice",
      label: t("fields.service"),
      choices: choices("service", ["ordinary", "extraordinary"]),
      isRequired: true,
    },
    {
      name: "nature",
      kind: "choice",
      label: t("fields.nature"),
      choices: choices("nature", ["expense", "revenue"]),
      isRequired: true,
    },
    { name: "planned", kind: "amount", label: t("fields.planned") },
    { name: "committed", kind: "amount", label: t("fields.committed") },
    { name: "spent", kind: "amount", label: t("fields.spent") },
    {
      name: "category",
      kind: "choice",
      label: t("fields.category"),
      choices: [
        { id: "", name: t("editing.none") },
        ...choices("category", ["staff", "running", "investment", "transfer"]),
      ],
    },
    {
      name: "fundingScheme",
      kind: "text",
      label: t("fields.fundingScheme"),
      hint: t("budget.schemeHint"),
      maxLength: 40,
    },
    {
      name: "declaredPlanIds",
      kind: "many",
      label: t("fields.declaredPlanIds"),
      hint: t("budget.declaredHint"),
      choices: plans,
    },
    { name: "comment", kind: "area", label: t("fields.comment"), maxLength: 20_000 },
  ];
}

/** The form of a line, its change and what else is done with it. */
export function useBudgetForm(actionId: string, plans: readonly PlanChoice[], onDone: () => void) {
  const { api } = useApi();
  const { t, locale } = useWords();
  const fields = fieldsOf(t, plans);
  const wire = (said: Changes): Changes => ({ ...said, category: said.category || null });
  const planNames = new Map(plans.map((plan) => [plan.id, plan.name]));
  const edit = useEdit<BudgetLine>({
    read: (budgetLineId) =>
      answer(api.GET("/pst/v1/budgetLines/{budgetLineId}", { params: { path: { budgetLineId } } })),
    patch: (budgetLineId, body, version) =>
      answer(
        api.PATCH("/pst/v1/budgetLines/{budgetLineId}", {
          params: { path: { budgetLineId }, header: ifVersion(version) },
          body,
        }),
      ),
    name: (field) => fields.find((one) => one.name === field)?.label ?? field,
    words: (field, value) => {
      if ((amountFields as readonly string[]).includes(field)) return euroWords(String(value), locale);
      if (Array.isArray(value)) return value.map((id) => planNames.get(String(id)) ?? "…").join(", ");
      return valueWords(t, field, String(value));
    },
    said: t("budget.saved"),
    onDone,
  });
  return {
    fields,
    edit,
    save: (line: BudgetLine, said: Changes) => edit.save(line, wire(said)),
    mutations: budgetMutations(api, actionId, t, wire),
  };
}

function budgetMutations(api: Api, actionId: string, t: Words, wire: (said: Changes) => Changes) {
  const create = (said: Changes): Promise<BudgetLine> =>
    answer(
      api.POST("/pst/v1/budgetLines", {
        params: { header: idempotencyHeader() },
        body: { ...(wire(said) as unknown as Schemas["BudgetLineCreate"]), actionId },
      }),
    );
  const add = (said: Changes, words: string = t("budget.added")): Mutation<BudgetLine> => ({
    show: (lines) => lines,
    send: () => create(said),
    said: words,
    undo: (saved) => remove(saved as BudgetLine),
  });
  const remove = (line: BudgetLine): Mutation<BudgetLine> => ({
    show: (lines) => lines.filter((one) => one.id !== line.id),
    send: async () => {
      await api.DELETE("/pst/v1/budgetLines/{budgetLineId}", {
        params: { path: { budgetLineId: line.id }, header: ifVersion(line.version) },
      });
      return undefined;
    },
    said: t("budget.removed"),
    undo: () => add(wordsOf(line), t("budget.restored")),
  });
  return { add, remove };
}
