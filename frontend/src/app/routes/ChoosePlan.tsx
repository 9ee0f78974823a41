import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";
import { useWords } from "@/words";

export function ChoosePlan() {
  const { t } = useWords();
  return (
    <>
      <PageHeader title={t("identity.choosePlanTitle")} />
      <EmptyState icon="tree" title={t("identity.noPlanTitle")}>
        {t("identity.noPlanText")}
      </EmptyState>
    </>
  );
}
