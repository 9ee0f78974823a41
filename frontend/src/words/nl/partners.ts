export const partners = {
  title: "Mijn acties",
  lead: "De acties waaraan uw organisatie deelneemt, per gemeente.",
  noneTitle: "Voorlopig geen actie",
  noneText: "Nog geen enkele gemeente betrekt uw organisatie bij een actie.",
  noOrganisation: "Uw account is aan geen partnerorganisatie verbonden.",
  updateNamed: "‘{{name}}’ bijwerken",
} as const;
