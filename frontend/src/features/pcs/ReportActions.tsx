import { euroWords } from "@/marks/formats";
import { StatusMark } from "@/marks/marks";
import { statuses } from "@/marks/statuses";
import { Link } from "@/ui/Link";
import { ProgressBar } from "@/ui/ProgressBar";
import { StatusBadge } from "@/ui/StatusBadge";
import { Tag } from "@/ui/Tag";
import { useWords } from "@/words";
import { isZero, type ReportAction } from "./pcs-view";

const roles = {
  pilot: "actions.rolePilot",
  contributor: "actions.roleContributor",
  funder: "actions.roleFunder",
  consulted: "actions.roleConsulted",
  informed: "actions.roleInformed",
} as const;

const deliveries = { individual: "pcs.individual", collective: "pcs.collective", both: "pcs.both" } as const;

export interface ReportActionsProps {
  actions: readonly ReportAction[];
  hrefOf: (actionId: string) => string;
  /** Under a partner, what this partner does there; its own name is in the heading already. */
  partnerId?: string;
}

/** The actions of a group, each with what the report says of it. */
export function ReportActions({ actions, hrefOf, partnerId }: ReportActionsProps) {
  const { t, locale } = useWords();
  return (
    <ul className="report-actions lined">
      {actions.map((action) => {
        const own = action.partners.find((one) => one.organisationId === partnerId);
        const partners = partnerId ? [] : action.partners;
        const facts = [
          action.delivery && t(deliveries[action.delivery]),
          action.targetGroups.map((one) => one.name).join(", "),
          ...action.beneficiaries.map((one) =>
            t(one.counted === "persons" ? "pcs.persons" : "pcs.attendances", {
              year: one.year,
              count: one.number,
            }),
          ),
          !isZero(action.expensesPlanned) &&
            t("pcs.planned", { amount: euroWords(action.expensesPlanned, locale) }),
          own && t(roles[own.role]),
          partners.map((one) => one.name).join(", "),
        ].filter(Boolean);
        return (
          <li key={action.actionId} className="report-action">
            <span className="report-code numeric">{action.code && <Tag>{action.code}</Tag>}</span>
            <div className="report-words">
              <Link href={hrefOf(action.actionId)}>{action.title}</Link>
              {facts.length > 0 && <p className="report-facts">{facts.join(" · ")}</p>}
            </div>
            <div className="report-state">
              <StatusMark status={action.status} />
              {action.isLate && <StatusBadge icon="warning" tone="danger" word={t("plans.late")} />}
              {action.health === "blocked" && (
                <StatusBadge icon="error" tone="danger" word={t("actions.healthBlocked")} />
              )}
              <ProgressBar value={action.progress} tone={statuses[action.status].tone} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
