export const decisions = {
  heading: "Decisions",
  add: "Add a decision",
  addTitle: "New decision",
  by: "{{organ}}, on {{day}}",
  referenceHint: "For example “Collège 2026-03-02, item 14”.",
  read: "Read the decision",
  noneTitle: "No decision",
  none: "No decision has been entered for this action yet.",
  added: "The decision was added.",
  saved: "The decision was changed.",
  removed: "The decision was deleted.",
  restored: "The decision is back.",
} as const;
