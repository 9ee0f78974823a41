import type { Difference } from "@/editing/ConflictDialog";
import type { ActionView } from "./action-view";

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
    mandatary: ["Présidente du CPAS"],
    lead: ["Chef de projet PCS"],
    owner: [],
    units: ["Service Cohésion sociale", "Service Travaux"],
    partnerUnits: [],
  },
  placements: [
    {
      id: "pst",
      planId: "pst",
      code: "1.2.1",
      share: 60,
      mark: "PST",
      plan: "Programme stratégique transversal 2024-2030",
      objectiveId: null,
      path: "1.2 Garantir un logement décent à tous",
      isPrincipal: true,
    },
    {
      id: "pcs",
      planId: "pcs",
      code: "2.6.02",
      share: null,
      mark: "PCS",
      plan: "Plan de cohésion sociale 2020-2026",
      objectiveId: null,
      path: "2.6 Accueil de jour et de nuit",
      isPrincipal: false,
    },
  ],
  marks: [{ code: "PCS", name: "Plan de cohésion sociale 2020-2026" }],
  mayUpdate: true,
  unchangeable: [],
  nextStatuses: ["waiting", "suspended", "completed", "cancelled"],
};

export const sampleDifferences: readonly Difference[] = [
  { field: "progress", name: "Avancement", yours: "70 %", theirs: "65 %" },
  { field: "due", name: "Échéance", yours: "31 janvier 2027", theirs: "31 décembre 2026" },
];
