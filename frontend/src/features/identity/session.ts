import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { answer, apiFor } from "@/api/client";
import type { Schemas } from "@/api/contract";
import { isSignedOut } from "@/api/problem";
import { sessionKey } from "@/api/query-client";

export type Me = Schemas["WhoAmI"];

/** Who is signed in; null for nobody. */
export function useSession(): UseQueryResult<Me | null> {
  return useQuery({
    queryKey: sessionKey,
    staleTime: 300_000,
    queryFn: async (): Promise<Me | null> => {
      try {
        return await answer(apiFor().GET("/auth/session"));
      } catch (error) {
        if (isSignedOut(error)) return null;
        throw error;
      }
    },
  });
}

export const signIn = (email: string, password: string): Promise<Me> =>
  answer(apiFor().POST("/auth/session", { body: { email, password } }));

export async function signOut(): Promise<void> {
  await apiFor().DELETE("/auth/session");
}

/** The word that names a workspace in its addresses: its NIS code, or its short name where it has none. */
export const placeName = (place: Schemas["WorkspacePlace"]): string => String(place.nis ?? place.slug);
