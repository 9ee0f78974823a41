import type { Report, ReportAction, ReportLine } from "./pcs-view";

const nothing = {
  expensesPlanned: "0.00",
  expensesCommitted: "0.00",
  expensesSpent: "0.00",
  revenuePlanned: "0.00",
  revenueCommitted: "0.00",
  revenueReceived: "0.00",
  expenses: [],
  revenue: [],
};

const line = (id: string, label: string, actionCount = 0): ReportLine => ({
  ...nothing,
  id,
  code: id,
  label,
  actionCount,
  completedCount: 0,
  lateCount: 0,
  averageProgress: null,
  partnerCount: 0,
  beneficiaries: [],
});

const police = {
  organisationId: "police",
  name: "Zone de police",
  role: "contributor",
  state: "agreed",
  agreementId: null,
} as const;
const nonprofit = { ...police, organisationId: "asbl", name: "ASBL Les Deux Rives" };

const action = (actionId: string, more: Partial<ReportAction>): ReportAction => ({
  ...nothing,
  actionId,
  title: actionId,
  code: null,
  axisId: null,
  themeId: null,
  rightIds: [],
  delivery: null,
  status: "inProgress",
  progress: null,
  isLate: false,
  health: "good",
  healthReason: null,
  statusRemark: null,
  targetGroups: [],
  partners: [],
  beneficiaries: [],
  ...more,
});

/** Two actions: one with axis, theme and two rights, one that says nothing of itself. */
export const sampleReport: Report = {
  plan: { id: "pcs", title: "PCS" },
  period: {
    id: "period",
    code: "2020-2025",
    startsOn: "2020-01-01",
    endsOn: "2026-12-31",
    endCertainty: "confirmed",
    endSource: null,
    withoutPeriodFrom: null,
    localSharePercent: 25,
    isDiagnosticRequired: false,
  },
  carriers: [],
  accountingFunctions: [],
  committee: [],
  agreements: [],
  actions: [
    action("permis", {
      axisId: "1",
      themeId: "1.3",
      rightIds: ["training", "mobility"],
      partners: [police, nonprofit],
    }),
    action("potager", { partners: [nonprofit] }),
  ],
  axes: [line("1", "Travail", 1), line("2", "Logement")],
  themes: [line("1.3", "Formation", 1), line("2.1", "Accès au logement")],
  rights: [line("health", "Santé"), line("training", "Formation", 1), line("mobility", "Mobilité", 1)],
  codes: [],
  beneficiaries: [],
  total: nothing,
  years: [],
  localShares: [],
};
