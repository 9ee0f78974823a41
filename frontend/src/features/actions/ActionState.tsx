import { dayWords } from "@/marks/formats";
import { HealthMark, StatusMark } from "@/marks/marks";
import { statuses } from "@/marks/statuses";
import { Icon } from "@/ui/Icon";
import { ProgressBar } from "@/ui/ProgressBar";
import { useWords } from "@/words";
import type { ActionView } from "./action-view";

const priorityWords = [
  "actions.priorityNone",
  "actions.priority1",
  "actions.priority2",
  "actions.priority3",
] as const;

/** Where the action stands, in one band: status, progress, dates, priority. */
export function ActionState({ action }: { action: ActionView }) {
  const { t, locale } = useWords();
  const day = (value: string | null) => (value === null ? "–" : dayWords(value, locale));
  return (
    <dl className="action-state">
      <div>
        <dt>{t("plans.status")}</dt>
        <dd className="cluster">
          <StatusMark status={action.status} />
          {action.health !== "good" && <HealthMark health={action.health} />}
        </dd>
        {action.statusReason && <dd className="action-reason">{action.statusReason}</dd>}
        {action.healthReason && <dd className="action-reason">{action.healthReason}</dd>}
      </div>
      <div className="action-state-progress">
        <dt>{t("plans.progress")}</dt>
        <dd>
          <ProgressBar value={action.progress} size="large" tone={statuses[action.status].tone} />
        </dd>
      </div>
      <div>
        <dt>{t("actions.start")}</dt>
        <dd className="numeric">{day(action.start)}</dd>
      </div>
      <div>
        <dt>{t("actions.due")}</dt>
        <dd className="numeric plan-due" data-late={action.isLate || undefined}>
          <span className="action-due">
            {action.isLate && <Icon name="warning" size={15} />}
            {day(action.due)}
          </span>
          {action.isLate && <span>{t("plans.late")}</span>}
        </dd>
      </div>
      {action.priority !== null && (
        <div>
          <dt>{t("actions.priority")}</dt>
          <dd>{t(priorityWords[action.priority] ?? "actions.priorityNone")}</dd>
        </div>
      )}
    </dl>
  );
}
