import { Problem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { ButtonLink } from "@/ui/Link";
import { PageHeader } from "@/ui/PageHeader";
import { useWords } from "@/words";

export interface TroubleProps {
  error: unknown;
  onRetry: () => void;
}

/** A page that cannot be read: what failed, what is safe, what to do, what to quote. */
export function Trouble({ error, onRetry }: TroubleProps) {
  const { t } = useWords();
  const problem = error instanceof Problem ? error : null;
  if (problem?.status === 404 || problem?.status === 400) {
    return (
      <>
        <PageHeader title={t("shell.notFoundTitle")}>
          <p>{t("shell.notFoundText")}</p>
        </PageHeader>
        <p>
          <ButtonLink variant="primary" href="/">
            {t("shell.backHome")}
          </ButtonLink>
        </p>
      </>
    );
  }
  return (
    <>
      <PageHeader title={t("shell.failedTitle")} />
      <Banner
        tone="error"
        title={problem?.message || t("shell.unreachable")}
        actions={<Button onPress={onRetry}>{t("ui.retry")}</Button>}
        {...(problem?.traceId ? { traceId: problem.traceId } : {})}
      >
        {t("shell.failedText")}
      </Banner>
    </>
  );
}
