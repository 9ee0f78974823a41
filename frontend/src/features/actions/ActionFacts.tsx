import { DescriptionList } from "@/ui/DescriptionList";
import { useWords } from "@/words";
import type { ActionView } from "./action-view";

/** Who carries the action, with whom, and where it stands in the plans. */
export function ActionFacts({ action }: { action: ActionView }) {
  const { t } = useWords();
  const missing = <span className="plan-missing">{t("plans.ownerMissing")}</span>;
  return (
    <aside className="card action-facts" aria-label={t("actions.placements")}>
      <DescriptionList
        entries={[
          { term: t("actions.mandatary"), description: action.mandatary ?? missing },
          { term: t("actions.lead"), description: action.lead ?? missing },
          { term: t("actions.units"), description: action.units.join(", ") || "–" },
          {
            term: t("actions.partners"),
            description: (
              <ul className="plain-list">
                {action.partners.map((partner) => (
                  <li key={partner.name}>
                    {partner.name} <span className="soft">({partner.role})</span>
                  </li>
                ))}
              </ul>
            ),
          },
          {
            term: t("actions.placements"),
            description: (
              <ul className="plain-list">
                {action.placements.map((placement) => (
                  <li key={placement.plan}>
                    <strong>{placement.plan}</strong>{" "}
                    <span className="soft">
                      ({t(placement.isPrincipal ? "actions.principal" : "actions.secondary")})
                    </span>
                    <br />
                    {placement.path}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </aside>
  );
}
