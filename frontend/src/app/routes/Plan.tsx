import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useCallback, useRef } from "react";
import { PlanDesk } from "@/features/plans/PlanDesk";
import { useLatestVersions, useVersionWords, yearsOf } from "@/features/plans/PlanList";
import type { PlanFilter } from "@/features/plans/plan-filter";
import { usePlanData } from "@/features/plans/use-plan-data";
import { usePlanEditing } from "@/features/plans/use-plan-editing";
import { isStatus } from "@/marks/statuses";
import { Button } from "@/ui/Button";
import { IconButton } from "@/ui/IconButton";
import { useShortcut } from "@/ui/KeyboardShortcuts";
import { PageHeader } from "@/ui/PageHeader";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useWords } from "@/words";
import type { PlanSearch } from "../router";
import { Trouble } from "../Trouble";

const route = getRouteApi("/desk/c/$nis/plans/$planId");

export function Plan() {
  const { planId } = route.useParams();
  return <PlanPage key={planId} planId={planId} />;
}

function PlanPage({ planId }: { planId: string }) {
  const { t } = useWords();
  const { nis } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const data = usePlanData(planId);
  const editing = usePlanEditing(data);
  const version = useLatestVersions().get(planId);
  const versionWords = useVersionWords();
  const searchRef = useRef<HTMLInputElement>(null);
  useShortcut(
    "/",
    useCallback(() => searchRef.current?.focus(), []),
  );
  if (data.error && !data.plan) return <Trouble error={data.error} onRetry={data.retry} />;
  const { plan } = data;
  if (!plan || !data.nodes) {
    // No heading yet: the one of the plan itself will take the focus.
    return <Skeleton lines={12} />;
  }
  const filter: PlanFilter = { ...search, status: isStatus(search.status) ? search.status : undefined };
  const onFilter = ({ q, status, late }: PlanFilter) => {
    const next: PlanSearch = {
      ...(q ? { q } : {}),
      ...(status ? { status } : {}),
      ...(late ? { late: true as const } : {}),
    };
    void navigate({
      to: "/c/$nis/plans/$planId",
      params: { nis, planId },
      search: next,
      replace: true,
      resetScroll: false,
    });
  };
  const mayAdd = plan.permitted.includes("updatePlan") && !plan.isClosed;
  const [first] = plan.levels;
  return (
    <>
      <PageHeader
        title={plan.title}
        eyebrow={
          <>
            {data.mark && <Tag look="solid">{data.mark.code}</Tag>}
            <span className="numeric">{yearsOf(plan)}</span>
            <span>{versionWords(version)}</span>
            {plan.isClosed && <Tag>{t("plans.closed")}</Tag>}
          </>
        }
        actions={
          <>
            <IconButton icon="print" label={t("actions.print")} onPress={() => window.print()} />
            {mayAdd && first && (
              <Button
                variant="primary"
                icon="add"
                onPress={() =>
                  editing.add(editing.shown.find((node) => node.source.type === "strand") ?? null, "inside")
                }
              >
                {t("plans.addNamed", { level: first.label })}
              </Button>
            )}
          </>
        }
      />
      <PlanDesk
        plan={plan}
        editing={editing}
        mayAdd={mayAdd}
        filter={filter}
        onFilter={onFilter}
        searchRef={searchRef}
        onOpen={(actionId) =>
          void navigate({
            to: "/c/$nis/actions/$actionId",
            params: { nis, actionId },
            search: { plan: planId },
          })
        }
      />
    </>
  );
}
