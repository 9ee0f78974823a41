import type { ActionView } from "./action-view";
import type { Difference } from "./ConflictDialog";

export const sampleAction: ActionView = {
  id: "sample-action",
  code: "1.2.1",
  title: "Ouvrir un abri de jour pour les personnes sans logement",
  version: 4,
  status: "inProgress",
  statusRemark: "Les plans sont déposés ; réponse attendue pour le 15 décembre.",
  statusReason: null,
  progress: 60,
  health: "atRisk",
  healthReason: "Le permis d’aménagement est attendu depuis juin.",
  priority: 1,
  start: "2025-09-01",
  due: "2026-10-31",
  isLate: true,
  description:
    "Un lieu ouvert chaque jour de 9 à 17 heures, sans rendez-vous, où les personnes sans logement trouvent un repas chaud, une douche, un casier et quelqu’un à qui parler.\n\nL’abri occupe le rez-de-chaussée de l’ancienne poste. Le CPAS l’anime avec le Relais social ; la commune met le bâtiment à disposition et l’aménage. La fréquentation est comptée chaque jour, sans aucune donnée personnelle.",
  people: {
    mandatary: "Présidente du CPAS",
    lead: "Chef de projet PCS",
    units: ["Service Cohésion sociale", "Service Travaux"],
  },
  partners: [
    { id: "p1", name: "CPAS", role: "pilot" },
    { id: "p2", name: "Relais social", role: "contributor" },
    { id: "p3", name: "SPW Intérieur et Action sociale", role: "funder" },
  ],
  placements: [
    {
      id: "pst",
      mark: "PST",
      plan: "Programme stratégique transversal 2024-2030",
      path: "1.2 Garantir un logement décent à tous",
      isPrincipal: true,
    },
    {
      id: "pcs",
      mark: "PCS",
      plan: "Plan de cohésion sociale 2020-2026",
      path: "2.6 Accueil de jour et de nuit",
      isPrincipal: false,
    },
  ],
  marks: [{ code: "PCS", name: "Plan de cohésion sociale 2020-2026" }],
  tasks: [
    {
      id: "t1",
      title: "Convention entre la commune et le CPAS",
      assignee: "Secrétariat communal",
      due: "2025-11-30",
      isDone: true,
    },
    { id: "t2", title: "Permis d’aménagement", assignee: "Urbanisme", due: "2026-06-30", isDone: false },
    {
      id: "t3",
      title: "Engagement de deux éducatrices ou éducateurs",
      assignee: "CPAS",
      due: "2027-01-31",
      isDone: false,
    },
  ],
  budget: [
    {
      id: "b1",
      year: 2025,
      nature: "expense",
      source: "wallonia",
      planned: "42000.00",
      committed: "42000.00",
      spent: "40318.55",
    },
    {
      id: "b2",
      year: 2026,
      nature: "expense",
      source: "wallonia",
      planned: "58500.00",
      committed: "31200.00",
      spent: "18760.40",
    },
    {
      id: "b3",
      year: 2026,
      nature: "expense",
      source: "municipality",
      planned: "14625.00",
      committed: "9000.00",
      spent: "4210.00",
    },
  ],
  mayUpdate: true,
  nextStatuses: ["waiting", "suspended", "completed", "cancelled"],
};

export const sampleDifferences: readonly Difference[] = [
  { field: "progress", name: "Avancement", yours: "70 %", theirs: "65 %" },
  { field: "due", name: "Échéance", yours: "31 janvier 2027", theirs: "31 décembre 2026" },
];
