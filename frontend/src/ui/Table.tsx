import type { ReactNode } from "react";
import "./table.css";

export interface Column<T> {
  id: string;
  name: string;
  cell: (row: T) => ReactNode;
  /** Figures stand at the end, aligned on their digits. */
  isNumeric?: boolean;
}

export interface TableProps<T> {
  caption: string;
  hideCaption?: boolean;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowId: (row: T) => string;
  /** A last row, for totals: one cell per column. */
  footer?: readonly ReactNode[];
}

/** Rows to read. The first column names the row; on a narrow page the table scrolls inside its own frame. */
export function Table<T>({ caption, hideCaption = false, columns, rows, rowId, footer }: TableProps<T>) {
  const numeric = (column: Column<T>) => (column.isNumeric ? { "data-numeric": true } : {});
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard
    <section className="table-frame" aria-label={caption} tabIndex={0}>
      <table className="table">
        <caption className={hideCaption ? "visually-hidden" : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" {...numeric(column)}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowId(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.id} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} {...numeric(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {footer && (
          <tfoot>
            <tr>
              {columns.map((column, index) => (
                <td key={column.id} {...numeric(column)}>
                  {footer[index]}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}
