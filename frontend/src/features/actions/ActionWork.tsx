import { dayWords } from "@/marks/formats";
import { Icon } from "@/ui/Icon";
import { useWords } from "@/words";
import type { ActionView } from "./action-view";

export function ActionTasks({ tasks }: { tasks: ActionView["tasks"] & {} }) {
  const { locale } = useWords();
  return (
    <ul className="task-list">
      {tasks.map((task) => (
        <li key={task.id} data-done={task.isDone || undefined}>
          <Icon name={task.isDone ? "checkCircle" : "circle"} />
          <span className="task-title">{task.title}</span>
          <span className="soft">{task.assignee}</span>
          <span className="soft numeric">{task.due === null ? "" : dayWords(task.due, locale)}</span>
        </li>
      ))}
    </ul>
  );
}
