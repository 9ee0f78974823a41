import { Banner } from "@/ui/Banner";
import { PageHeader } from "@/ui/PageHeader";
import { useWords } from "@/words";

export function Plan() {
  const { t } = useWords();
  return (
    <>
      <PageHeader title={t("plans.tree")} />
      <Banner tone="info" title={t("identity.notYetTitle")}>
        {t("identity.notYetText")}
      </Banner>
    </>
  );
}
