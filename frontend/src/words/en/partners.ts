export const partners = {
  title: "My actions",
  lead: "The actions in which your organisation takes part, commune by commune.",
  noneTitle: "No action for now",
  noneText: "No commune has associated your organisation with an action yet.",
  noOrganisation: "Your account belongs to no partner organisation.",
  updateNamed: "Update “{{name}}”",
} as const;
