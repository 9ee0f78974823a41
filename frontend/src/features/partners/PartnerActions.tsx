import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useApi } from "@/api/acting";
import { everyItem } from "@/api/client";
import type { Schemas } from "@/api/contract";
import { dayWords } from "@/marks/formats";
import { HealthMark, StatusMark } from "@/marks/marks";
import { statuses } from "@/marks/statuses";
import { EmptyState } from "@/ui/EmptyState";
import { Link } from "@/ui/Link";
import { ProgressBar } from "@/ui/ProgressBar";
import { useWords } from "@/words";
import "./partner-actions.css";

/** The actions in which an organisation takes part, in every commune, and the names of those communes. */
export function usePartnerActions() {
  const { api, actor } = useApi();
  return useQuery({
    queryKey: [actor, "partnerActions"],
    queryFn: async () => {
      const [actions, workspaces] = await Promise.all([
        everyItem((query) => api.GET("/pst/v1/partners/me/actions", { params: { query } })),
        everyItem((query) => api.GET("/pst/v1/workspaces", { params: { query } })),
      ]);
      return { actions, names: new Map(workspaces.map((one) => [one.id, one.name])) };
    },
  });
}

export interface PartnerActionsProps {
  actions: readonly Schemas["Action"][];
  names: ReadonlyMap<string, string>;
  hrefOf: (actionId: string) => string;
  /** What can be done with one, if anything. */
  commandOf: (action: Schemas["Action"]) => ReactNode;
}

/** « Mes actions », commune by commune. */
export function PartnerActions({ actions, names, hrefOf, commandOf }: PartnerActionsProps) {
  const { t, locale } = useWords();
  if (actions.length === 0) {
    return (
      <EmptyState icon="people" title={t("partners.noneTitle")}>
        {t("partners.noneText")}
      </EmptyState>
    );
  }
  const communes = [...new Set(actions.map((action) => action.workspaceId))].toSorted((a, b) =>
    (names.get(a) ?? "").localeCompare(names.get(b) ?? "", locale),
  );
  return communes.map((commune) => (
    <section key={commune} className="stack">
      <h2>{names.get(commune) ?? t("shell.commune")}</h2>
      <ul className="partner-actions">
        {actions
          .filter((action) => action.workspaceId === commune)
          .map((action) => (
            <li key={action.id} className="card partner-action">
              <h3>
                <Link href={hrefOf(action.id)}>{action.title}</Link>
              </h3>
              <div className="cluster">
                <StatusMark status={action.status} />
                {action.health !== "good" && <HealthMark health={action.health} />}
                {action.plannedEnd && (
                  <span className="soft">
                    {t("ui.labelled", {
                      label: t("plans.due"),
                      value: dayWords(action.plannedEnd, locale),
                    })}
                  </span>
                )}
              </div>
              <ProgressBar value={action.progress} tone={statuses[action.status].tone} />
              {commandOf(action)}
            </li>
          ))}
      </ul>
    </section>
  ));
}
