import { euroWords } from "@/marks/formats";
import { DescriptionList } from "@/ui/DescriptionList";
import { StatusBadge } from "@/ui/StatusBadge";
import { useWords } from "@/words";
import { isZero, partnerCount, type Report } from "./pcs-view";

/** What a reader wants to know of a PCS first. */
export function Overview({ report }: { report: Report }) {
  const { t, locale } = useWords();
  const { total, localShares, rights, carriers, committee } = report;
  const seats = committee.map((one) => [one.name, one.role].filter(Boolean).join(" – "));
  return (
    <section className="card stack-wide" aria-labelledby="overview">
      <h2 id="overview">{t("pcs.keyFigures")}</h2>
      <DescriptionList
        look="columns"
        entries={[
          { term: t("pcs.figureActions"), description: report.actions.length },
          { term: t("pcs.figurePartners"), description: partnerCount(report) },
          {
            term: t("pcs.figureRights"),
            description: t("pcs.rightsOf", {
              served: rights.filter((one) => one.actionCount > 0).length,
              all: rights.length,
            }),
          },
          ...(isZero(total.expensesPlanned)
            ? []
            : [{ term: t("pcs.figureExpenses"), description: euroWords(total.expensesPlanned, locale) }]),
        ]}
      />
      <DescriptionList
        entries={[
          ...(localShares.length > 0
            ? [
                {
                  term: t("pcs.figureShare"),
                  description: (
                    <span className="cluster">
                      {localShares.map((one) =>
                        one.isMet === null ? (
                          <StatusBadge
                            key={one.fiscalYear}
                            icon="minus"
                            tone="neutral"
                            word={t("pcs.shareUnknown", { year: one.fiscalYear })}
                          />
                        ) : (
                          <StatusBadge
                            key={one.fiscalYear}
                            icon={one.isMet ? "check" : "warning"}
                            tone={one.isMet ? "success" : "danger"}
                            word={t(one.isMet ? "pcs.shareMet" : "pcs.shareMissed", { year: one.fiscalYear })}
                          />
                        ),
                      )}
                    </span>
                  ),
                },
              ]
            : []),
          ...(carriers.length > 0
            ? [
                {
                  term: t("pcs.carriers"),
                  description: carriers
                    .map((one) =>
                      one.isLead && carriers.length > 1 ? t("pcs.lead", { name: one.name }) : one.name,
                    )
                    .join(", "),
                },
              ]
            : []),
          ...(report.accountingFunctions.length > 0
            ? [
                {
                  term: t("pcs.accounting"),
                  description: report.accountingFunctions.map((one) => `${one.code} ${one.label}`).join(", "),
                },
              ]
            : []),
          ...(seats.length > 0 ? [{ term: t("pcs.committee"), description: seats.join(", ") }] : []),
        ]}
      />
    </section>
  );
}
