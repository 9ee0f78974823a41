import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePlans } from "@/api/shared";
import { ActionSheet } from "@/features/actions/ActionSheet";
import type { Standing } from "@/features/actions/action-view";
import { UpdatePanel } from "@/features/actions/UpdatePanel";
import { useAction } from "@/features/actions/use-action";
import { useNeighbours } from "@/features/plans/use-neighbours";
import { Breadcrumbs } from "@/ui/Breadcrumbs";
import { Skeleton } from "@/ui/Skeleton";
import { useWords } from "@/words";
import { Trouble } from "../Trouble";
import { useActionTabs } from "./use-action-tabs";

const route = getRouteApi("/desk/c/$nis/actions/$actionId");

export function Action() {
  const { actionId } = route.useParams();
  return <ActionPage key={actionId} actionId={actionId} />;
}

function ActionPage({ actionId }: { actionId: string }) {
  const { nis } = route.useParams();
  const { plan: planId, tab = "description" } = route.useSearch();
  const navigate = useNavigate();
  const [isUpdating, setUpdating] = useState(false);
  const { action, view, standings, error, retry } = useAction(actionId, (id) => `/c/${nis}/plans/${id}`);
  const from = planId ?? standings[0]?.planId;
  const neighbours = useNeighbours(from, actionId);
  const tabs = useActionTabs({ actionId, action, view, hrefOf: (id) => `/c/${nis}/actions/${id}` });
  const go = (id: string, search: { plan?: string; tab?: string }, isHere = false) =>
    void navigate({
      to: "/c/$nis/actions/$actionId",
      params: { nis, actionId: id },
      search,
      replace: isHere,
      resetScroll: !isHere,
    });
  if (error && !view) return <Trouble error={error} onRetry={retry} />;
  if (!view || !action) {
    // No heading yet: the one of the action itself will take the focus.
    return <Skeleton lines={8} />;
  }
  const standing = standings.find((one) => one.planId === from);
  return (
    <>
      <ActionSheet
        action={{ ...view, code: standing?.code ?? "" }}
        breadcrumbs={from && <Trail nis={nis} planId={from} standing={standing} title={view.title} />}
        tabs={tabs}
        tab={tab}
        onTab={(next) => go(actionId, { ...(planId ? { plan: planId } : {}), tab: next }, true)}
        onUpdate={() => setUpdating(true)}
        neighbours={neighbours}
        onNeighbour={(id) => go(id, { ...(from ? { plan: from } : {}), tab })}
      />
      {view.mayUpdate && (
        <UpdatePanel
          key={`${view.id}-${isUpdating}`}
          action={view}
          isOpen={isUpdating}
          onClose={() => setUpdating(false)}
        />
      )}
    </>
  );
}

interface TrailProps {
  nis: string;
  planId: string;
  standing: Standing | undefined;
  title: string;
}

/** From the plans of the commune to the objective under which the action stands. */
function Trail({ nis, planId, standing, title }: TrailProps) {
  const { t } = useWords();
  const name = usePlans().data?.names.get(planId)?.name;
  if (!name) return null;
  const plan = `/c/${nis}/plans/${planId}`;
  return (
    <Breadcrumbs
      trail={[
        { href: `/c/${nis}`, name: t("shell.allPlans") },
        { href: plan, name },
        ...(standing?.path ? [{ href: `${plan}?q=${encodeURIComponent(title)}`, name: standing.path }] : []),
      ]}
    />
  );
}
