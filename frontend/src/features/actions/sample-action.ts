import type { ActionView } from "./action-view";
import type { Difference } from "./ConflictDialog";

export const sampleAction: ActionView = {
  id: "sample-action",
  code: "1.2.1",
  title: "Ouvrir un abri de jour pour les personnes sans logement",
  status: "inProgress",
  progress: 60,
  health: "atRisk",
  healthReason: "Le permis d’aménagement est attendu depuis juin.",
  priority: 1,
  start: "2025-09-01",
  due: "2026-10-31",
  isLate: true,
  description:
    "Un lieu ouvert chaque jour de 9 à 17 heures, sans rendez-vous, où les personnes sans logement trouvent un repas chaud, une douche, un casier et quelqu’un à qui parler.\n\nL’abri occupe le rez-de-chaussée de l’ancienne poste. Le CPAS l’anime avec le Relais social ; la commune met le bâtiment à disposition et l’aménage. La fréquentation est comptée chaque jour, sans aucune donnée personnelle.",
  mandatary: "Présidente du CPAS",
  lead: "Chef de projet PCS",
  units: ["Service Cohésion sociale", "Service Travaux"],
  partners: [
    { name: "CPAS", role: "pilote" },
    { name: "Relais social", role: "contributeur" },
    { name: "SPW Intérieur et Action sociale", role: "financeur" },
  ],
  placements: [
    { plan: "PST 2024-2030", path: "OS 1 › OO 1.2 Garantir un logement décent à tous", isPrincipal: true },
    { plan: "PCS 2020-2026", path: "Axe 2 › 2.6.02 Abri de jour", isPrincipal: false },
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
      source: "Wallonie (PCS)",
      planned: "42000.00",
      committed: "42000.00",
      spent: "40318.55",
    },
    {
      id: "b2",
      year: 2026,
      source: "Wallonie (PCS)",
      planned: "58500.00",
      committed: "31200.00",
      spent: "18760.40",
    },
    { id: "b3", year: 2026, source: "Commune", planned: "14625.00", committed: "9000.00", spent: "4210.00" },
  ],
  budgetTotal: { planned: "115125.00", committed: "82200.00", spent: "63288.95" },
  history: [
    { id: "h1", who: "Chef de projet PCS", when: "2026-11-12", what: "L’avancement passe de 50 % à 60 %." },
    {
      id: "h2",
      who: "Chef de projet PCS",
      when: "2026-10-02",
      what: "L’action est signalée à risque : le permis d’aménagement est attendu depuis juin.",
    },
    {
      id: "h3",
      who: "Directrice générale",
      when: "2025-09-01",
      what: "L’action passe de « À démarrer » à « En cours ».",
    },
  ],
  permitted: ["update", "print"],
  nextStatuses: ["waiting", "suspended", "completed", "cancelled"],
};

export const sampleDifferences: readonly Difference[] = [
  { field: "progress", name: "Avancement", yours: "70 %", theirs: "65 %" },
  { field: "due", name: "Échéance", yours: "31 janvier 2027", theirs: "31 décembre 2026" },
];
