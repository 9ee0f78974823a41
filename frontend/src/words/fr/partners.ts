export const partners = {
  title: "Mes actions",
  lead: "Les actions auxquelles votre organisation participe, commune par commune.",
  noneTitle: "Aucune action pour le moment",
  noneText: "Aucune commune n’associe encore votre organisation à une action.",
  noOrganisation: "Votre compte n’est rattaché à aucune organisation partenaire.",
  updateNamed: "Mettre à jour « {{name}} »",
} as const;
