import { StatusMark } from "@/marks/marks";
import { statuses } from "@/marks/statuses";
import { Link } from "@/ui/Link";
import { ProgressBar } from "@/ui/ProgressBar";
import { Table } from "@/ui/Table";
import { useWords } from "@/words";
import type { Report } from "./pcs-view";

/** The actions in the order of the regional catalogue. */
export function Codes({ report, hrefOf }: { report: Report; hrefOf: (actionId: string) => string }) {
  const { t, locale } = useWords();
  const labels = new Map(report.codes.map((one) => [one.code, one.label]));
  const rows = report.actions.toSorted((a, b) =>
    (a.code ?? "~").localeCompare(b.code ?? "~", locale, { numeric: true }),
  );
  return (
    <Table
      caption={t("pcs.byCode")}
      hideCaption
      rowId={(action) => action.actionId}
      rows={rows}
      columns={[
        {
          id: "code",
          name: t("pcs.code"),
          cell: (action) => <span className="numeric">{action.code ?? t("pcs.noCode")}</span>,
        },
        { id: "label", name: t("pcs.label"), cell: (action) => labels.get(action.code ?? "") ?? "–" },
        {
          id: "action",
          name: t("pcs.action"),
          cell: (action) => <Link href={hrefOf(action.actionId)}>{action.title}</Link>,
        },
        { id: "status", name: t("pcs.status"), cell: (action) => <StatusMark status={action.status} /> },
        {
          id: "progress",
          name: t("pcs.progress"),
          cell: (action) => (
            <ProgressBar
              value={action.progress}
              tone={statuses[action.status].tone}
              label={t("pcs.progress")}
            />
          ),
        },
        {
          id: "partners",
          name: t("pcs.figurePartners"),
          cell: (action) => action.partners.map((one) => one.name).join(", ") || "–",
        },
      ]}
    />
  );
}
