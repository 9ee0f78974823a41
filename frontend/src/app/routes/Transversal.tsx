import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { isForbidden } from "@/api/problem";
import { usePlans } from "@/api/shared";
import { CellPanel } from "@/features/transversal/CellPanel";
import { Gaps } from "@/features/transversal/Gaps";
import { MatrixDesk } from "@/features/transversal/MatrixDesk";
import { keyOf, matrixOf } from "@/features/transversal/matrix-view";
import { type Cell, useTransversal } from "@/features/transversal/use-transversal";
import { EmptyState } from "@/ui/EmptyState";
import { IconButton } from "@/ui/IconButton";
import { ButtonLink } from "@/ui/Link";
import { PageHeader } from "@/ui/PageHeader";
import { Skeleton } from "@/ui/Skeleton";
import { Tabs } from "@/ui/Tabs";
import { useWords } from "@/words";
import type { TransversalSearch } from "../searches";
import { Trouble } from "../Trouble";

const route = getRouteApi("/desk/c/$nis/transversal");

/** All plans of the commune at once. */
export function Transversal() {
  const { t } = useWords();
  const { nis } = route.useParams();
  const search = route.useSearch();
  const { across = "plan", down = "domain", value = "count", view = "matrix" } = search;
  const navigate = useNavigate();
  const plans = usePlans();
  const found = useTransversal(across, down);
  const go = (next: TransversalSearch) =>
    void navigate({
      to: "/c/$nis/transversal",
      params: { nis },
      search: next,
      replace: true,
      resetScroll: false,
    });
  const error = found.error ?? plans.error;
  if (isForbidden(error)) return <Closed nis={nis} />;
  if (error && !found.data) return <Trouble error={error} onRetry={() => void found.refetch()} />;
  const names = plans.data?.names ?? new Map();
  const pst = [...names].find(([, plan]) => plan.kind === "pst")?.[0];
  const { cell, ...rest } = search;
  const opened = cell === undefined ? null : cellNamed(cell);
  const gaps = found.data?.gaps;
  const gapCount = gaps
    ? gaps.suspectedDuplicates.length +
      gaps.objectivesServingNoPlan.length +
      gaps.rightsWithoutAction.length +
      gaps.plansWithoutHome.length
    : undefined;
  return (
    <>
      <PageHeader
        title={t("transversal.title")}
        actions={<IconButton icon="print" label={t("actions.print")} onPress={() => window.print()} />}
      >
        <p>{t("transversal.lead")}</p>
      </PageHeader>
      {!found.data || plans.isPending ? (
        <Skeleton lines={14} />
      ) : (
        <Tabs
          label={t("transversal.views")}
          selected={view}
          onSelect={(next) => go({ ...rest, view: next === "gaps" ? "gaps" : "matrix" })}
          tabs={[
            {
              id: "matrix",
              name: t("transversal.tabMatrix"),
              content: (
                <MatrixDesk
                  found={found.data}
                  plans={names}
                  settings={{ across, down, value, showsEmpty: search.empty === true }}
                  onSettings={({ showsEmpty, ...settings }) =>
                    go({ ...settings, ...(showsEmpty ? { empty: true as const } : {}) })
                  }
                  onOpen={(next) => go({ ...rest, cell: nameOf(next) })}
                  plansHref={`/c/${nis}`}
                />
              ),
            },
            {
              id: "gaps",
              name: t("transversal.tabGaps"),
              ...(gapCount === undefined ? {} : { count: gapCount }),
              content: gaps && (
                <Gaps
                  gaps={gaps}
                  plans={names}
                  actionHref={(id) => `/c/${nis}/actions/${id}`}
                  planHref={(id) => `/c/${nis}/plans/${id}`}
                  objectiveHref={(one) =>
                    `/c/${nis}/plans/${pst ?? ""}?q=${encodeURIComponent(JSON.stringify(one.title))}`
                  }
                />
              ),
            },
          ]}
        />
      )}
      {opened && found.data && (
        <OpenedCell
          nis={nis}
          across={across}
          down={down}
          cell={opened}
          found={found.data}
          names={names}
          onClose={() => go(rest)}
        />
      )}
    </>
  );
}

const all = "all";
const nameOf = (cell: Cell) => `${cell.across ?? all}.${cell.down ?? all}`;

function cellNamed(name: string): Cell {
  const [across, down] = name.split(".").map((key) => (key === all ? undefined : key));
  return { across, down };
}

interface OpenedCellProps {
  nis: string;
  across: TransversalSearch["across"] & {};
  down: TransversalSearch["down"] & {};
  cell: Cell;
  found: Parameters<typeof matrixOf>[0];
  names: Parameters<typeof matrixOf>[1] & Parameters<typeof CellPanel>[0]["plans"];
  onClose: () => void;
}

function OpenedCell({ nis, across, down, cell, found, names, onClose }: OpenedCellProps) {
  const { t } = useWords();
  const matrix = matrixOf(found, names, true, t);
  const head = matrix.across.find((one) => one.key === cell.across);
  const line = matrix.lines.find((one) => one.key === cell.down);
  const isIn = (one: { row: string | null; column: string | null }) =>
    keyOf(one.row) === cell.across && keyOf(one.column) === cell.down;
  const figures =
    cell.across === undefined
      ? cell.down === undefined
        ? matrix.total
        : (line?.total ?? null)
      : cell.down === undefined
        ? (head?.total ?? null)
        : (found.cells.find(isIn) ?? null);
  const everyone = t(across === "plan" ? "transversal.everyPlan" : "transversal.everyUnit");
  return (
    <CellPanel
      title={t("transversal.cellTitle", {
        down: line?.label ?? t("transversal.all"),
        across: head?.short ?? head?.label ?? everyone,
      })}
      across={across}
      down={down}
      cell={cell}
      figures={figures}
      plans={names}
      hrefOf={(id) => `/c/${nis}/actions/${id}`}
      onClose={onClose}
    />
  );
}

function Closed({ nis }: { nis: string }) {
  const { t } = useWords();
  return (
    <>
      <PageHeader title={t("transversal.title")} />
      <EmptyState
        icon="lock"
        title={t("transversal.closedTitle")}
        action={
          <ButtonLink variant="primary" href={`/c/${nis}`}>
            {t("shell.allPlans")}
          </ButtonLink>
        }
      >
        {t("transversal.closedText")}
      </EmptyState>
    </>
  );
}
