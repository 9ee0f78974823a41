import { DescriptionList } from "@/ui/DescriptionList";
import { Link } from "@/ui/Link";
import { Tag } from "@/ui/Tag";
import { useWords } from "@/words";
import type { ActionView } from "./action-view";

/** Who carries the action, and where it stands in the plans. */
export function ActionFacts({ action }: { action: ActionView }) {
  const { t } = useWords();
  const missing = <span className="plan-missing">{t("actions.notNamed")}</span>;
  return (
    <aside className="card action-facts" aria-label={t("actions.facts")}>
      <DescriptionList
        entries={[
          ...(action.people
            ? [
                { term: t("actions.mandatary"), description: action.people.mandatary ?? missing },
                { term: t("actions.lead"), description: action.people.lead ?? missing },
                { term: t("actions.units"), description: action.people.units.join(" ; ") || missing },
              ]
            : []),
          {
            term: t("actions.placements"),
            description:
              action.placements.length === 0 ? (
                t("actions.noPlan")
              ) : (
                <ul className="plain-list">
                  {action.placements.map((placement) => (
                    <li key={placement.id} className="action-placement">
                      <span className="cluster">
                        <Tag look="accent">{placement.mark}</Tag>
                        {placement.href ? (
                          <Link href={placement.href}>{placement.plan}</Link>
                        ) : (
                          placement.plan
                        )}
                      </span>
                      <span className="soft">{placement.path || t("actions.notPlaced")}</span>
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

const roles = {
  pilot: "actions.rolePilot",
  contributor: "actions.roleContributor",
  funder: "actions.roleFunder",
  consulted: "actions.roleConsulted",
  informed: "actions.roleInformed",
} as const satisfies Record<ActionView["partners"][number]["role"], string>;

export function ActionPartners({ partners }: { partners: ActionView["partners"] }) {
  const { t } = useWords();
  return (
    <ul className="partner-list">
      {partners.map((partner) => (
        <li key={partner.id}>
          <strong>{partner.name}</strong>
          <span className="soft">{t(roles[partner.role])}</span>
        </li>
      ))}
    </ul>
  );
}
