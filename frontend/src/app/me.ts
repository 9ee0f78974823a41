import { createContext, use } from "react";
import type { Me } from "@/features/identity/session";

export const MeContext = createContext<Me | null>(null);

/** Who is signed in, on every page behind the door. */
export function useMe(): Me {
  const me = use(MeContext);
  if (me === null) throw new Error("useMe needs somebody signed in");
  return me;
}
