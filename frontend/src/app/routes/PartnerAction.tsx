import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ActionSheet } from "@/features/actions/ActionSheet";
import { UpdatePanel } from "@/features/actions/UpdatePanel";
import { useAction } from "@/features/actions/use-action";
import { usePartnerActions } from "@/features/partners/PartnerActions";
import { Breadcrumbs } from "@/ui/Breadcrumbs";
import { Skeleton } from "@/ui/Skeleton";
import { useWords } from "@/words";
import { Trouble } from "../Trouble";
import { PartnerSpace } from "./Partner";
import { useActionTabs } from "./use-action-tabs";

const route = getRouteApi("/desk/partenaire/actions/$actionId");

/** An action as a partner sees it: what it may read, and what it may report. */
export function PartnerAction() {
  const { actionId } = route.useParams();
  const { organisation } = route.useSearch();
  return (
    <PartnerSpace organisation={organisation}>
      {(place) => <PartnerSheet key={actionId} actionId={actionId} organisationId={place.id} />}
    </PartnerSpace>
  );
}

function PartnerSheet({ actionId, organisationId }: { actionId: string; organisationId: string }) {
  const { t } = useWords();
  const { tab = "description" } = route.useSearch();
  const navigate = useNavigate();
  const [isUpdating, setUpdating] = useState(false);
  const { action, view, error, retry } = useAction(actionId);
  const own = usePartnerActions();
  const tabs = useActionTabs({
    actionId,
    action,
    view,
    hrefOf: (id) => `/partenaire/actions/${id}?organisation=${organisationId}`,
  });
  if (error && !view) return <Trouble error={error} onRetry={retry} />;
  if (!view || !action) return <Skeleton lines={8} />;
  return (
    <>
      <ActionSheet
        action={view}
        breadcrumbs={
          <Breadcrumbs
            trail={[
              {
                href: `/partenaire?organisation=${organisationId}`,
                name: [t("partners.title"), own.data?.names.get(action.workspaceId)]
                  .filter(Boolean)
                  .join(" · "),
              },
            ]}
          />
        }
        tabs={tabs}
        tab={tab}
        onTab={(next) =>
          void navigate({
            to: "/partenaire/actions/$actionId",
            params: { actionId },
            search: { organisation: organisationId, tab: next },
            replace: true,
            resetScroll: false,
          })
        }
        onUpdate={() => setUpdating(true)}
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
