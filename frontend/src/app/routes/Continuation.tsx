import { getRouteApi } from "@tanstack/react-router";
import { usePlans } from "@/api/shared";
import { ContinuationDesk } from "@/features/pcs/ContinuationDesk";
import { Continuations } from "@/features/pcs/Continuations";
import { usePcsReport } from "@/features/pcs/use-pcs";
import { dayWords } from "@/marks/formats";
import { Breadcrumbs } from "@/ui/Breadcrumbs";
import { PageHeader } from "@/ui/PageHeader";
import { Skeleton } from "@/ui/Skeleton";
import { Tag } from "@/ui/Tag";
import { showToast } from "@/ui/toasts";
import { useWords } from "@/words";
import { Trouble } from "../Trouble";
import "@/features/articulation/articulation.css";
import "@/features/pcs/pcs.css";

const route = getRouteApi("/desk/c/$nis/pcs/$planId/continuation");

/** A PCS beyond the end of its programming period: extended, under the next one, or under none yet. */
export function Continuation() {
  const { t, locale } = useWords();
  const { nis, planId } = route.useParams();
  const report = usePcsReport(planId);
  const plans = usePlans();
  if (report.error && !report.data) {
    return <Trouble error={report.error} onRetry={() => void report.refetch()} />;
  }
  if (!report.data || plans.isPending) return <Skeleton lines={12} />;
  const { plan, period } = report.data;
  const own = plans.data?.plans.find((one) => one.id === planId);
  const mayContinue = own?.permitted.includes("continuePlan") ?? false;
  return (
    <>
      <PageHeader
        title={t("continuation.title")}
        eyebrow={
          <>
            <span>{t("pcs.period", { code: period.code })}</span>
            <span>{t("continuation.endsWith", { day: dayWords(period.endsOn, locale, "long") })}</span>
            <Tag>
              {t(period.endCertainty === "confirmed" ? "continuation.confirmed" : "continuation.announced")}
            </Tag>
          </>
        }
        breadcrumbs={
          <Breadcrumbs
            trail={[
              { href: `/c/${nis}`, name: t("shell.allPlans") },
              { href: `/c/${nis}/pcs/${planId}`, name: plan.title },
            ]}
          />
        }
      >
        <p>{t("continuation.lead")}</p>
        {period.endSource && <p className="soft">{t("continuation.source", { source: period.endSource })}</p>}
      </PageHeader>
      <Continuations planId={planId} mayContinue={mayContinue} hrefOf={(next) => `/c/${nis}/pcs/${next}`} />
      <ContinuationDesk
        report={report.data}
        mayContinue={mayContinue}
        onApplied={() => {
          showToast(t("continuation.applied"));
          window.scrollTo({ top: 0 });
        }}
      />
    </>
  );
}
