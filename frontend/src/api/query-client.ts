import { QueryCache, QueryClient } from "@tanstack/react-query";
import { isSignedOut, Problem } from "./problem";

export const sessionKey = ["session"] as const;

/** One memory of what the service answered; a lost session empties it. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (isSignedOut(error)) queryClient.setQueryData(sessionKey, null);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays a refusal; a failure on the way is tried once more.
      retry: (count, error) =>
        count < 1 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
    },
  },
});
