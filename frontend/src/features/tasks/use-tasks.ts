import { useApi } from "@/api/acting";
import { answer, everyItem, ifVersion } from "@/api/client";
import { useCarriers } from "@/api/reference-data";
import type { FieldSpec } from "@/editing/fields";
import { type Changes, useEdit } from "@/editing/use-edit";
import { useRows } from "@/editing/use-rows";
import { dayWords } from "@/marks/formats";
import { useWords } from "@/words";
import type { Task } from "./task-mutations";

/** The work plan of an action, in its order. */
export function useTasks(actionId: string) {
  const { api, actor } = useApi();
  return useRows<Task>([actor, "tasks", actionId], () =>
    everyItem((page) => api.GET("/pst/v1/tasks", { params: { query: { ...page, actionId: [actionId] } } })),
  );
}

/** Unit or person, told apart by what the contract calls them. */
export const assigneeOf = (task: Pick<Task, "assigneeUnitId" | "assigneePersonId">): string | null =>
  task.assigneeUnitId ?? task.assigneePersonId;

/** The form of a task, and its change of a saved one. */
export function useTaskForm(onDone: () => void) {
  const { api } = useApi();
  const { t, locale } = useWords();
  const { units, persons } = useCarriers();
  const names = new Map([
    ...units.map((unit) => [unit.id, unit.name] as const),
    ...persons.map((one) => [one.id, [one.givenName, one.familyName].filter(Boolean).join(" ")] as const),
  ]);
  const isUnit = new Set(units.map((unit) => unit.id));
  const fields: FieldSpec[] = [
    { name: "title", kind: "area", label: t("fields.title"), isRequired: true, maxLength: 500 },
    {
      name: "assignee",
      kind: "one",
      label: t("fields.assignee"),
      hint: t("tasks.assigneeHint"),
      choices: [...names].map(([id, name]) => ({ id, name })),
    },
    { name: "dueBy", kind: "day", label: t("fields.dueBy") },
    { name: "doneOn", kind: "day", label: t("fields.doneOn") },
  ];
  const wire = ({ assignee, ...rest }: Changes): Changes => ({
    ...rest,
    assigneeUnitId: isUnit.has(String(assignee)) ? assignee : null,
    assigneePersonId: isUnit.has(String(assignee)) ? null : assignee,
  });
  const edit = useEdit<Task>({
    read: (taskId) => answer(api.GET("/pst/v1/tasks/{taskId}", { params: { path: { taskId } } })),
    patch: (taskId, body, version) =>
      answer(
        api.PATCH("/pst/v1/tasks/{taskId}", {
          params: { path: { taskId }, header: ifVersion(version) },
          body,
        }),
      ),
    name: (field) =>
      field.startsWith("assignee")
        ? t("fields.assignee")
        : (fields.find((one) => one.name === field)?.label ?? field),
    words: (field, value) =>
      field.startsWith("assignee")
        ? (names.get(String(value)) ?? "")
        : field === "dueBy" || field === "doneOn"
          ? dayWords(String(value), locale)
          : String(value),
    said: t("tasks.saved"),
    onDone,
  });
  return { fields, names, edit, save: (task: Task, said: Changes) => edit.save(task, wire(said)) };
}
