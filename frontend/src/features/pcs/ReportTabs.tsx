import { EmptyState } from "@/ui/EmptyState";
import { Tabs } from "@/ui/Tabs";
import { useWords } from "@/words";
import { Agreements } from "./Agreements";
import { Codes } from "./Codes";
import { Diagnostic } from "./Diagnostic";
import { Money } from "./Money";
import { byAxis, byPartner, byRight, type PcsView, partnerCount, pcsViews, type Report } from "./pcs-view";
import { Axes, Groups } from "./ReportGroups";
import "./pcs.css";

export interface ReportTabsProps {
  report: Report;
  view: PcsView;
  onView: (view: PcsView) => void;
  hrefOf: (actionId: string) => string;
}

/** One report, read by axis, right, code, partner, money or finding. */
export function ReportTabs({ report, view, onView, hrefOf }: ReportTabsProps) {
  const { t, locale } = useWords();
  const isEmpty = report.actions.length === 0;
  const nothing = (
    <EmptyState icon="tree" title={t("pcs.emptyTitle")}>
      {t("pcs.emptyText")}
    </EmptyState>
  );
  const contents = {
    axes: () =>
      isEmpty ? (
        nothing
      ) : (
        <Axes axes={byAxis(report, t("pcs.noAxisTitle"), t("pcs.noTheme"))} hrefOf={hrefOf} />
      ),
    rights: () => <Groups groups={byRight(report, t("pcs.noRightTitle"))} hrefOf={hrefOf} areWanted />,
    codes: () => (isEmpty ? nothing : <Codes report={report} hrefOf={hrefOf} />),
    partners: () => (
      <div className="stack-wide">
        {isEmpty ? (
          nothing
        ) : (
          <Groups groups={byPartner(report, t("pcs.noPartnerTitle"), locale)} hrefOf={hrefOf} arePartners />
        )}
        <Agreements agreements={report.agreements} />
      </div>
    ),
    money: () => <Money report={report} />,
    diagnostic: () => <Diagnostic planId={report.plan.id} />,
  };
  const names = {
    axes: t("pcs.byAxis"),
    rights: t("pcs.byRight"),
    codes: t("pcs.byCode"),
    partners: t("pcs.byPartner"),
    money: t("pcs.money"),
    diagnostic: t("pcs.diagnostic"),
  };
  const count = partnerCount(report);
  return (
    <Tabs
      label={t("pcs.views")}
      selected={view}
      onSelect={(id) => onView(pcsViews.find((one) => one === id) ?? "axes")}
      tabs={pcsViews.map((id) => ({
        id,
        name: names[id],
        ...(id === "partners" && count > 0 ? { count } : {}),
        // Only what is looked at is drawn and asked for.
        content: id === view ? contents[id]() : null,
      }))}
    />
  );
}
