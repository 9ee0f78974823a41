import i18next from "i18next";
import type { Schemas } from "@/api/contract";
import type { Words } from "@/words";

/** The French words; they have been fetched by the time a test runs. */
export const frenchWords = (): Words => i18next.getFixedT("fr", "words");

const figures = (count: number) => ({
  count,
  averageProgress: 40,
  budgetPlanned: "1000.00",
  lateCount: 0,
  latePercent: 0,
});

/** Three actions on housing, two of them in both plans and one in none; one action in no domain. */
export const sampleTransversal: Schemas["Transversal"] = {
  rowKind: "plan",
  columnKind: "domain",
  rows: [
    { id: "pcs", label: "Plan de cohésion sociale" },
    { id: "pst", label: "Programme stratégique transversal" },
    { id: null, label: "–" },
  ],
  columns: [
    { id: "housing", label: "Logement" },
    { id: "sport", label: "Sport" },
    { id: null, label: "–" },
  ],
  cells: [
    { row: "pst", column: "housing", ...figures(2) },
    { row: "pcs", column: "housing", ...figures(2) },
    { row: null, column: null, ...figures(1) },
  ],
  rowTotals: [
    { id: "pst", ...figures(2) },
    { id: "pcs", ...figures(2) },
    { id: null, ...figures(2) },
  ],
  columnTotals: [
    { id: "housing", ...figures(3) },
    { id: null, ...figures(1) },
  ],
  total: figures(4),
  gaps: {
    objectivesServingNoPlan: [],
    plansWithoutHome: [],
    rightsWithoutAction: [],
    actionsInSeveralPlans: [],
    suspectedDuplicates: [],
  },
};
