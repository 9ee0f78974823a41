import { euroWords, shareWords } from "@/marks/formats";
import { EmptyState } from "@/ui/EmptyState";
import { StatusBadge } from "@/ui/StatusBadge";
import { Table } from "@/ui/Table";
import { useWords } from "@/words";
import { hasMoney, type Report } from "./pcs-view";

const categories = {
  staff: "pcs.staff",
  running: "pcs.running",
  investment: "pcs.investment",
  transfer: "pcs.transfer",
} as const;

/** What the plan costs and brings in, and the rule of its period. */
export function Money({ report }: { report: Report }) {
  const { t, locale } = useWords();
  const euro = (amount: string) => euroWords(amount, locale);
  const { total, localShares, period } = report;
  if (!hasMoney(report)) {
    return (
      <EmptyState icon="document" title={t("pcs.money")}>
        {t("pcs.noMoney")}
      </EmptyState>
    );
  }
  return (
    <div className="stack-wide">
      <div className="stack-wide">
        <h2>{t("pcs.shareTitle")}</h2>
        <p className="soft">
          {period.localSharePercent === null
            ? t("pcs.shareNoRule")
            : t("pcs.shareRule", { percent: shareWords(period.localSharePercent, locale) })}
        </p>
        {localShares.length > 0 && (
          <Table
            caption={t("pcs.shareTitle")}
            hideCaption
            rows={localShares}
            rowId={(one) => String(one.fiscalYear)}
            columns={[
              { id: "year", name: t("pcs.year"), cell: (one) => one.fiscalYear },
              { id: "subsidy", name: t("pcs.subsidy"), isNumeric: true, cell: (one) => euro(one.subsidy) },
              { id: "local", name: t("pcs.local"), isNumeric: true, cell: (one) => euro(one.local) },
              {
                id: "percent",
                name: t("pcs.percent"),
                isNumeric: true,
                cell: (one) => (one.percent === null ? "–" : shareWords(one.percent, locale)),
              },
              { id: "rule", name: t("pcs.rule"), cell: (one) => <Rule isMet={one.isMet} /> },
            ]}
          />
        )}
      </div>
      <div className="stack-wide">
        <h2>{t("pcs.moneyByAxis")}</h2>
        <Table
          caption={t("pcs.moneyByAxis")}
          hideCaption
          rows={report.axes}
          rowId={(axis) => axis.id}
          columns={[
            { id: "axis", name: t("pcs.axis"), cell: (axis) => `${axis.code} ${axis.label}` },
            {
              id: "planned",
              name: t("pcs.expensesPlanned"),
              isNumeric: true,
              cell: (a) => euro(a.expensesPlanned),
            },
            {
              id: "committed",
              name: t("pcs.expensesCommitted"),
              isNumeric: true,
              cell: (a) => euro(a.expensesCommitted),
            },
            {
              id: "spent",
              name: t("pcs.expensesSpent"),
              isNumeric: true,
              cell: (a) => euro(a.expensesSpent),
            },
            {
              id: "revenue",
              name: t("pcs.revenuePlanned"),
              isNumeric: true,
              cell: (a) => euro(a.revenuePlanned),
            },
            {
              id: "received",
              name: t("pcs.revenueReceived"),
              isNumeric: true,
              cell: (a) => euro(a.revenueReceived),
            },
          ]}
          footer={[
            t("pcs.total"),
            euro(total.expensesPlanned),
            euro(total.expensesCommitted),
            euro(total.expensesSpent),
            euro(total.revenuePlanned),
            euro(total.revenueReceived),
          ]}
        />
        <p className="soft">{t("pcs.totalHint")}</p>
      </div>
      <div className="tiles">
        {total.expenses.length > 0 && (
          <Table
            caption={t("pcs.expensesTitle")}
            rows={total.expenses}
            rowId={(one) => one.category ?? "none"}
            columns={[
              {
                id: "name",
                name: t("pcs.nature"),
                cell: (one) => (one.category ? t(categories[one.category]) : t("pcs.other")),
              },
              {
                id: "planned",
                name: t("pcs.expensesPlanned"),
                isNumeric: true,
                cell: (one) => euro(one.planned),
              },
              { id: "spent", name: t("pcs.expensesSpent"), isNumeric: true, cell: (one) => euro(one.spent) },
            ]}
          />
        )}
        {total.revenue.length > 0 && (
          <Table
            caption={t("pcs.revenueTitle")}
            rows={total.revenue}
            rowId={(one) => one.code ?? "none"}
            columns={[
              { id: "name", name: t("pcs.origin"), cell: (one) => one.label ?? t("pcs.other") },
              {
                id: "planned",
                name: t("pcs.revenuePlanned"),
                isNumeric: true,
                cell: (one) => euro(one.planned),
              },
              {
                id: "received",
                name: t("pcs.revenueReceived"),
                isNumeric: true,
                cell: (one) => euro(one.received),
              },
            ]}
          />
        )}
      </div>
    </div>
  );
}

function Rule({ isMet }: { isMet: boolean | null }) {
  const { t } = useWords();
  if (isMet === null) return <StatusBadge icon="minus" tone="neutral" word={t("pcs.ruleUnknown")} />;
  return isMet ? (
    <StatusBadge icon="check" tone="success" word={t("pcs.ruleMet")} />
  ) : (
    <StatusBadge icon="warning" tone="danger" word={t("pcs.ruleMissed")} />
  );
}
