import { useNavigate } from "@tanstack/react-router";
import { queryClient } from "@/api/query-client";
import { signOut } from "@/features/identity/session";

/** Leaves, and forgets everything that was read. */
export function useSignOut(): () => void {
  const navigate = useNavigate();
  return () => {
    void signOut()
      .catch(() => undefined)
      .then(() => navigate({ to: "/connexion" }))
      .then(() => queryClient.clear());
  };
}
