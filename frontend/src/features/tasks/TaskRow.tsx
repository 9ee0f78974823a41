import { today } from "@/marks/days";
import { dayWords } from "@/marks/formats";
import { Checkbox } from "@/ui/Checkbox";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { Menu, type MenuEntry } from "@/ui/Menu";
import { useWords } from "@/words";
import type { Task } from "./task-mutations";

export interface TaskRowProps {
  task: Task;
  assignee: string;
  isFirst: boolean;
  isLast: boolean;
  onFinish: () => void;
  onMenu: (entry: string) => void;
}

/** One line of the work plan: done or not, what, who, by when. */
export function TaskRow({ task, assignee, isFirst, isLast, onFinish, onMenu }: TaskRowProps) {
  const { t, locale } = useWords();
  const isDone = task.doneOn !== null;
  const isLate = !isDone && task.dueBy !== null && task.dueBy < today();
  const mayUpdate = task.permitted.includes("updateTask");
  const entries: MenuEntry[] = [
    ...(mayUpdate
      ? ([
          { id: "edit", name: t("editing.edit"), icon: "pencil" },
          { id: "up", name: t("tasks.up"), icon: "arrowUp", shortcut: "Alt ↑", isDisabled: isFirst },
          { id: "down", name: t("tasks.down"), icon: "arrowDown", shortcut: "Alt ↓", isDisabled: isLast },
        ] satisfies MenuEntry[])
      : []),
    ...(task.permitted.includes("deleteTask")
      ? [
          {
            id: "remove",
            name: t("editing.remove"),
            icon: "trash",
            tone: "danger",
            startsGroup: true,
          } satisfies MenuEntry,
        ]
      : []),
  ];
  const title = <span className="task-title">{task.title}</span>;
  return (
    <div className="task" data-done={isDone || undefined}>
      {mayUpdate ? (
        <Checkbox slot={null} isSelected={isDone} onChange={onFinish}>
          {title}
        </Checkbox>
      ) : (
        <span className="checkbox">
          <Icon name={isDone ? "checkCircle" : "circle"} />
          <span className="visually-hidden">{t(isDone ? "tasks.isDone" : "tasks.isOpen")}</span>
          {title}
        </span>
      )}
      <span className="cluster task-facts">
        {assignee && <span className="soft">{assignee}</span>}
        {isDone ? (
          <span className="soft numeric">
            {t("tasks.doneOn", { day: dayWords(task.doneOn ?? "", locale) })}
          </span>
        ) : (
          task.dueBy !== null && (
            <span className="task-due numeric" data-late={isLate || undefined}>
              <Icon name={isLate ? "warning" : "calendar"} size={15} />
              {dayWords(task.dueBy, locale)}
              {isLate && <span> · {t("plans.late")}</span>}
            </span>
          )
        )}
      </span>
      {entries.length > 0 && (
        <Menu label={t("ui.moreActionsOn", { name: task.title })} entries={entries} onAction={onMenu}>
          <IconButton icon="more" size="small" label={t("ui.moreActionsOn", { name: task.title })} />
        </Menu>
      )}
    </div>
  );
}
