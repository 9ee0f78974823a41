import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";
export type Density = "comfort" | "compact";

interface Preferences {
  theme: Theme;
  density: Density;
  /** Single-key shortcuts can disturb those who dictate: they can be turned off (WCAG 2.1.4). */
  hasShortcuts: boolean;
}

const listeners = new Set<() => void>();

function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`pst.${key}`);
  } catch {
    return null;
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`pst.${key}`, value);
  } catch {
    // Storage refused: the choice lasts for this visit.
  }
}

const storedTheme = remembered("theme");
let preferences: Preferences = {
  theme: storedTheme === "light" || storedTheme === "dark" ? storedTheme : "system",
  density: remembered("density") === "compact" ? "compact" : "comfort",
  hasShortcuts: remembered("shortcuts") !== "off",
};

/** Changes how the service looks and answers for this reader, at once and for the next visits. */
export function prefer(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change };
  const root = document.documentElement;
  if (preferences.theme === "system") delete root.dataset.theme;
  else root.dataset.theme = preferences.theme;
  root.dataset.density = preferences.density;
  remember("theme", preferences.theme);
  remember("density", preferences.density);
  remember("shortcuts", preferences.hasShortcuts ? "on" : "off");
  for (const listener of listeners) listener();
}

export const currentPreferences = (): Preferences => preferences;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, currentPreferences);
