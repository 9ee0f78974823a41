import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePlans } from "@/api/shared";
import { ActionSheet } from "@/features/actions/ActionSheet";
import { UpdatePanel } from "@/features/actions/UpdatePanel";
import { useAction } from "@/features/actions/use-action";
import { useNeighbours } from "@/features/plans/use-neighbours";
import { Breadcrumbs } from "@/ui/Breadcrumbs";
import { Skeleton } from "@/ui/Skeleton";
import { useWords } from "@/words";
import { Trouble } from "../Trouble";

const route = getRouteApi("/desk/c/$nis/actions/$actionId");

export function Action() {
  const { actionId } = route.useParams();
  return <ActionPage key={actionId} actionId={actionId} />;
}

function ActionPage({ actionId }: { actionId: string }) {
  const { t } = useWords();
  const { nis } = route.useParams();
  const { plan: planId, tab = "description" } = route.useSearch();
  const navigate = useNavigate();
  const [isUpdating, setUpdating] = useState(false);
  const plans = usePlans();
  const { view, standings, error, retry } = useAction(actionId, (id) => `/c/${nis}/plans/${id}`);
  const from = planId ?? standings[0]?.id;
  const neighbours = useNeighbours(from, actionId);
  const go = (id: string, search: { plan?: string; tab?: string }, replace = false) =>
    void navigate({ to: "/c/$nis/actions/$actionId", params: { nis, actionId: id }, search, replace });
  if (error && !view) return <Trouble error={error} onRetry={retry} />;
  if (!view) {
    // No heading yet: the one of the action itself will take the focus.
    return <Skeleton lines={8} />;
  }
  const standing = standings.find((one) => one.id === from);
  const planName = from ? plans.data?.names.get(from) : undefined;
  return (
    <>
      <ActionSheet
        action={{ ...view, code: standing?.code ?? "" }}
        breadcrumbs={
          from &&
          planName && (
            <Breadcrumbs
              trail={[
                { href: `/c/${nis}`, name: t("shell.allPlans") },
                { href: `/c/${nis}/plans/${from}`, name: planName.name },
                ...(standing?.path
                  ? [
                      {
                        href: `/c/${nis}/plans/${from}?q=${encodeURIComponent(view.title)}`,
                        name: standing.path,
                      },
                    ]
                  : []),
              ]}
            />
          )
        }
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
