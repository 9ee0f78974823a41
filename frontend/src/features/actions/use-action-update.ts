import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "@/api/acting";
import { answer, ifVersion } from "@/api/client";
import { isStale, Problem } from "@/api/problem";
import { shareWords } from "@/marks/formats";
import { healths, statuses } from "@/marks/statuses";
import { tell } from "@/ui/toasts";
import { useWords } from "@/words";
import {
  type ActionUpdate,
  type ActionView,
  changesIn,
  fieldWords,
  type UpdateField,
  updateFields,
} from "./action-view";
import type { Difference } from "./ConflictDialog";

type Updatable = Pick<ActionView, "id" | "title" | "version" | "nextStatuses"> & ActionUpdate;
type Changes = Partial<ActionUpdate>;

interface Conflict {
  changes: Changes;
  /** The version that was saved meanwhile: the next attempt answers to it. */
  version: number;
  differences: readonly Difference[];
}

const isField = (name: string): name is UpdateField => (updateFields as readonly string[]).includes(name);

/** One update of an action: only what was changed is sent; what somebody else changed meanwhile is put to the reader. */
export function useActionUpdate(action: Updatable | undefined, onDone: () => void) {
  const { api, actor } = useApi();
  const { t, locale } = useWords();
  const client = useQueryClient();
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);

  const words = (field: UpdateField, value: ActionUpdate[UpdateField] | undefined): string => {
    if (value === null || value === undefined || value === "") return t("actions.nothing");
    if (field === "status") return t(statuses[value as ActionUpdate["status"]].word);
    if (field === "health") return t(healths[value as ActionUpdate["health"]].word);
    if (field === "progress") return shareWords(Number(value), locale);
    return String(value);
  };

  const refresh = () => client.invalidateQueries({ queryKey: [actor] });
  const path = { actionId: action?.id ?? "" };
  const patch = (changes: Changes, version: number) =>
    answer(
      api.PATCH("/pst/v1/actions/{actionId}", {
        params: { path, header: ifVersion(version) },
        body: changes,
      }),
    );

  async function send(changes: Changes, version: number, isUndo = false): Promise<void> {
    if (!action) return;
    setSaving(true);
    setProblem(null);
    try {
      const saved = await patch(changes, version);
      setConflict(null);
      onDone();
      await refresh();
      const before = Object.fromEntries(
        Object.keys(changes)
          .filter(isField)
          .filter((field) => field !== "statusReason")
          .map((field) => [field, action[field]]),
      );
      // A move of status is not always open the other way, or wants a reason: it is taken back by another update.
      const mayUndo = !isUndo && changes.status === undefined;
      tell(t("actions.saved"), mayUndo ? { undo: () => void send(before, saved.version, true) } : {});
    } catch (error) {
      if (isStale(error)) await compare(changes);
      else setProblem(error instanceof Problem ? error : new Problem(0, {}));
    } finally {
      setSaving(false);
    }
  }

  /** Reads what is saved now: fields that both changed are put side by side; if there are none, nothing stands in the way. */
  async function compare(changes: Changes): Promise<void> {
    if (!action) return;
    const theirs = await answer(api.GET("/pst/v1/actions/{actionId}", { params: { path } }));
    const differences = Object.keys(changes)
      .filter(isField)
      .filter((field) => theirs[field] !== action[field] && theirs[field] !== changes[field])
      .map((field) => ({
        field,
        name: t(fieldWords[field]),
        yours: words(field, changes[field]),
        theirs: words(field, theirs[field]),
      }));
    if (differences.length > 0) setConflict({ changes, version: theirs.version, differences });
    else await send(changes, theirs.version);
  }

  const settle = (keptFields: readonly string[]) => {
    if (!conflict) return;
    const given = conflict.differences.map((one) => one.field);
    const changes = Object.fromEntries(
      Object.entries(conflict.changes).filter(
        ([field]) => !given.includes(field) || keptFields.includes(field),
      ),
    );
    if (Object.keys(changes).length > 0) void send(changes, conflict.version);
    else {
      setConflict(null);
      onDone();
      void refresh();
    }
  };

  const refusals = [
    ...(problem?.issues ?? []).flatMap((issue) =>
      isField(issue.name) ? [{ field: issue.name, message: issue.detail }] : [],
    ),
  ];
  return {
    save: (update: ActionUpdate) => {
      if (!action) return;
      const changes = changesIn(action, update);
      if (Object.keys(changes).length > 0) void send(changes, action.version);
      else onDone();
    },
    isSaving,
    refusals,
    /** What cannot be said beside a field. */
    problem: refusals.length > 0 ? null : problem,
    conflict,
    settle,
    reset: () => {
      setProblem(null);
      setConflict(null);
    },
  };
}
