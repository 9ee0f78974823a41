import type { ReactNode } from "react";
import { PlanMark } from "@/marks/marks";
import { Button } from "@/ui/Button";
import { IconButton } from "@/ui/IconButton";
import { PageHeader } from "@/ui/PageHeader";
import { Tabs } from "@/ui/Tabs";
import { useWords } from "@/words";
import { ActionBudget } from "./ActionBudget";
import { ActionFacts, ActionPartners } from "./ActionFacts";
import { ActionState } from "./ActionState";
import { ActionTasks } from "./ActionWork";
import type { ActionView } from "./action-view";
import "./action-sheet.css";

export interface ActionSheetProps {
  action: ActionView;
  breadcrumbs?: ReactNode;
  tab: string;
  onTab: (tab: string) => void;
  onUpdate: () => void;
  neighbours?: { previous: string | null; next: string | null };
  onNeighbour?: (actionId: string) => void;
  /** What was found wrong, or has changed meanwhile. */
  notice?: ReactNode;
}

export function ActionSheet({
  action,
  breadcrumbs,
  tab,
  onTab,
  onUpdate,
  neighbours,
  onNeighbour,
  notice,
}: ActionSheetProps) {
  const { t } = useWords();
  return (
    <article className="action-sheet">
      <PageHeader
        title={action.title}
        breadcrumbs={breadcrumbs}
        eyebrow={
          <>
            <span className="numeric">{`${t("plans.action")} ${action.code}`.trim()}</span>
            {action.marks.map((mark) => (
              <PlanMark key={mark.code} plan={mark} />
            ))}
          </>
        }
        actions={
          <>
            {neighbours &&
              (["previous", "next"] as const).map((which) => (
                <IconButton
                  key={which}
                  icon={which === "previous" ? "arrowUp" : "arrowDown"}
                  label={t(`actions.${which}`)}
                  isDisabled={neighbours[which] === null}
                  onPress={() => neighbours[which] && onNeighbour?.(neighbours[which])}
                />
              ))}
            <IconButton icon="print" label={t("actions.print")} onPress={() => window.print()} />
            {action.mayUpdate && (
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
              content: <ActionText action={action} />,
            },
            ...(action.tasks
              ? [
                  {
                    id: "tasks",
                    name: t("actions.tabWork"),
                    count: action.tasks.filter((task) => !task.isDone).length,
                    content: orNothing(action.tasks, t("actions.noTask"), (tasks) => (
                      <ActionTasks tasks={tasks} />
                    )),
                  },
                ]
              : []),
            ...(action.budget
              ? [
                  {
                    id: "budget",
                    name: t("actions.tabBudget"),
                    content: orNothing(action.budget, t("actions.noBudget"), (lines) => (
                      <ActionBudget lines={lines} />
                    )),
                  },
                ]
              : []),
            {
              id: "partners",
              name: t("actions.tabPartners"),
              count: action.partners.length,
              content: orNothing(action.partners, t("actions.noPartner"), (partners) => (
                <ActionPartners partners={partners} />
              )),
            },
          ]}
        />
        <ActionFacts action={action} />
      </div>
    </article>
  );
}

/** An empty list says so in a sentence. */
const orNothing = <T,>(
  items: readonly T[],
  nothing: string,
  render: (items: readonly T[]) => ReactNode,
): ReactNode => (items.length === 0 ? <p className="soft">{nothing}</p> : render(items));

/** Plain text: paragraphs are separated by an empty line, and nothing in it is ever executed. */
function ActionText({ action }: { action: ActionView }) {
  const { t } = useWords();
  return (
    <div className="stack">
      {action.statusRemark && (
        <div className="action-remark">
          <h2>{t("actions.comment")}</h2>
          <p>{action.statusRemark}</p>
        </div>
      )}
      {action.description ? (
        action.description.split(/\n{2,}/).map((paragraph) => <p key={paragraph}>{paragraph}</p>)
      ) : (
        <p className="soft">{t("actions.noDescription")}</p>
      )}
    </div>
  );
}
