export const decisions = {
  heading: "Beschlüsse",
  add: "Beschluss hinzufügen",
  addTitle: "Neuer Beschluss",
  by: "{{organ}}, am {{day}}",
  referenceHint: "Zum Beispiel „Kollegium 2026-03-02, Punkt 14“.",
  read: "Den Beschluss lesen",
  noneTitle: "Kein Beschluss",
  none: "Für diese Maßnahme ist noch kein Beschluss erfasst.",
  added: "Der Beschluss wurde hinzugefügt.",
  saved: "Der Beschluss wurde geändert.",
  removed: "Der Beschluss wurde gelöscht.",
  restored: "Der Beschluss ist wieder da.",
} as const;
