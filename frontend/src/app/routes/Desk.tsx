import { QueryClientProvider } from "@tanstack/react-query";
import { Navigate, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { queryClient } from "@/api/query-client";
import { useSession } from "@/features/identity/session";
import { Skeleton } from "@/ui/Skeleton";
import { useWords } from "@/words";
import { MeContext } from "../me";
import { Trouble } from "../Trouble";

/** Everything behind the door. Nobody signed in is led to the door, and back here afterwards. */
export function Desk() {
  const { language } = useWords();
  const spoken = useRef(language);
  useEffect(() => {
    // Labels come from the service in the reader's language.
    if (spoken.current !== language) void queryClient.invalidateQueries();
    spoken.current = language;
  }, [language]);
  return (
    <QueryClientProvider client={queryClient}>
      <Doorkeeper />
    </QueryClientProvider>
  );
}

function Doorkeeper() {
  const session = useSession();
  const { href, pathname } = useLocation();
  if (session.isPending) {
    return (
      <main className="plain-page">
        <Skeleton lines={4} />
      </main>
    );
  }
  if (session.data) {
    return (
      <MeContext value={session.data}>
        <Outlet />
      </MeContext>
    );
  }
  if (session.error) {
    return (
      <main className="plain-page">
        <Trouble error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  // On the way to the door the address is already the door's: it is nowhere to come back to.
  if (pathname === "/connexion") return null;
  return <Navigate to="/connexion" search={pathname === "/" ? {} : { retour: href }} replace />;
}
