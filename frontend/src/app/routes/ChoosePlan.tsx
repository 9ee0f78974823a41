import { getRouteApi } from "@tanstack/react-router";
import { usePlans } from "@/api/shared";
import { PlanList } from "@/features/plans/PlanList";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";
import { Skeleton } from "@/ui/Skeleton";
import { useWords } from "@/words";
import { Trouble } from "../Trouble";

const route = getRouteApi("/desk/c/$nis/");

export function ChoosePlan() {
  const { t } = useWords();
  const { nis } = route.useParams();
  const plans = usePlans();
  if (plans.error) return <Trouble error={plans.error} onRetry={() => void plans.refetch()} />;
  return (
    <>
      <PageHeader title={t("identity.choosePlanTitle")}>
        <p>{t("identity.choosePlanLead")}</p>
      </PageHeader>
      {plans.isPending ? (
        <Skeleton lines={5} lineHeight="5rem" />
      ) : plans.data.plans.length === 0 ? (
        <EmptyState icon="tree" title={t("identity.noPlanTitle")}>
          {t("identity.noPlanText")}
        </EmptyState>
      ) : (
        <PlanList
          plans={plans.data.plans}
          names={plans.data.names}
          hrefOf={(plan) => `/c/${nis}/plans/${plan.id}`}
        />
      )}
    </>
  );
}
