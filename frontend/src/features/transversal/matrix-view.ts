import type { Schemas } from "@/api/contract";
import { euroWords, shareWords } from "@/marks/formats";
import type { Words } from "@/words";

export type Down = Schemas["ColumnKind"];
export type Across = Schemas["RowKind"];
export type Value = "count" | "progress" | "budget" | "late";
export type Figures = Pick<
  Schemas["Figures"],
  "count" | "averageProgress" | "budgetPlanned" | "lateCount" | "latePercent"
>;

export const downKinds: readonly Down[] = ["domain", "objective", "sdg", "unit", "right"];
export const values: readonly Value[] = ["count", "progress", "budget", "late"];

/** The keys of the words for each choice. */
export const acrossWords = { plan: "transversal.acrossPlan", unit: "transversal.acrossUnit" } as const;
export const downWords = {
  domain: "transversal.downDomain",
  objective: "transversal.downObjective",
  sdg: "transversal.downSdg",
  unit: "transversal.downUnit",
  right: "transversal.downRight",
} as const;
export const valueWords = {
  count: "transversal.valueCount",
  progress: "transversal.valueProgress",
  budget: "transversal.valueBudget",
  late: "transversal.valueLate",
} as const;

/** A line or column of the matrix. `key` names it in addresses: an id, or `none` for the actions without one. */
export interface Heading {
  key: string;
  label: string;
  /** The letters by which people call a plan. */
  short: string | null;
  total: Figures | null;
}

export interface MatrixLine extends Heading {
  cells: readonly (Figures | null)[];
}

export interface Matrix {
  across: readonly Heading[];
  lines: readonly MatrixLine[];
  /** How many lines have no action at all, and are left out unless they are asked for. */
  emptyCount: number;
  total: Figures;
}

const none = "none";
export const keyOf = (id: string | null): string => id ?? none;

const nobody = {
  domain: "transversal.noDomain",
  objective: "transversal.noObjective",
  sdg: "transversal.noSdg",
  unit: "transversal.noUnit",
  right: "transversal.noRight",
  plan: "transversal.noPlan",
} as const;

/**
 * The answer as it is drawn: plans or units side by side, and what they are crossed with line by line, since these
 * have long names. The plan that federates stands first, those that hold most follow.
 */
export function matrixOf(
  found: Schemas["Transversal"],
  plans: ReadonlyMap<string, { code: string; kind: string | null }>,
  showsEmpty: boolean,
  t: Words,
): Matrix {
  const totals = (list: Schemas["Total"][]) => new Map(list.map((one) => [keyOf(one.id), one]));
  const acrossTotals = totals(found.rowTotals);
  const downTotals = totals(found.columnTotals);
  const cells = new Map(found.cells.map((one) => [`${keyOf(one.row)} ${keyOf(one.column)}`, one]));
  const rank = (heading: Heading) =>
    heading.key === none ? -1 : plans.get(heading.key)?.kind === "pst" ? 1e9 : (heading.total?.count ?? 0);
  const across = found.rows
    .map((row) => ({
      key: keyOf(row.id),
      label: row.id === null ? t(nobody[found.rowKind]) : row.label,
      short: plans.get(row.id ?? "")?.code ?? null,
      total: acrossTotals.get(keyOf(row.id)) ?? null,
    }))
    .toSorted((a, b) => rank(b) - rank(a));
  const lines = found.columns.map((column) => ({
    key: keyOf(column.id),
    label: column.id === null ? t(nobody[found.columnKind]) : column.label,
    short: null,
    total: downTotals.get(keyOf(column.id)) ?? null,
    cells: across.map((one) => cells.get(`${one.key} ${keyOf(column.id)}`) ?? null),
  }));
  const full = lines.filter((line) => line.total !== null);
  return {
    across,
    lines: showsEmpty ? lines : full,
    emptyCount: lines.length - full.length,
    total: found.total,
  };
}

/** The figure of a cell in a few signs; null where there is nothing to say. */
export function figureOf(figures: Figures | null, value: Value, locale: string): string | null {
  if (figures === null || figures.count === 0) return null;
  if (value === "count") return new Intl.NumberFormat(locale).format(figures.count);
  if (value === "progress")
    return figures.averageProgress === null ? "–" : shareWords(figures.averageProgress, locale);
  if (value === "late") return shareWords(figures.latePercent ?? 0, locale);
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: "EUR",
    notation: "compact",
    maximumSignificantDigits: 3,
  }).format(figures.budgetPlanned as Intl.StringNumericLiteral);
}

/** The same figure in words, exact, for who hears it or points at it. */
export function sentenceOf(figures: Figures | null, value: Value, t: Words, locale: string): string {
  if (figures === null || figures.count === 0) return t("transversal.nothing");
  const count = t("transversal.actions", { count: figures.count });
  if (value === "progress")
    return `${count}, ${t("transversal.progressOf", {
      progress:
        figures.averageProgress === null
          ? t("transversal.notComputed")
          : shareWords(figures.averageProgress, locale),
    })}`;
  if (value === "budget")
    return `${count}, ${t("transversal.budgetOf", { budget: euroWords(figures.budgetPlanned, locale) })}`;
  if (value === "late") return t("transversal.lateOf", { late: figures.lateCount, count: figures.count });
  return count;
}

/** From 0 to 1: how much of the matrix's largest figure this one is. It only tints a cell; the figure is written. */
export function weightOf(figures: Figures | null, value: Value, matrix: Matrix): number {
  if (figures === null || figures.count === 0) return 0;
  if (value === "progress") return (figures.averageProgress ?? 0) / 100;
  if (value === "late") return (figures.latePercent ?? 0) / 100;
  const measure = (one: Figures | null) =>
    one === null ? 0 : value === "count" ? one.count : Number(one.budgetPlanned);
  const largest = Math.max(1, ...matrix.lines.flatMap((line) => line.cells.map(measure)));
  return measure(figures) / largest;
}

/** Where a key of the keyboard leads in a grid of this size; null for any other key. */
export function stepIn(
  place: { line: number; column: number },
  size: { lines: number; columns: number },
  key: string,
  isFar: boolean,
): { line: number; column: number } | null {
  const { line, column } = place;
  const last = { line: size.lines - 1, column: size.columns - 1 };
  switch (key) {
    case "ArrowUp":
      return { line: Math.max(0, line - 1), column };
    case "ArrowDown":
      return { line: Math.min(last.line, line + 1), column };
    case "ArrowLeft":
      return { line, column: Math.max(0, column - 1) };
    case "ArrowRight":
      return { line, column: Math.min(last.column, column + 1) };
    case "Home":
      return isFar ? { line: 0, column: 0 } : { line, column: 0 };
    case "End":
      return isFar ? last : { line, column: last.column };
    case "PageUp":
      return { line: 0, column };
    case "PageDown":
      return { line: last.line, column };
    default:
      return null;
  }
}
