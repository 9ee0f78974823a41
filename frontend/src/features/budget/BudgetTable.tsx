import { euroWords } from "@/marks/formats";
import { exceeds } from "@/marks/money";
import { valueWords } from "@/marks/values";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { useWords } from "@/words";
import { type Amounts, amountFields, type BudgetLine, type NatureView } from "./budget-view";
import type { PlanChoice } from "./use-budget";
import "@/ui/table.css";

export interface BudgetTableProps {
  view: NatureView;
  plans: readonly PlanChoice[];
  onEdit: (line: BudgetLine) => void;
  onRemove: (line: BudgetLine) => void;
}

/** The lines year by year, each year with its total. */
export function BudgetTable({ view, plans, onEdit, onRemove }: BudgetTableProps) {
  const { t } = useWords();
  const caption = t("budget.caption", { nature: valueWords(t, "nature", view.nature) });
  const isLong = view.years.length > 1;
  const hasTools = view.years.some((year) => year.lines.some((line) => line.permitted.length > 0));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard
    <section className="table-frame budget-frame" aria-label={caption} tabIndex={0}>
      <table className="table budget-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("budget.line")}</th>
            {amountFields.map((field) => (
              <th key={field} scope="col" data-numeric>
                {t(`fields.${field}`)}
              </th>
            ))}
            {hasTools && (
              <th scope="col" className="no-print">
                <span className="visually-hidden">{t("ui.moreActions")}</span>
              </th>
            )}
          </tr>
        </thead>
        {view.years.map(({ year, lines, totals }) => (
          <tbody key={year}>
            <tr className="budget-year">
              <th scope="rowgroup" colSpan={hasTools ? 5 : 4}>
                {year}
              </th>
            </tr>
            {lines.map((line) => (
              <tr key={line.id}>
                <th scope="row">
                  <LineName line={line} plans={plans} />
                </th>
                <AmountCells amounts={line} />
                {hasTools && (
                  <td className="budget-tools no-print">
                    <LineTools line={line} onEdit={onEdit} onRemove={onRemove} />
                  </td>
                )}
              </tr>
            ))}
            {isLong && lines.length > 1 && (
              <tr className="budget-subtotal">
                <th scope="row">{t("budget.totalOf", { year })}</th>
                <AmountCells amounts={totals} />
                {hasTools && <td className="no-print" />}
              </tr>
            )}
          </tbody>
        ))}
        <tfoot>
          <tr>
            <td>{t("actions.total")}</td>
            <AmountCells amounts={view.totals} />
            {hasTools && <td className="no-print" />}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

/** The source of a line, and in small what else is known of it. */
function LineName({ line, plans }: { line: BudgetLine; plans: readonly PlanChoice[] }) {
  const { t } = useWords();
  const declared = line.declaredPlanIds.flatMap((id) => plans.find((plan) => plan.id === id)?.name ?? []);
  const more = [
    valueWords(t, "service", line.service),
    line.category && valueWords(t, "category", line.category),
    line.fundingScheme,
  ].filter(Boolean);
  return (
    <>
      {valueWords(t, "source", line.source)}
      <span className="budget-more">{more.join(" · ")}</span>
      {declared.length > 0 && (
        <span className="budget-more">{t("budget.declaredIn", { plans: declared.join(", ") })}</span>
      )}
      {line.comment && <span className="budget-more">{line.comment}</span>}
    </>
  );
}

function AmountCells({ amounts }: { amounts: Amounts }) {
  const { t, locale } = useWords();
  return amountFields.map((field) => {
    const amount = amounts[field];
    const isOver = field !== "planned" && exceeds(amount, amounts.planned);
    return (
      <td key={field} data-numeric data-over={isOver || undefined}>
        {isOver && (
          <>
            <Icon name="warning" size={14} />
            <span className="visually-hidden">{t("budget.over")} </span>
          </>
        )}
        {amount === null ? "–" : euroWords(amount, locale)}
      </td>
    );
  });
}

function LineTools({
  line,
  onEdit,
  onRemove,
}: Pick<BudgetTableProps, "onEdit" | "onRemove"> & { line: BudgetLine }) {
  const { t } = useWords();
  const name = `${line.fiscalYear}, ${valueWords(t, "source", line.source)}`;
  return (
    <span className="budget-buttons">
      {line.permitted.includes("updateBudgetLine") && (
        <IconButton
          icon="pencil"
          size="small"
          label={t("editing.editOf", { name })}
          onPress={() => onEdit(line)}
        />
      )}
      {line.permitted.includes("deleteBudgetLine") && (
        <IconButton
          icon="trash"
          size="small"
          label={t("budget.removeOf", { name })}
          onPress={() => onRemove(line)}
        />
      )}
    </span>
  );
}
