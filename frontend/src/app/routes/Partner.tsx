import { getRouteApi } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { ActingAs } from "@/api/acting";
import type { Schemas } from "@/api/contract";
import { UpdatePanel } from "@/features/actions/UpdatePanel";
import type { Me } from "@/features/identity/session";
import { PartnerActions, usePartnerActions } from "@/features/partners/PartnerActions";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";
import { Skeleton } from "@/ui/Skeleton";
import { useWords } from "@/words";
import { Frame } from "../Frame";
import { useMe } from "../me";
import { Trouble } from "../Trouble";
import { useSignOut } from "../use-sign-out";

const route = getRouteApi("/desk/partenaire");

type Place = Me["organisations"][number];

/** The space of a partner organisation, in the name of the one that the address says. */
export function PartnerSpace(props: {
  organisation: string | undefined;
  children: (place: Place) => ReactNode;
}) {
  const { t } = useWords();
  const me = useMe();
  const signOut = useSignOut();
  const place = me.organisations.find((one) => one.id === props.organisation) ?? me.organisations[0];
  return (
    <Frame
      person={{ name: me.displayName }}
      onSignOut={signOut}
      {...(place ? { workspace: { name: place.name, kind: t("shell.partner") } } : {})}
    >
      {place ? (
        <ActingAs actor={`organisation/${place.id}`} key={place.id}>
          {props.children(place)}
        </ActingAs>
      ) : (
        <>
          <PageHeader title={t("partners.title")} />
          <EmptyState icon="people" title={t("partners.noneTitle")}>
            {t("partners.noOrganisation")}
          </EmptyState>
        </>
      )}
    </Frame>
  );
}

/** What the organisation does, in every commune. */
export function Partner() {
  const { t } = useWords();
  const { organisation } = route.useSearch();
  return (
    <PartnerSpace organisation={organisation}>
      {(place) => (
        <>
          <PageHeader title={t("partners.title")}>
            <p>{t("partners.lead")}</p>
          </PageHeader>
          <OwnActions organisationId={place.id} />
        </>
      )}
    </PartnerSpace>
  );
}

function OwnActions({ organisationId }: { organisationId: string }) {
  const { t } = useWords();
  const own = usePartnerActions();
  const [updating, setUpdating] = useState<Schemas["Action"] | null>(null);
  if (own.error) return <Trouble error={own.error} onRetry={() => void own.refetch()} />;
  if (own.isPending) return <Skeleton lines={4} lineHeight="7rem" />;
  return (
    <>
      <PartnerActions
        {...own.data}
        hrefOf={(id) => `/partenaire/actions/${id}?organisation=${organisationId}`}
        commandOf={(action) =>
          action.permitted.includes("updateAction") && (
            <Button
              size="small"
              icon="pencil"
              onPress={() => setUpdating(action)}
              aria-label={t("partners.updateNamed", { name: action.title })}
            >
              {t("actions.update")}
            </Button>
          )
        }
      />
      {updating && (
        <UpdatePanel
          key={updating.id}
          action={{ ...updating, nextStatuses: updating.nextStatuses as Schemas["ActionStatus"][] }}
          isOpen
          onClose={() => setUpdating(null)}
        />
      )}
    </>
  );
}
