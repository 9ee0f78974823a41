import type { ActionStatus, Health } from "@/marks/statuses";

/** An action as its sheet shows it. */
export interface ActionView {
  id: string;
  code: string;
  title: string;
  status: ActionStatus;
  progress: number | null;
  health: Health;
  healthReason: string | null;
  priority: 0 | 1 | 2 | 3;
  start: string | null;
  due: string | null;
  isLate: boolean;
  description: string;
  mandatary: string | null;
  lead: string | null;
  units: readonly string[];
  partners: readonly { name: string; role: string }[];
  placements: readonly { plan: string; path: string; isPrincipal: boolean }[];
  marks: readonly { code: string; name: string }[];
  tasks: readonly { id: string; title: string; assignee: string; due: string | null; isDone: boolean }[];
  budget: readonly {
    id: string;
    year: number;
    source: string;
    planned: string;
    committed: string;
    spent: string;
  }[];
  budgetTotal: { planned: string; committed: string; spent: string };
  history: readonly { id: string; who: string; when: string; what: string }[];
  permitted: readonly ("update" | "print")[];
  /** Where the status may go from here, as the service says. */
  nextStatuses: readonly ActionStatus[];
}

/** What one « Mettre à jour » says. */
export interface ActionUpdate {
  status: ActionStatus;
  progress: number | null;
  comment: string;
  isBlocked: boolean;
  reason: string;
}
