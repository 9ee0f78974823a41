import { Button } from "@/ui/Button";
import { useWords } from "@/words";
import { type Figures, figureOf, type Matrix, sentenceOf, type Value } from "./matrix-view";
import type { Cell } from "./use-transversal";

export interface MatrixListProps {
  matrix: Matrix;
  value: Value;
  label: string;
  onOpen: (cell: Cell) => void;
}

/** The same figures where there is no room for a grid: line after line, what stands in it. */
export function MatrixList({ matrix, value, label, onOpen }: MatrixListProps) {
  const { t, locale } = useWords();
  const figure = (name: string, figures: Figures | null, cell: Cell, isTotal = false) =>
    figures !== null &&
    figures.count > 0 && (
      <li key={name}>
        <Button
          size="small"
          variant={isTotal ? "quiet" : "secondary"}
          onPress={() => onOpen(cell)}
          aria-label={t("ui.labelled", { label: name, value: sentenceOf(figures, value, t, locale) })}
        >
          <span>{name}</span> <b className="numeric">{figureOf(figures, value, locale)}</b>
        </Button>
      </li>
    );
  return (
    <ul className="stack-wide" aria-label={label}>
      {matrix.lines.map((line) => (
        <li key={line.key} className="card stack-wide matrix-entry">
          <h2>{line.label}</h2>
          {line.total === null ? (
            <p className="soft">{t("transversal.nothing")}</p>
          ) : (
            <ul className="matrix-chips">
              {matrix.across.map((one, column) =>
                figure(one.short ?? one.label, line.cells[column] ?? null, {
                  across: one.key,
                  down: line.key,
                }),
              )}
              {figure(t("transversal.total"), line.total, { down: line.key }, true)}
            </ul>
          )}
        </li>
      ))}
      <li className="card stack-wide matrix-entry">
        <h2>{t("transversal.total")}</h2>
        <ul className="matrix-chips">
          {matrix.across.map((one) => figure(one.short ?? one.label, one.total, { across: one.key }))}
          {figure(t("transversal.all"), matrix.total, {}, true)}
        </ul>
      </li>
    </ul>
  );
}
