import type { ReactNode } from "react";
import type { Schemas } from "@/api/contract";
import type { Row, Rows } from "@/editing/use-rows";
import type { ActionView } from "@/features/actions/action-view";
import { DescriptionTab } from "@/features/actions/DescriptionTab";
import { SubActions, useSubActions } from "@/features/actions/SubActions";
import { BudgetTab } from "@/features/budget/BudgetTab";
import { useBudget } from "@/features/budget/use-budget";
import { FollowUpsTab } from "@/features/followups/FollowUpsTab";
import { useFollowUps } from "@/features/followups/use-follow-ups";
import { HistoryTab } from "@/features/history/HistoryTab";
import { useSeesJournal } from "@/features/history/use-history";
import { IndicatorsTab } from "@/features/indicators/IndicatorsTab";
import { useIndicators, useMeasurements } from "@/features/indicators/use-indicators";
import { PartnershipsTab } from "@/features/partnerships/PartnershipsTab";
import { usePartnerships } from "@/features/partnerships/use-partnerships";
import { TasksTab } from "@/features/tasks/TasksTab";
import { useTasks } from "@/features/tasks/use-tasks";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Skeleton } from "@/ui/Skeleton";
import type { TabsProps } from "@/ui/Tabs";
import { useWords } from "@/words";

type Tab = TabsProps["tabs"][number];

export interface ActionTabsOf {
  actionId: string;
  action: Schemas["Action"] | undefined;
  view: ActionView | undefined;
  nis: string;
}

/** The tabs of an action's sheet: those whose content this reader may see, with what they count. */
export function useActionTabs({ actionId, action, view, nis }: ActionTabsOf): Tab[] {
  const { t } = useWords();
  const tasks = useTasks(actionId);
  const subActions = useSubActions(actionId);
  const budget = useBudget(actionId);
  const partnerships = usePartnerships(actionId);
  const indicators = useIndicators(actionId);
  const measurements = useMeasurements(actionId);
  const followUps = useFollowUps(actionId);
  const seesJournal = useSeesJournal();
  if (!action || !view) return [];
  const may = (word: string) => action.permitted.includes(word);
  const plans = [
    ...new Map(view.placements.map((one) => [one.planId, { id: one.planId, name: one.plan }])).values(),
  ];
  const below = [
    tasks.rows,
    budget.rows,
    partnerships.rows,
    followUps.rows,
    indicators.rows,
    measurements.rows,
  ].flatMap((rows) => (rows ?? []).map((row) => row.id));
  return [
    {
      id: "description",
      name: t("actions.tabDescription"),
      content: <DescriptionTab action={action} view={view} />,
    },
    ...tabOf("tasks", t("actions.tabWork"), tasks, (rows) => ({
      count: rows.filter((task) => task.doneOn === null).length,
      content: (
        <div className="sheet-parts">
          <TasksTab actionId={actionId} tasks={tasks} mayAdd={may("createTask")} />
          <SubActions action={action} subActions={subActions} hrefOf={(id) => `/c/${nis}/actions/${id}`} />
        </div>
      ),
    })),
    ...tabOf("budget", t("actions.tabBudget"), budget, () => ({
      content: (
        <BudgetTab actionId={actionId} budget={budget} mayAdd={may("createBudgetLine")} plans={plans} />
      ),
    })),
    ...tabOf("indicators", t("indicators.tab"), indicators, (rows) => ({
      count: rows.length,
      content: (
        <IndicatorsTab
          actionId={actionId}
          indicators={indicators}
          measurements={measurements}
          mayAdd={may("createIndicator")}
        />
      ),
    })),
    ...tabOf("partners", t("actions.tabPartners"), partnerships, (rows) => ({
      count: rows.filter((row) => row.state !== "ended").length,
      content: (
        <PartnershipsTab actionId={actionId} partnerships={partnerships} mayAdd={may("createPartnership")} />
      ),
    })),
    ...tabOf("followups", t("followups.tab"), followUps, (notes) => ({
      count: notes.length,
      content: <FollowUpsTab action={action} followUps={followUps} />,
    })),
    ...(seesJournal
      ? [
          {
            id: "history",
            name: t("actions.tabHistory"),
            content: (
              <HistoryTab
                ids={[actionId, ...below, ...view.placements.map((one) => one.id)]}
                names={new Map(view.placements.map((one) => [one.objectiveId ?? "", one.path]))}
              />
            ),
          },
        ]
      : []),
  ];
}

/** A tab about a list: absent where the list is not for this reader, a skeleton while it is on its way. */
function tabOf<T extends Row>(
  id: string,
  name: string,
  list: Rows<T>,
  shown: (rows: readonly T[]) => { count?: number; content: ReactNode },
): Tab[] {
  if (list.rows === null) return [];
  if (list.rows !== undefined) return [{ id, name, ...shown(list.rows) }];
  return [{ id, name, content: list.error ? <Failure onRetry={list.retry} /> : <Skeleton lines={4} /> }];
}

function Failure({ onRetry }: { onRetry: () => void }) {
  const { t } = useWords();
  return (
    <Banner
      tone="error"
      title={t("editing.failed")}
      actions={<Button onPress={onRetry}>{t("ui.retry")}</Button>}
    />
  );
}
