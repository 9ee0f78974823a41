import { euroWords } from "@/marks/formats";
import { Table } from "@/ui/Table";
import { useWords } from "@/words";
import type { BudgetView } from "./action-view";
import { sum } from "./money";

const sources = {
  europe: "actions.sourceEurope",
  federal: "actions.sourceFederal",
  wallonia: "actions.sourceWallonia",
  community: "actions.sourceCommunity",
  province: "actions.sourceProvince",
  municipality: "actions.sourceMunicipality",
  other: "actions.sourceOther",
} as const satisfies Record<BudgetView["source"], string>;

export function ActionBudget({ lines }: { lines: readonly BudgetView[] }) {
  const { t, locale } = useWords();
  const euro = (amount: string | null) => (amount === null ? "–" : euroWords(amount, locale));
  const ordered = lines.toSorted((a, b) => a.year - b.year);
  const total = (field: "planned" | "committed" | "spent") => euro(sum(lines.map((line) => line[field])));
  return (
    <Table
      caption={t("actions.tabBudget")}
      hideCaption
      rows={ordered}
      rowId={(line) => line.id}
      columns={[
        { id: "year", name: t("actions.year"), cell: (line) => <span className="numeric">{line.year}</span> },
        { id: "source", name: t("actions.source"), cell: (line) => t(sources[line.source]) },
        { id: "planned", name: t("actions.planned"), cell: (line) => euro(line.planned), isNumeric: true },
        {
          id: "committed",
          name: t("actions.committed"),
          cell: (line) => euro(line.committed),
          isNumeric: true,
        },
        { id: "spent", name: t("actions.spent"), cell: (line) => euro(line.spent), isNumeric: true },
      ]}
      footer={[t("actions.total"), "", total("planned"), total("committed"), total("spent")]}
    />
  );
}
