import { useMutation } from "@tanstack/react-query";
import { answer, apiFor } from "@/api/client";
import type { Schemas } from "@/api/contract";
import { queryClient, sessionKey } from "@/api/query-client";
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
    <section aria-labelledby="invitations">
      <h2 id="invitations">{t("identity.invitationsTitle")}</h2>
      <p className="soft">{t("identity.invitationsText")}</p>
      <ul className="place-list">
        {items.map((one) => (
          <li key={one.id} className="card place-card">
            <Icon name={one.kind === "workspace" ? "building" : "people"} size={22} />
            <h3>{one.placeName}</h3>
            <p className="soft">{one.organisationName}</p>
            <p>
              <Button
                variant="primary"
                size="small"
                isDisabled={answering.isPending}
                onPress={() => answering.mutate({ invitationId: one.id, isAccepted: true })}
                aria-label={t("identity.acceptNamed", { name: one.placeName })}
              >
                {t("identity.accept")}
              </Button>{" "}
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
