import { getRouteApi, Navigate, useNavigate } from "@tanstack/react-router";
import { isForbidden } from "@/api/problem";
import { usePlans } from "@/api/shared";
import { ApproachBadge } from "@/features/articulation/ApproachBadge";
import { Reasons } from "@/features/articulation/Reasons";
import { jointsOf, useArticulations } from "@/features/articulation/use-articulations";
import { Overview } from "@/features/pcs/Overview";
import { ReportTabs } from "@/features/pcs/ReportTabs";
import { usePcsReport } from "@/features/pcs/use-pcs";
import { PlanList, yearsOf } from "@/features/plans/PlanList";
import { dayWords } from "@/marks/formats";
import { Breadcrumbs } from "@/ui/Breadcrumbs";
import { EmptyState } from "@/ui/EmptyState";
import { IconButton } from "@/ui/IconButton";
import { ButtonLink } from "@/ui/Link";
import { PageHeader } from "@/ui/PageHeader";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { useWords } from "@/words";
import { Trouble } from "../Trouble";

const route = getRouteApi("/desk/c/$nis/pcs/$planId");
const listRoute = getRouteApi("/desk/c/$nis/pcs");

/** A PCS as its report tells it, and how the PST joins it. */
export function Pcs() {
  const { t, locale } = useWords();
  const { nis, planId } = route.useParams();
  const { view = "axes" } = route.useSearch();
  const navigate = useNavigate();
  const report = usePcsReport(planId);
  const plans = usePlans();
  const { joints } = useArticulations();
  if (isForbidden(report.error)) return <Closed nis={nis} />;
  if (report.error && !report.data) {
    return <Trouble error={report.error} onRetry={() => void report.refetch()} />;
  }
  if (!report.data) return <Skeleton lines={14} />;
  const found = jointsOf(joints, planId);
  // A PST that does not meet this PCS is shown only where none does.
  const own = found.filter((one, index) => index === 0 || one.approach !== "none");
  const mark = plans.data?.names.get(planId);
  const plan = plans.data?.plans.find((one) => one.id === planId);
  const simulate = `/c/${nis}/pcs/${planId}/simulation`;
  return (
    <>
      <PageHeader
        title={report.data.plan.title}
        eyebrow={
          <>
            {mark && <Tag look="solid">{mark.code}</Tag>}
            {plan && <span className="numeric">{yearsOf(plan)}</span>}
            <span>{t("pcs.period", { code: report.data.period.code })}</span>
            {report.data.period.withoutPeriodFrom && (
              <Tag>
                {t("continuation.withoutPeriod", {
                  day: dayWords(report.data.period.withoutPeriodFrom, locale),
                })}
              </Tag>
            )}
            {own.map((one) => (
              <ApproachBadge key={one.plan.id} approach={one.approach} />
            ))}
          </>
        }
        breadcrumbs={<Breadcrumbs trail={[{ href: `/c/${nis}`, name: t("shell.allPlans") }]} />}
        actions={
          <>
            <IconButton icon="print" label={t("actions.print")} onPress={() => window.print()} />
            <ButtonLink href={`/c/${nis}/pcs/${planId}/continuation`}>{t("pcs.continue")}</ButtonLink>
            <ButtonLink href={`/c/${nis}/plans/${planId}`}>{t("pcs.tree")}</ButtonLink>
          </>
        }
      />
      <div className="pcs-top tiles">
        {own.map((joint) => (
          <section key={joint.plan.id} className="card stack" aria-label={t("articulation.approach")}>
            <Reasons joint={joint} />
            <ButtonLink
              variant="primary"
              href={own.length > 1 ? `${simulate}?pst=${joint.plan.id}` : simulate}
            >
              {t("articulation.simulate")}
            </ButtonLink>
          </section>
        ))}
        <Overview report={report.data} />
      </div>
      <ReportTabs
        report={report.data}
        view={view}
        onView={(next) =>
          void navigate({
            to: "/c/$nis/pcs/$planId",
            params: { nis, planId },
            search: { view: next },
            replace: true,
            resetScroll: false,
          })
        }
        hrefOf={(actionId) => `/c/${nis}/actions/${actionId}?plan=${planId}`}
      />
    </>
  );
}

/** The PCS of the commune; straight to it where there is one. */
export function PcsList() {
  const { t } = useWords();
  const { nis } = listRoute.useParams();
  const plans = usePlans();
  if (plans.error) return <Trouble error={plans.error} onRetry={() => void plans.refetch()} />;
  if (plans.isPending) return <Skeleton lines={5} lineHeight="5rem" />;
  const { names } = plans.data;
  const found = plans.data.plans.filter((plan) => names.get(plan.id)?.kind === "pcs");
  const [only] = found;
  if (only && found.length === 1) {
    return <Navigate to="/c/$nis/pcs/$planId" params={{ nis, planId: only.id }} replace />;
  }
  return (
    <>
      <PageHeader title={t("pcs.listTitle")}>
        <p>{t("pcs.listLead")}</p>
      </PageHeader>
      {found.length === 0 ? (
        <EmptyState
          icon="people"
          title={t("pcs.noneTitle")}
          action={
            <ButtonLink variant="primary" href={`/c/${nis}`}>
              {t("shell.allPlans")}
            </ButtonLink>
          }
        >
          {t("pcs.noneText")}
        </EmptyState>
      ) : (
        <PlanList plans={found} names={names} hrefOf={(plan) => `/c/${nis}/pcs/${plan.id}`} />
      )}
    </>
  );
}

function Closed({ nis }: { nis: string }) {
  const { t } = useWords();
  return (
    <>
      <PageHeader title={t("pcs.report")} />
      <EmptyState
        icon="lock"
        title={t("transversal.closedTitle")}
        action={
          <ButtonLink variant="primary" href={`/c/${nis}`}>
            {t("shell.allPlans")}
          </ButtonLink>
        }
      >
        {t("transversal.closedText")}
      </EmptyState>
    </>
  );
}
