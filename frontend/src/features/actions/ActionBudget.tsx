import { euroWords } from "@/marks/formats";
import { Table } from "@/ui/Table";
import { useWords } from "@/words";
import type { ActionView } from "./action-view";

export function ActionBudget({ action }: { action: ActionView }) {
  const { t, locale } = useWords();
  const euro = (amount: string) => euroWords(amount, locale);
  return (
    <Table
      caption={t("actions.tabBudget")}
      hideCaption
      rows={action.budget}
      rowId={(line) => line.id}
      columns={[
        { id: "year", name: t("actions.year"), cell: (line) => <span className="numeric">{line.year}</span> },
        { id: "source", name: t("actions.source"), cell: (line) => line.source },
        { id: "planned", name: t("actions.planned"), cell: (line) => euro(line.planned), isNumeric: true },
        {
          id: "committed",
          name: t("actions.committed"),
          cell: (line) => euro(line.committed),
          isNumeric: true,
        },
        { id: "spent", name: t("actions.spent"), cell: (line) => euro(line.spent), isNumeric: true },
      ]}
      footer={[
        t("actions.total"),
        "",
        euro(action.budgetTotal.planned),
        euro(action.budgetTotal.committed),
        euro(action.budgetTotal.spent),
      ]}
    />
  );
}
