export const decisions = {
  heading: "Beslissingen",
  add: "Beslissing toevoegen",
  addTitle: "Nieuwe beslissing",
  by: "{{organ}}, op {{day}}",
  referenceHint: "Bijvoorbeeld ‘College 2026-03-02, punt 14’.",
  read: "De beslissing lezen",
  noneTitle: "Geen beslissing",
  none: "Voor deze actie is nog geen beslissing ingevoerd.",
  added: "De beslissing is toegevoegd.",
  saved: "De beslissing is gewijzigd.",
  removed: "De beslissing is verwijderd.",
  restored: "De beslissing is terug.",
} as const;
