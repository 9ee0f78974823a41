import type { Schemas } from "@/api/contract";
import { sum } from "@/marks/money";

export type BudgetLine = Schemas["BudgetLine"];
export const amountFields = ["planned", "committed", "spent"] as const;
export type Amounts = Record<(typeof amountFields)[number], string | null>;

export interface YearView {
  year: number;
  lines: readonly BudgetLine[];
  totals: Amounts;
}

export interface NatureView {
  nature: BudgetLine["nature"];
  years: readonly YearView[];
  /** By source, the greatest planned first as the sources are ordered. */
  sources: readonly { source: BudgetLine["source"]; totals: Amounts }[];
  totals: Amounts;
}

/** Every amount of the same name, added to the cent. */
export const totalsOf = (lines: readonly BudgetLine[]): Amounts => ({
  planned: sum(lines.map((line) => line.planned)),
  committed: sum(lines.map((line) => line.committed)),
  spent: sum(lines.map((line) => line.spent)),
});

export const sourceOrder = [
  "europe",
  "federal",
  "wallonia",
  "community",
  "province",
  "municipality",
  "other",
] as const satisfies readonly BudgetLine["source"][];

/** What is spent and what comes in are never added together: each has its years, its sources and its totals. */
export function budgetView(lines: readonly BudgetLine[]): readonly NatureView[] {
  return (["expense", "revenue"] as const).flatMap((nature) => {
    const own = lines.filter((line) => line.nature === nature);
    if (own.length === 0) return [];
    const years = [...new Set(own.map((line) => line.fiscalYear))].sort((a, b) => a - b);
    return [
      {
        nature,
        years: years.map((year) => {
          const ofYear = own
            .filter((line) => line.fiscalYear === year)
            .toSorted((a, b) => sourceOrder.indexOf(a.source) - sourceOrder.indexOf(b.source));
          return { year, lines: ofYear, totals: totalsOf(ofYear) };
        }),
        sources: sourceOrder.flatMap((source) => {
          const ofSource = own.filter((line) => line.source === source);
          return ofSource.length === 0 ? [] : [{ source, totals: totalsOf(ofSource) }];
        }),
        totals: totalsOf(own),
      },
    ];
  });
}
