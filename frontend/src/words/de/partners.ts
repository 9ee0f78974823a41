export const partners = {
  title: "Meine Maßnahmen",
  lead: "Die Maßnahmen, an denen Ihre Organisation mitwirkt, Gemeinde für Gemeinde.",
  noneTitle: "Zurzeit keine Maßnahme",
  noneText: "Noch beteiligt keine Gemeinde Ihre Organisation an einer Maßnahme.",
  noOrganisation: "Ihr Konto gehört zu keiner Partnerorganisation.",
  updateNamed: "„{{name}}“ aktualisieren",
} as const;
