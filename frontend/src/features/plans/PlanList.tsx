import { useQuery } from "@tanstack/react-query";
import { useApi } from "@/api/acting";
import { everyItem } from "@/api/client";
import type { Schemas } from "@/api/contract";
import type { PlanName } from "@/api/shared";
import { dayWords } from "@/marks/formats";
import { Link } from "@/ui/Link";
import { Tag } from "@/ui/Tag";
import { useWords } from "@/words";
import "./plan-list.css";

/** The latest version of each plan, as far as this reader sees versions. */
export function useLatestVersions(): ReadonlyMap<string, Schemas["PlanVersion"]> {
  const { api, actor } = useApi();
  const { data } = useQuery({
    queryKey: [actor, "planVersions"],
    staleTime: 60_000,
    queryFn: () => everyItem((query) => api.GET("/pst/v1/planVersions", { params: { query } })),
  });
  return new Map((data ?? []).toSorted((a, b) => a.number - b.number).map((one) => [one.planId, one]));
}

const states = {
  frozen: "plans.versionFrozen",
  adopted: "plans.versionAdopted",
  acknowledged: "plans.versionAcknowledged",
  voted: "plans.versionVoted",
  approved: "plans.versionApproved",
  published: "plans.versionPublished",
} as const;

const isState = (state: string): state is keyof typeof states => Object.hasOwn(states, state);

/** « Version 1, publiée le 12 mai 2026 ». */
export function useVersionWords(): (version: Schemas["PlanVersion"] | undefined) => string {
  const { t, locale } = useWords();
  return (version) =>
    version
      ? t(states[isState(version.state) ? version.state : "frozen"], {
          number: version.number,
          day: dayWords(version.frozenAt.slice(0, 10), locale),
        })
      : t("plans.versionNone");
}

export const yearsOf = (plan: Schemas["Plan"]): string =>
  [plan.startsOn, plan.endsOn].map((day) => day?.slice(0, 4) ?? "…").join("–");

export interface PlanListProps {
  plans: readonly Schemas["Plan"][];
  names: ReadonlyMap<string, PlanName>;
  hrefOf: (plan: Schemas["Plan"]) => string;
}

/** The plans of a commune: the one of the term, which federates the others, first. */
export function PlanList({ plans, names, hrefOf }: PlanListProps) {
  const { t } = useWords();
  const versions = useLatestVersions();
  const versionWords = useVersionWords();
  const federates = (plan: Schemas["Plan"]) => plan.termId !== null;
  const code = (plan: Schemas["Plan"]) => names.get(plan.id)?.code ?? "";
  const ordered = plans
    .filter((plan) => !plan.isArchived)
    .toSorted(
      (a, b) =>
        Number(federates(b)) - Number(federates(a)) ||
        Number(versions.has(b.id)) - Number(versions.has(a.id)) ||
        code(a).localeCompare(code(b)),
    );
  return (
    <ul className="plan-list">
      {ordered.map((plan) => (
        <li key={plan.id} className="card plan-card" data-main={federates(plan) || undefined}>
          <Tag look={federates(plan) ? "solid" : "accent"}>{code(plan)}</Tag>
          <h2>
            <Link href={hrefOf(plan)} className="plan-card-link">
              {plan.title}
            </Link>
          </h2>
          <p className="soft numeric">{yearsOf(plan)}</p>
          <p className="soft">{versionWords(versions.get(plan.id))}</p>
          {plan.isClosed && <p className="soft">{t("plans.closed")}</p>}
        </li>
      ))}
    </ul>
  );
}
