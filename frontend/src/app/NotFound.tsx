import { ButtonLink } from "@/ui/Link";
import { PageHeader } from "@/ui/PageHeader";
import { useWords } from "@/words";

export function NotFound() {
  const { t } = useWords();
  return (
    <main className="plain-page">
      <p className="plain-page-number" aria-hidden="true">
        404
      </p>
      <PageHeader title={t("shell.notFoundTitle")}>
        <p>{t("shell.notFoundText")}</p>
      </PageHeader>
      <ButtonLink variant="primary" href="/">
        {t("shell.backHome")}
      </ButtonLink>
    </main>
  );
}
