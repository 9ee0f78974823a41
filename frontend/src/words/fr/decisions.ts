export const decisions = {
  heading: "Décisions",
  add: "Ajouter une décision",
  addTitle: "Nouvelle décision",
  by: "{{organ}}, le {{day}}",
  referenceHint: "Par exemple « Collège 2026-03-02, point 14 ».",
  read: "Lire la délibération",
  noneTitle: "Aucune décision",
  none: "Aucune décision n’est encore encodée pour cette action.",
  added: "La décision a été ajoutée.",
  saved: "La décision a été modifiée.",
  removed: "La décision a été supprimée.",
  restored: "La décision est revenue.",
} as const;
