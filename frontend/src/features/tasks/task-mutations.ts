import { type Api, answer, idempotencyHeader, ifVersion } from "@/api/client";
import type { Schemas } from "@/api/contract";
import type { Mutation } from "@/editing/use-rows";
import { today } from "@/marks/days";
import type { Words } from "@/words";

export type Task = Schemas["Task"];

const patch = (api: Api, task: Task, body: Schemas["TaskPatch"]): Promise<Task> =>
  answer(
    api.PATCH("/pst/v1/tasks/{taskId}", {
      params: { path: { taskId: task.id }, header: ifVersion(task.version) },
      body,
    }),
  );

/** The rows with one of them after another, or first when null. */
export function moveTask(tasks: readonly Task[], id: string, afterId: string | null): readonly Task[] {
  const moved = tasks.find((task) => task.id === id);
  const others = tasks.filter((task) => task.id !== id);
  if (!moved) return tasks;
  const at = afterId === null ? 0 : others.findIndex((task) => task.id === afterId) + 1;
  return [...others.slice(0, at), moved, ...others.slice(at)];
}

const elderOf = (tasks: readonly Task[], id: string): string | null =>
  tasks[tasks.findIndex((task) => task.id === id) - 1]?.id ?? null;

export function taskMutations(api: Api, actionId: string, t: Words) {
  const create = (body: Omit<Schemas["TaskCreate"], "actionId">): Promise<Task> =>
    answer(
      api.POST("/pst/v1/tasks", { params: { header: idempotencyHeader() }, body: { ...body, actionId } }),
    );

  const add = (title: string): Mutation<Task> => {
    const draft = { ...blank, id: crypto.randomUUID(), actionId, title };
    return {
      show: (tasks) => [...tasks, draft],
      send: () => create({ title }),
      said: t("tasks.added", { title }),
      draftId: draft.id,
      ...takenBack((saved) => remove(saved, null)),
    };
  };

  const finish = (
    task: Task,
    doneOn: string | null = task.doneOn === null ? today() : null,
  ): Mutation<Task> => ({
    show: (tasks) => tasks.map((one) => (one.id === task.id ? { ...one, doneOn } : one)),
    send: (now) => patch(api, now(task.id), { doneOn }),
    said: t(doneOn === null ? "tasks.reopened" : "tasks.finished", { title: task.title }),
    undo: () => finish(task, task.doneOn),
  });

  const move = (tasks: readonly Task[], task: Task, afterId: string | null): Mutation<Task> => ({
    show: (rows) => moveTask(rows, task.id, afterId),
    send: (now) => patch(api, now(task.id), { placeAfter: afterId }),
    said: t("tasks.moved", { title: task.title }),
    undo: () => move(tasks, task, elderOf(tasks, task.id)),
  });

  const remove = (task: Task, elder: string | null | undefined): Mutation<Task> => ({
    show: (tasks) => tasks.filter((one) => one.id !== task.id),
    send: async () => {
      // What is removed was just shown: its version is that of the row pressed.
      await api.DELETE("/pst/v1/tasks/{taskId}", {
        params: { path: { taskId: task.id }, header: ifVersion(task.version) },
      });
      return undefined;
    },
    said: t("tasks.removed", { title: task.title }),
    undo: () => restore(task, elder),
  });

  const restore = (task: Task, elder: string | null | undefined): Mutation<Task> => ({
    show: (tasks) => moveTask([...tasks, task], task.id, elder ?? null),
    send: () =>
      create({
        title: task.title,
        assigneeUnitId: task.assigneeUnitId,
        assigneePersonId: task.assigneePersonId,
        dueBy: task.dueBy,
        doneOn: task.doneOn,
        ...(elder === undefined ? {} : { placeAfter: elder }),
      }),
    said: t("tasks.restored", { title: task.title }),
  });

  return {
    add,
    finish,
    move,
    remove: (tasks: readonly Task[], task: Task) => remove(task, elderOf(tasks, task.id)),
  };
}

const takenBack = (undo: (saved: Task) => Mutation<Task>): Pick<Mutation<Task>, "undo"> => ({
  undo: (saved) => {
    if (!saved) throw new Error("what was made is answered");
    return undo(saved);
  },
});

const blank = {
  href: "",
  withheld: [],
  permitted: [],
  version: 0,
  createdAt: "",
  updatedAt: "",
  workspaceId: "",
  position: "",
  assigneeUnitId: null,
  assigneePersonId: null,
  dueBy: null,
  doneOn: null,
};
