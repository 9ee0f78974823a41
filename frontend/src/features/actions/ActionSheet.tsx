import type { ReactNode } from "react";
import { PlanMark } from "@/marks/marks";
import { Button } from "@/ui/Button";
import { IconButton } from "@/ui/IconButton";
import { PageHeader } from "@/ui/PageHeader";
import { Tabs } from "@/ui/Tabs";
import { useWords } from "@/words";
import { ActionBudget } from "./ActionBudget";
import { ActionFacts } from "./ActionFacts";
import { ActionState } from "./ActionState";
import { ActionHistory, ActionTasks } from "./ActionWork";
import type { ActionView } from "./action-view";
import "./action-sheet.css";

export interface ActionSheetProps {
  action: ActionView;
  breadcrumbs?: ReactNode;
  tab: string;
  onTab: (tab: string) => void;
  onUpdate: () => void;
  onNeighbour?: (which: "previous" | "next") => void;
  /** What was found wrong, or has changed meanwhile. */
  notice?: ReactNode;
}

export function ActionSheet({
  action,
  breadcrumbs,
  tab,
  onTab,
  onUpdate,
  onNeighbour,
  notice,
}: ActionSheetProps) {
  const { t } = useWords();
  const doneTasks = action.tasks.filter((task) => task.isDone).length;
  return (
    <article className="action-sheet">
      <PageHeader
        title={action.title}
        breadcrumbs={breadcrumbs}
        eyebrow={
          <>
            <span className="numeric">
              {t("plans.action")} {action.code}
            </span>
            {action.marks.map((mark) => (
              <PlanMark key={mark.code} plan={mark} />
            ))}
          </>
        }
        actions={
          <>
            {onNeighbour && (
              <>
                <IconButton
                  icon="arrowUp"
                  label={t("actions.previous")}
                  onPress={() => onNeighbour("previous")}
                />
                <IconButton icon="arrowDown" label={t("actions.next")} onPress={() => onNeighbour("next")} />
              </>
            )}
            <IconButton icon="print" label={t("actions.print")} onPress={() => window.print()} />
            {action.permitted.includes("update") && (
              <Button variant="primary" icon="pencil" onPress={onUpdate}>
                {t("actions.update")}
              </Button>
            )}
          </>
        }
      />
      {notice}
      <ActionState action={action} />
      <div className="action-columns">
        <Tabs
          label={t("actions.sheetTitle")}
          selected={tab}
          onSelect={onTab}
          tabs={[
            {
              id: "description",
              name: t("actions.tabDescription"),
              content: <ActionText text={action.description} />,
            },
            {
              id: "tasks",
              name: t("actions.tabWork"),
              count: action.tasks.length - doneTasks,
              content: <ActionTasks tasks={action.tasks} />,
            },
            { id: "budget", name: t("actions.tabBudget"), content: <ActionBudget action={action} /> },
            {
              id: "history",
              name: t("actions.tabHistory"),
              content: <ActionHistory entries={action.history} />,
            },
          ]}
        />
        <ActionFacts action={action} />
      </div>
    </article>
  );
}

/** Plain text: paragraphs are separated by an empty line, and nothing in it is ever executed. */
function ActionText({ text }: { text: string }) {
  return (
    <div className="stack">
      {text.split(/\n{2,}/).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </div>
  );
}
