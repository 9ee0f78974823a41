import { useApi } from "@/api/acting";
import { answer, ifVersion } from "@/api/client";
import { useEdit } from "@/editing/use-edit";
import type { Row } from "@/editing/use-rows";
import { shareWords } from "@/marks/formats";
import { healths, statuses } from "@/marks/statuses";
import { useWords } from "@/words";
import {
  type ActionUpdate,
  type ActionView,
  fieldWords,
  type UpdateField,
  updateFields,
} from "./action-view";

type Updatable = Pick<ActionView, "id" | "title" | "version" | "nextStatuses"> & ActionUpdate;

const isField = (name: string): name is UpdateField => (updateFields as readonly string[]).includes(name);

/** One update of an action: status, progress, health, a remark. */
export function useActionUpdate(action: Updatable, onDone: () => void) {
  const { api } = useApi();
  const { t, locale } = useWords();
  const edit = useEdit<Row & ActionUpdate>({
    read: (actionId) => answer(api.GET("/pst/v1/actions/{actionId}", { params: { path: { actionId } } })),
    patch: (actionId, changes, version) =>
      answer(
        api.PATCH("/pst/v1/actions/{actionId}", {
          params: { path: { actionId }, header: ifVersion(version) },
          body: changes,
        }),
      ),
    name: (field) => (isField(field) ? t(fieldWords[field]) : field),
    words: (field, value) => {
      if (field === "status") return t(statuses[value as ActionUpdate["status"]].word);
      if (field === "health") return t(healths[value as ActionUpdate["health"]].word);
      if (field === "progress") return shareWords(Number(value), locale);
      return String(value);
    },
    said: t("actions.saved"),
    // A move of status is not always open the other way, or wants a reason: it is taken back by another update.
    irrevocable: ["status"],
    onDone,
  });
  const refusals = (edit.problem?.issues ?? []).flatMap((issue) =>
    isField(issue.name) ? [{ field: issue.name, message: issue.detail }] : [],
  );
  return {
    ...edit,
    save: (update: ActionUpdate) => edit.save(action, update),
    refusals,
    /** What cannot be said beside a field. */
    problem: refusals.length > 0 ? null : edit.problem,
  };
}
