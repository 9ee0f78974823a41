import { createContext, type ReactNode, use } from "react";
import { type Api, apiFor } from "./client";
import type { Actor } from "./contract";

const ActingContext = createContext<Actor | null>(null);

/** Everything inside is asked in the name of one workspace or organisation. */
export function ActingAs({ actor, children }: { actor: Actor; children: ReactNode }) {
  return <ActingContext value={actor}>{children}</ActingContext>;
}

/** The client of this part of the page, and in whose name it asks: the first word of every query key. */
export function useApi(): { api: Api; actor: Actor } {
  const actor = use(ActingContext);
  if (actor === null) throw new Error("useApi needs an ActingAs around it");
  return { api: apiFor(actor), actor };
}
