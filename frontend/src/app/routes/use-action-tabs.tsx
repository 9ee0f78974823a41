import type { ReactNode } from "react";
import type { Schemas } from "@/api/contract";
import type { Row, Rows } from "@/editing/use-rows";
import type { ActionView } from "@/features/actions/action-view";
import { DescriptionTab } from "@/features/actions/DescriptionTab";
import { SubActions, useSubActions } from "@/features/actions/SubActions";
import { BudgetTab } from "@/features/budget/BudgetTab";
import { useBudget } from "@/features/budget/use-budget";
import { DecisionsPart } from "@/features/decisions/DecisionsPart";
import { useDecisions } from "@/features/decisions/use-decisions";
import { DocumentsPart } from "@/features/documents/DocumentsPart";
import { useDocuments } from "@/features/documents/use-documents";
import { FollowUpsTab } from "@/features/followups/FollowUpsTab";
import { useFollowUps } from "@/features/followups/use-follow-ups";
import { HistoryTab } from "@/features/history/HistoryTab";
import { useSeesJournal } from "@/features/history/use-history";
import { IndicatorsTab } from "@/features/indicators/IndicatorsTab";
import { useIndicators, useMeasurements } from "@/features/indicators/use-indicators";
import { LinkedActions } from "@/features/links/LinkedActions";
import { otherEnd, useLinkedActions, useLinks } from "@/features/links/use-links";
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
  hrefOf: (actionId: string) => string;
}

/** The tabs of an action's sheet: those whose content this reader may see, with what they count. */
export function useActionTabs({ actionId, action, view, hrefOf }: ActionTabsOf): Tab[] {
  const { t } = useWords();
  const tasks = useTasks(actionId);
  const subActions = useSubActions(actionId);
  const budget = useBudget(actionId);
  const partnerships = usePartnerships(actionId);
  const indicators = useIndicators(actionId);
  const measurements = useMeasurements(actionId);
  const followUps = useFollowUps(actionId);
  const decisions = useDecisions(actionId);
  const documents = useDocuments(actionId);
  const links = useLinks(actionId);
  const linked = useLinkedActions((links.rows ?? []).map((link) => otherEnd(link, actionId)));
  const seesJournal = useSeesJournal();
  if (!action || !view) return [];
  const may = (word: string) => action.permitted.includes(word);
  const plans = [
    ...new Map(view.placements.map((one) => [one.planId, { id: one.planId, name: one.plan }])).values(),
  ];
  const papers = [decisions, documents, links].reduce((sum, { rows }) => sum + (rows?.length ?? 0), 0);
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
          <SubActions action={action} subActions={subActions} hrefOf={hrefOf} />
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
    {
      id: "documents",
      name: t("documents.tab"),
      count: papers,
      content: (
        <div className="sheet-parts">
          <Part list={decisions}>
            <DecisionsPart actionId={actionId} decisions={decisions} mayAdd={may("createDecision")} />
          </Part>
          <Part list={documents}>
            <DocumentsPart actionId={actionId} documents={documents} mayAdd={may("createAttachment")} />
          </Part>
          <Part list={links}>
            <LinkedActions
              actionId={actionId}
              links={links}
              mayAdd={may("createActionLink")}
              hrefOf={hrefOf}
            />
          </Part>
        </div>
      ),
    },
    ...(seesJournal
      ? [
          {
            id: "history",
            name: t("actions.tabHistory"),
            content: (
              <HistoryTab
                actionId={actionId}
                names={
                  new Map([
                    ...view.placements.map((one) => [one.objectiveId ?? "", one.path] as const),
                    ...[...linked.values()].map((one) => [one.id, one.title] as const),
                    [actionId, view.title],
                  ])
                }
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

/** A part about a list, treated alike. */
function Part<T extends Row>({ list, children }: { list: Rows<T>; children: ReactNode }) {
  if (list.rows === null) return null;
  if (list.rows !== undefined) return children;
  return list.error ? <Failure onRetry={list.retry} /> : <Skeleton lines={3} />;
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
