import type { ErrorComponentProps } from "@tanstack/react-router";
import { Button } from "@/ui/Button";
import { PageHeader } from "@/ui/PageHeader";
import { useWords } from "@/words";

export function Failed({ reset }: ErrorComponentProps) {
  const { t } = useWords();
  return (
    <main className="plain-page">
      <PageHeader title={t("shell.failedTitle")}>
        <p>{t("shell.failedText")}</p>
      </PageHeader>
      <Button variant="primary" onPress={reset}>
        {t("ui.retry")}
      </Button>
    </main>
  );
}
