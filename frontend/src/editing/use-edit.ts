import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "@/api/acting";
import { isStale, Problem } from "@/api/problem";
import { showToast } from "@/ui/toasts";
import { useWords } from "@/words";
import type { Difference } from "./ConflictDialog";
import type { Row } from "./use-rows";

export type Changes = Record<string, unknown>;

export interface EditOptions<T extends Row> {
  read: (id: string) => Promise<T>;
  patch: (id: string, changes: Changes, version: number) => Promise<T>;
  name: (field: string) => string;
  /** A value in words, for those who must choose between two. */
  words: (field: string, value: unknown) => string;
  said: string;
  /** Fields that come back by another update only, such as a status with its reason. */
  irrevocable?: readonly string[];
  /** Where the document is remembered: there the change is seen at once, before it is answered. */
  shownIn?: QueryKey;
  onDone: () => void;
}

interface Conflict {
  base: Row & Changes;
  changes: Changes;
  /** The version that was saved meanwhile: the next attempt answers to it. */
  version: number;
  differences: readonly Difference[];
}

/** Arrays are replaced whole, and equal when they say the same. */
export const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** What differs from what was read: a field that nobody touched is not sent, and cannot overwrite anybody. */
export const changedFields = (base: Changes, said: Changes): Changes =>
  Object.fromEntries(Object.entries(said).filter(([field, value]) => !isSame(base[field], value)));

/** One change of a document: only what was touched is sent; what somebody else changed meanwhile is put to the reader. */
export function useEdit<T extends Row>(options: EditOptions<T>) {
  const { actor } = useApi();
  const client = useQueryClient();
  const { t } = useWords();
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const words = (field: string, value: unknown) =>
    value === null || value === undefined || value === "" || isSame(value, [])
      ? t("editing.nothing")
      : options.words(field, value);

  async function show(changes: object): Promise<void> {
    const { shownIn } = options;
    if (!shownIn) return;
    await client.cancelQueries({ queryKey: shownIn, exact: true });
    client.setQueryData<object>(shownIn, (shown) => shown && { ...shown, ...changes });
  }

  async function send(base: Row & Changes, changes: Changes, version: number, isUndo = false): Promise<void> {
    setSaving(true);
    setProblem(null);
    await show(changes);
    try {
      const saved = await options.patch(base.id, changes, version);
      await show(saved);
      setConflict(null);
      options.onDone();
      await client.invalidateQueries({ queryKey: [actor] });
      const kept = Object.keys(changes);
      const before = Object.fromEntries(kept.map((field) => [field, base[field] ?? null]));
      const mayUndo = !isUndo && !kept.some((field) => options.irrevocable?.includes(field));
      showToast(options.said, mayUndo ? { undo: () => void send(base, before, saved.version, true) } : {});
    } catch (error) {
      if (options.shownIn) await client.invalidateQueries({ queryKey: options.shownIn, exact: true });
      if (isStale(error)) await compare(base, changes);
      else setProblem(error instanceof Problem ? error : new Problem(0, {}));
    } finally {
      setSaving(false);
    }
  }

  /** Reads what is saved now: fields that both changed are put side by side; if there are none, nothing stands in the way. */
  async function compare(base: Row & Changes, changes: Changes): Promise<void> {
    const theirs = (await options.read(base.id)) as T & Changes;
    const differences = Object.keys(changes)
      .filter((field) => !isSame(theirs[field], base[field]) && !isSame(theirs[field], changes[field]))
      .map((field) => ({
        field,
        name: options.name(field),
        yours: words(field, changes[field]),
        theirs: words(field, theirs[field]),
      }));
    if (differences.length > 0) setConflict({ base, changes, version: theirs.version, differences });
    else await send(base, changes, theirs.version);
  }

  const settle = (keptFields: readonly string[]) => {
    if (!conflict) return;
    const disputed = new Set(conflict.differences.map((one) => one.field));
    const changes = Object.fromEntries(
      Object.entries(conflict.changes).filter(
        ([field]) => !disputed.has(field) || keptFields.includes(field),
      ),
    );
    if (Object.keys(changes).length > 0) void send(conflict.base, changes, conflict.version);
    else {
      setConflict(null);
      options.onDone();
      void client.invalidateQueries({ queryKey: [actor] });
    }
  };

  return {
    /** Saves what `said` says otherwise than `base`, the document as its author saw it. */
    save: (base: T, said: Changes) => {
      const changes = changedFields(base as T & Changes, said);
      if (Object.keys(changes).length > 0) void send(base as T & Changes, changes, base.version);
      else options.onDone();
    },
    isSaving,
    problem,
    conflict,
    settle,
    reset: () => {
      setProblem(null);
      setConflict(null);
    },
  };
}

export type Edit = ReturnType<typeof useEdit<Row>>;
