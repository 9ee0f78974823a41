import { useMutation } from "@tanstack/react-query";
import { answer, apiFor } from "@/api/client";
import type { Schemas } from "@/api/contract";
import { Problem } from "@/api/problem";
import { queryClient, sessionKey } from "@/api/query-client";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { useWords } from "@/words";

export interface InvitationsProps {
  items: readonly Schemas["Invitation"][];
}

/** What others gave to this person: it counts once it is accepted. */
export function Invitations({ items }: InvitationsProps) {
  const { t } = useWords();
  const answering = useMutation({
    mutationFn: (body: Schemas["InvitationAnswer"]) =>
      answer(apiFor().POST("/pst/v1/invitations/answer", { body })),
    // Also after a refusal: what was withdrawn meanwhile disappears.
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionKey }),
  });
  if (items.length === 0) return null;
  return (
    <section className="stack-wide" aria-labelledby="invitations">
      <h2 id="invitations">{t("identity.invitationsTitle")}</h2>
      <p className="soft">{t("identity.invitationsText")}</p>
      {answering.error && (
        <Banner tone="error" title={t("identity.answerFailed")}>
          {answering.error instanceof Problem && answering.error.message
            ? answering.error.message
            : t("shell.unreachable")}
        </Banner>
      )}
      <ul className="place-list">
        {items.map((one) => (
          <li key={one.id} className="card place-card">
            <Icon name={one.kind === "workspace" ? "building" : "people"} size={22} />
            <h3>{one.placeName}</h3>
            <p className="soft">
              {[
                one.organisationName !== one.placeName && one.organisationName,
                t(`identity.role_${one.role}` as "identity.role_agent", { defaultValue: one.role }),
                one.isAdministrator && t("identity.givesAccess"),
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
            <p className="cluster">
              <Button
                variant="primary"
                size="small"
                isDisabled={answering.isPending}
                onPress={() => answering.mutate({ invitationId: one.id, isAccepted: true })}
                aria-label={t("identity.acceptNamed", { name: one.placeName })}
              >
                {t("identity.accept")}
              </Button>
              <Button
                size="small"
                isDisabled={answering.isPending}
                onPress={() => answering.mutate({ invitationId: one.id, isAccepted: false })}
                aria-label={t("identity.declineNamed", { name: one.placeName })}
              >
                {t("identity.decline")}
              </Button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
