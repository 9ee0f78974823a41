import { type FormEvent, useState } from "react";
import { useApi } from "@/api/acting";
import { Refusal } from "@/editing/FieldsForm";
import { EditConflict, FormPanel } from "@/editing/FormPanel";
import type { Rows } from "@/editing/use-rows";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { OrderedList, stepFrom } from "@/ui/OrderedList";
import { ProgressBar } from "@/ui/ProgressBar";
import { TextField } from "@/ui/TextField";
import { useWords } from "@/words";
import { TaskRow } from "./TaskRow";
import { type Task, taskMutations } from "./task-mutations";
import { assigneeOf, useTaskForm } from "./use-tasks";
import "./tasks.css";

export interface TasksTabProps {
  actionId: string;
  tasks: Rows<Task>;
  mayAdd: boolean;
}

/** The work plan of an action: what is to be done, by whom, by when, in which order. */
export function TasksTab({ actionId, tasks, mayAdd }: TasksTabProps) {
  const { api } = useApi();
  const { t } = useWords();
  const [edited, setEdited] = useState<Task | null>(null);
  const form = useTaskForm(() => setEdited(null));
  const mutations = taskMutations(api, actionId, t);
  const rows = tasks.rows ?? [];
  const done = rows.filter((task) => task.doneOn !== null).length;
  const mayChange = rows.some((task) => task.permitted.includes("updateTask"));
  const act = (entry: string, task: Task) => {
    if (entry === "edit") setEdited(task);
    if (entry === "remove") void tasks.perform(mutations.remove(rows, task));
    if (entry === "up" || entry === "down") {
      const after = stepFrom(rows, task.id, entry === "up" ? -1 : 1);
      if (after !== undefined) void tasks.perform(mutations.move(rows, task, after));
    }
  };
  return (
    <section className="sheet-part" aria-labelledby="tasks-heading">
      <div className="sheet-part-head">
        <h2 id="tasks-heading">{t("tasks.heading")}</h2>
        {rows.length > 0 && (
          <div className="cluster tasks-done">
            <ProgressBar value={Math.floor((100 * done) / rows.length)} tone="success" />
            <span className="soft">{t("tasks.doneOf", { done, all: rows.length })}</span>
          </div>
        )}
      </div>
      {tasks.refused && <Refusal problem={tasks.refused} onDismiss={tasks.dismiss} />}
      {rows.length === 0 ? (
        <EmptyState icon="checkCircle" title={t("tasks.noneTitle")} headingLevel={3}>
          {t(mayAdd ? "tasks.noneAdd" : "tasks.none")}
        </EmptyState>
      ) : (
        <OrderedList
          label={t("tasks.heading")}
          items={rows}
          nameOf={(task) => task.title}
          onMove={
            mayChange ? (task, after) => void tasks.perform(mutations.move(rows, task, after)) : undefined
          }
        >
          {(task) => (
            <TaskRow
              task={task}
              assignee={form.names.get(assigneeOf(task) ?? "") ?? ""}
              isFirst={task.id === rows[0]?.id}
              isLast={task.id === rows.at(-1)?.id}
              onFinish={() => void tasks.perform(mutations.finish(task))}
              onMenu={(entry) => act(entry, task)}
            />
          )}
        </OrderedList>
      )}
      {mayAdd && <QuickAdd onAdd={(title) => void tasks.perform(mutations.add(title))} />}
      {edited && (
        <FormPanel
          title={t("tasks.editTitle")}
          fields={form.fields}
          values={{ ...edited, assignee: assigneeOf(edited) }}
          saveLabel={t("editing.save")}
          isSaving={form.edit.isSaving}
          problem={form.edit.problem}
          onSave={(said) => form.save(edited, said)}
          onClose={() => {
            form.edit.reset();
            setEdited(null);
          }}
        />
      )}
      <EditConflict edit={form.edit} />
    </section>
  );
}

/** A title and Enter; the field stays, ready for the next one. */
function QuickAdd({ onAdd }: { onAdd: (title: string) => void }) {
  const { t } = useWords();
  const [title, setTitle] = useState("");
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === "") return;
    onAdd(title.trim());
    setTitle("");
  };
  return (
    <form className="tasks-add no-print" onSubmit={add}>
      <TextField label={t("tasks.new")} value={title} onChange={setTitle} maxLength={500} />
      <Button type="submit" icon="add">
        {t("editing.add")}
      </Button>
    </form>
  );
}
