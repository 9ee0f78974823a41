import { type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useApi } from "@/api/acting";
import { isForbidden, Problem } from "@/api/problem";
import { showToast } from "@/ui/toasts";

export interface Row {
  id: string;
  version: number;
}

/** One change of a list: how it looks at once, how it is sent, what is said of it, how it is taken back. */
export interface Mutation<T extends Row> {
  show: (rows: readonly T[]) => readonly T[];
  /** `now` gives a row as it was last answered, with its version. Answers the row as saved, where there is one. */
  send: (now: (id: string) => T) => Promise<T | undefined>;
  said: string;
  /** The row shown until the service has answered with the one it made. */
  draftId?: string;
  undo?: (saved: T | undefined) => Mutation<T>;
}

export interface Rows<T extends Row> {
  /** undefined: on its way; null: not for this reader, which differs from an empty list. */
  rows: readonly T[] | null | undefined;
  error: unknown;
  retry: () => void;
  /** Shown at once, sent in order; what was refused comes back. Answers whether it was done. */
  perform: (mutation: Mutation<T>) => Promise<boolean>;
  refused: Problem | null;
  dismiss: () => void;
}

/** A list that hangs on something, and what is done with it. */
export function useRows<T extends Row>(key: QueryKey, list: () => Promise<T[]>): Rows<T> {
  const { actor } = useApi();
  const client = useQueryClient();
  const [refused, setRefused] = useState<Problem | null>(null);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  const query = useQuery({
    queryKey: key,
    queryFn: async (): Promise<readonly T[] | null> => {
      try {
        return await list();
      } catch (error) {
        if (isForbidden(error)) return null;
        throw error;
      }
    },
  });

  const change = (edit: (rows: readonly T[]) => readonly T[]) =>
    client.setQueryData<readonly T[] | null>(key, (rows) => edit(rows ?? []));

  const now = (id: string): T => {
    const row = client.getQueryData<readonly T[]>(key)?.find((one) => one.id === id);
    if (!row) throw new Problem(404, { type: "urn:problem-type:belgif:resourceNotFound" });
    return row;
  };

  async function perform(mutation: Mutation<T>, isUndo = false): Promise<boolean> {
    waiting.current += 1;
    setRefused(null);
    await client.cancelQueries({ queryKey: key });
    change(mutation.show);
    const turn = queue.current.then(() => mutation.send(now));
    queue.current = turn.catch(() => undefined);
    try {
      const saved = await turn;
      if (saved)
        change((rows) =>
          rows.map((row) => (row.id === saved.id || row.id === mutation.draftId ? saved : row)),
        );
      const { undo } = mutation;
      showToast(mutation.said, undo && !isUndo ? { undo: () => void perform(undo(saved), true) } : {});
      return true;
    } catch (error) {
      setRefused(error instanceof Problem ? error : new Problem(0, {}));
      return false;
    } finally {
      waiting.current -= 1;
      // Not waited for: a form that was refused may be sent again, and a panel closes, before all is read anew.
      if (waiting.current === 0) void client.invalidateQueries({ queryKey: [actor] });
    }
  }

  return {
    rows: query.data,
    error: query.error,
    retry: () => void query.refetch(),
    perform: (mutation) => perform(mutation),
    refused,
    dismiss: () => setRefused(null),
  };
}
