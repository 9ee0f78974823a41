import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Skeleton } from "@/ui/Skeleton";
import { Table } from "@/ui/Table";
import { useWords } from "@/words";
import { Checklist } from "./Checklist";
import { Findings } from "./Findings";
import { ShortList } from "./ShortList";
import { useDiagnostic } from "./use-pcs";

/** What the period asks, what was found with the partners, and what nothing answers. */
export function Diagnostic({ planId }: { planId: string }) {
  const { t, locale } = useWords();
  const found = useDiagnostic(planId);
  if (found.error) {
    return (
      <Banner
        tone="error"
        title={t("shell.failedTitle")}
        actions={<Button onPress={() => void found.refetch()}>{t("ui.retry")}</Button>}
      >
        {t("shell.failedText")}
      </Banner>
    );
  }
  if (found.isPending) return <Skeleton lines={8} lineHeight="4rem" />;
  const { checklist, findings, rights, heard, objectivesWithoutFinding, beyondPeriod } = found.data;
  const unanswered = new Set(found.data.findingsWithoutAnswer.map((one) => one.id));
  const hasIndex = rights.some((one) => one.index !== null);
  return (
    <div className="stack-wide">
      {checklist.length > 0 && <Checklist lines={checklist} />}
      <h2>{t("pcs.findings")}</h2>
      {heard.length > 0 && (
        <p className="soft">
          {t("pcs.heard", { names: new Intl.ListFormat(locale).format(heard.map((one) => one.name)) })}
        </p>
      )}
      {findings.length === 0 ? (
        <EmptyState icon="comment" title={t("pcs.noFindingTitle")} headingLevel={3}>
          {t("pcs.noFindingText")}
        </EmptyState>
      ) : (
        <Findings
          findings={findings}
          unanswered={unanswered}
          rights={new Map(rights.map((one) => [one.id, one.label]))}
        />
      )}
      {rights.length > 0 && (
        <Table
          caption={t("pcs.rightsTitle")}
          rows={rights}
          rowId={(one) => one.id}
          columns={[
            { id: "right", name: t("pcs.right"), cell: (one) => one.label },
            { id: "findings", name: t("pcs.findings"), isNumeric: true, cell: (one) => one.findingCount },
            { id: "actions", name: t("pcs.figureActions"), isNumeric: true, cell: (one) => one.actionCount },
            ...(hasIndex
              ? [
                  {
                    id: "index",
                    name: t("pcs.index"),
                    isNumeric: true,
                    cell: (one: (typeof rights)[number]) =>
                      one.index === null
                        ? "–"
                        : t("pcs.indexOf", { value: one.index.value, edition: one.index.edition }),
                  },
                ]
              : []),
          ]}
        />
      )}
      <ShortList
        title={t("pcs.withoutFinding")}
        text={t("pcs.withoutFindingText")}
        nothing={t("pcs.withoutFindingNone")}
        items={objectivesWithoutFinding.map((one) => one.title)}
      />
      {beyondPeriod.length > 0 && (
        <ShortList
          title={t("pcs.beyond")}
          text={t("pcs.beyondText")}
          nothing=""
          items={beyondPeriod.map((one) => one.title)}
        />
      )}
    </div>
  );
}
