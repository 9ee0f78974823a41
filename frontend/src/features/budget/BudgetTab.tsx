import { useState } from "react";
import { Refusal } from "@/editing/FieldsForm";
import { EditConflict, FormPanel } from "@/editing/FormPanel";
import type { Changes } from "@/editing/use-edit";
import type { Rows } from "@/editing/use-rows";
import { today } from "@/marks/days";
import { valueWords } from "@/marks/values";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { useWords } from "@/words";
import { BudgetSources } from "./BudgetSources";
import { BudgetTable } from "./BudgetTable";
import { type BudgetLine, budgetView } from "./budget-view";
import { type PlanChoice, useBudgetForm, wordsOf } from "./use-budget";
import "./budget.css";

export interface BudgetTabProps {
  actionId: string;
  budget: Rows<BudgetLine>;
  mayAdd: boolean;
  /** The plans that the action serves: a line may be declared in some of them only. */
  plans: readonly PlanChoice[];
}

/** The money of an action, by year and source, to the cent. */
export function BudgetTab({ actionId, budget, mayAdd, plans }: BudgetTabProps) {
  const { t } = useWords();
  const [open, setOpen] = useState<BudgetLine | "new" | null>(null);
  const form = useBudgetForm(actionId, plans, () => setOpen(null));
  const lines = budget.rows ?? [];
  const [isAdding, setAdding] = useState(false);
  const close = () => {
    form.edit.reset();
    budget.dismiss();
    setOpen(null);
  };
  const save = async (said: Changes) => {
    if (open !== "new") {
      if (open) form.save(open, said);
      return;
    }
    setAdding(true);
    if (await budget.perform(form.mutations.add(said))) setOpen(null);
    setAdding(false);
  };
  const add = mayAdd && (
    <Button icon="add" variant="primary" onPress={() => setOpen("new")}>
      {t("budget.add")}
    </Button>
  );
  return (
    <section className="sheet-part" aria-labelledby="budget-heading">
      <div className="sheet-part-head">
        <h2 id="budget-heading">{t("budget.heading")}</h2>
        {lines.length > 0 && add}
      </div>
      {budget.refused && open === null && <Refusal problem={budget.refused} onDismiss={budget.dismiss} />}
      {lines.length === 0 ? (
        <EmptyState icon="document" title={t("budget.noneTitle")} headingLevel={3} action={add}>
          {t(mayAdd ? "budget.noneAdd" : "budget.none")}
        </EmptyState>
      ) : (
        budgetView(lines).map((view) => (
          <div key={view.nature} className="stack-wide">
            <h3>{valueWords(t, "nature", view.nature)}</h3>
            <BudgetTable
              view={view}
              plans={plans}
              onEdit={setOpen}
              onRemove={(line) => void budget.perform(form.mutations.remove(line))}
            />
            <BudgetSources view={view} />
          </div>
        ))
      )}
      {open !== null && (
        <FormPanel
          title={t(open === "new" ? "budget.addTitle" : "budget.editTitle")}
          fields={form.fields}
          values={open === "new" ? newLine() : wordsOf(open)}
          saveLabel={t("editing.save")}
          isSaving={isAdding || form.edit.isSaving}
          problem={open === "new" ? budget.refused : form.edit.problem}
          onSave={(said) => void save(said)}
          onClose={close}
        />
      )}
      <EditConflict edit={form.edit} />
    </section>
  );
}

const newLine = (): Changes => ({
  fiscalYear: Number(today().slice(0, 4)),
  source: "municipality",
  service: "ordinary",
  nature: "expense",
});
