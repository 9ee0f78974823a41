import type { PlanName } from "@/api/shared";
import { dayWords, euroWords, shareWords } from "@/marks/formats";
import { PlanMark, StatusMark } from "@/marks/marks";
import { statuses } from "@/marks/statuses";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { DescriptionList } from "@/ui/DescriptionList";
import { Link } from "@/ui/Link";
import { Panel } from "@/ui/Panel";
import { ProgressBar } from "@/ui/ProgressBar";
import { Skeleton } from "@/ui/Skeleton";
import { StatusBadge } from "@/ui/StatusBadge";
import { useWords } from "@/words";
import type { Across, Down, Figures } from "./matrix-view";
import { type Cell, useCellActions } from "./use-transversal";

export interface CellPanelProps {
  title: string;
  across: Across;
  down: Down;
  cell: Cell;
  figures: Figures | null;
  plans: ReadonlyMap<string, PlanName>;
  hrefOf: (actionId: string) => string;
  onClose: () => void;
}

/** The actions behind a figure, each leading to its sheet. */
export function CellPanel({ title, across, down, cell, figures, plans, hrefOf, onClose }: CellPanelProps) {
  const { t, locale } = useWords();
  const found = useCellActions(across, down, cell);
  return (
    <Panel title={title} isOpen onClose={onClose}>
      {figures && (
        <DescriptionList
          look="columns"
          entries={[
            { term: t("transversal.figureCount"), description: figures.count },
            {
              term: t("transversal.figureProgress"),
              description:
                figures.averageProgress === null
                  ? t("transversal.notComputed")
                  : shareWords(figures.averageProgress, locale),
            },
            { term: t("transversal.figureBudget"), description: euroWords(figures.budgetPlanned, locale) },
            { term: t("transversal.figureLate"), description: figures.lateCount },
          ]}
        />
      )}
      {found.error ? (
        <Banner
          tone="error"
          title={t("shell.failedTitle")}
          actions={<Button onPress={() => void found.refetch()}>{t("ui.retry")}</Button>}
        >
          {t("shell.failedText")}
        </Banner>
      ) : found.isPending ? (
        <Skeleton lines={figures?.count ?? 3} lineHeight="5rem" />
      ) : (
        <ul className="cell-actions lined">
          {found.data.actions.map((action) => (
            <li key={action.id} className="cell-action">
              <Link href={hrefOf(action.id)}>{action.title}</Link>
              <div className="cluster">
                <StatusMark status={action.status} />
                {action.isLate && action.plannedEnd ? (
                  <StatusBadge
                    icon="warning"
                    tone="danger"
                    word={t("transversal.lateSince", { day: dayWords(action.plannedEnd, locale) })}
                  />
                ) : (
                  action.plannedEnd && (
                    <span className="soft">
                      {t("transversal.untilDay", { day: dayWords(action.plannedEnd, locale) })}
                    </span>
                  )
                )}
                {action.planIds.map((id) => {
                  const plan = plans.get(id);
                  return plan && <PlanMark key={id} plan={plan} />;
                })}
              </div>
              <ProgressBar value={action.progress} tone={statuses[action.status].tone} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
