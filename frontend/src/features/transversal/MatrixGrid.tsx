import { type KeyboardEvent, useRef, useState } from "react";
import { useWords } from "@/words";
import { type Figures, figureOf, type Matrix, sentenceOf, stepIn, type Value, weightOf } from "./matrix-view";
import type { Cell } from "./use-transversal";

export interface MatrixGridProps {
  matrix: Matrix;
  value: Value;
  label: string;
  /** What the lines are, over their names. */
  corner: string;
  onOpen: (cell: Cell) => void;
}

/** The matrix as a grid: one stop for the Tab key, arrows inside it, Enter opens the actions behind a figure. */
export function MatrixGrid({ matrix, value, label, corner, onOpen }: MatrixGridProps) {
  const { t } = useWords();
  const table = useRef<HTMLTableElement>(null);
  const size = { lines: matrix.lines.length + 1, columns: matrix.across.length + 1 };
  const [wished, setPlace] = useState({ line: 0, column: 0 });
  // What is shown may have shrunk since.
  const place = {
    line: Math.min(wished.line, size.lines - 1),
    column: Math.min(wished.column, size.columns - 1),
  };
  const go = (next: { line: number; column: number }) => {
    setPlace(next);
    table.current?.querySelector<HTMLElement>(`[data-place="${next.line}-${next.column}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepIn(place, size, event.key, event.ctrlKey || event.metaKey);
    if (!next || event.altKey) return;
    event.preventDefault();
    go(next);
  };
  const cell = (figures: Figures | null, line: number, column: number, opened: Cell) => (
    <GridCell
      key={column}
      figures={figures}
      value={value}
      weight={
        line < matrix.lines.length && column < matrix.across.length ? weightOf(figures, value, matrix) : 0
      }
      isTotal={line === matrix.lines.length || column === matrix.across.length}
      place={`${line}-${column}`}
      isStop={line === place.line && column === place.column}
      onFocus={() => setPlace({ line, column })}
      onOpen={() => onOpen(opened)}
    />
  );
  return (
    <div className="matrix-frame">
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are walked through by arrows is a grid
        role="grid"
        aria-label={label}
        aria-readonly="true"
        className="matrix"
        data-value={value}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            <th scope="col" className="matrix-corner">
              {corner}
            </th>
            {matrix.across.map((one) => (
              <th key={one.key} scope="col" className="matrix-across" title={one.label}>
                {one.short === null ? (
                  <span className="matrix-upright">{one.label}</span>
                ) : (
                  <>
                    <span aria-hidden="true">{one.short}</span>
                    <span className="visually-hidden">{one.label}</span>
                  </>
                )}
              </th>
            ))}
            <th scope="col" className="matrix-across matrix-total">
              {t("transversal.total")}
            </th>
          </tr>
        </thead>
        <tbody>
          {matrix.lines.map((line, index) => (
            <tr key={line.key}>
              <th scope="row" className="matrix-down">
                {line.label}
              </th>
              {line.cells.map((figures, column) =>
                cell(figures, index, column, { across: matrix.across[column]?.key, down: line.key }),
              )}
              {cell(line.total, index, matrix.across.length, { down: line.key })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="matrix-down matrix-total">
              {t("transversal.total")}
            </th>
            {matrix.across.map((one, column) =>
              cell(one.total, matrix.lines.length, column, { across: one.key }),
            )}
            {cell(matrix.total, matrix.lines.length, matrix.across.length, {})}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

interface GridCellProps {
  figures: Figures | null;
  value: Value;
  weight: number;
  isTotal: boolean;
  place: string;
  isStop: boolean;
  onFocus: () => void;
  onOpen: () => void;
}

function GridCell({ figures, value, weight, isTotal, place, isStop, onFocus, onOpen }: GridCellProps) {
  const { t, locale } = useWords();
  const figure = figureOf(figures, value, locale);
  const opens = figure !== null;
  return (
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid
      role="gridcell"
      className="matrix-cell"
      data-place={place}
      data-total={isTotal || undefined}
      data-empty={!opens || undefined}
      tabIndex={isStop ? 0 : -1}
      style={{ "--weight": `${Math.round(weight * 100)}%` } as React.CSSProperties}
      title={opens && value !== "count" ? sentenceOf(figures, value, t, locale) : undefined}
      onFocus={onFocus}
      onClick={opens ? onOpen : undefined}
      onKeyDown={(event) => {
        if (!opens || (event.key !== "Enter" && event.key !== " ")) return;
        event.preventDefault();
        onOpen();
      }}
    >
      <span aria-hidden="true">{figure ?? "·"}</span>
      <span className="visually-hidden">{sentenceOf(figures, value, t, locale)}</span>
    </td>
  );
}
