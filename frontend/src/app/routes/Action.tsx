import { Banner } from "@/ui/Banner";
import { PageHeader } from "@/ui/PageHeader";
import { useWords } from "@/words";

export function Action() {
  const { t } = useWords();
  return (
    <>
      <PageHeader title={t("actions.sheetTitle")} />
      <Banner tone="info" title={t("identity.notYetTitle")}>
        {t("identity.notYetText")}
      </Banner>
    </>
  );
}
