export interface Toast {
  id: number;
  message: string;
  tone: "success" | "error";
  undo?: () => void;
}

/** How long a message stays, and how long what it tells can be undone: ten seconds. */
export const toastLifeMs = 10_000;

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Tells that something was done, and offers to undo it while the message stays. */
export function showToast(message: string, options: { tone?: Toast["tone"]; undo?: () => void } = {}): void {
  const toast: Toast = { id: nextId++, message, tone: options.tone ?? "success" };
  publish([...toasts.slice(-2), options.undo ? { ...toast, undo: options.undo } : toast]);
}

export const dismissToast = (id: number): void => publish(toasts.filter((toast) => toast.id !== id));
export const currentToasts = (): readonly Toast[] => toasts;

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
