/** The span that a date with a precision stands for, as the service keeps it: its first day, or its last. */

const months: Readonly<Record<string, number>> = { month: 1, quarter: 3, semester: 6, year: 12 };

/** A day with how exactly it is known. */
export interface DatedSpan {
  day: string | null;
  precision: string | null;
}

/** Answers without a date. */
export const isUndated = (precision: string | null): boolean =>
  precision === "continuous" || precision === "undetermined";

const iso = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** The day that is kept; of a term of office only the service knows the days. */
export function keptDay({ day, precision }: DatedSpan, edge: "first" | "last"): string | null {
  const length = precision === null ? undefined : months[precision];
  if (day === null || length === undefined) return day;
  const [year = 0, month = 1] = day.split("-").map(Number);
  const first = Math.floor((month - 1) / length) * length;
  return edge === "first" ? iso(year, first, 1) : iso(year, first + length, 0);
}
