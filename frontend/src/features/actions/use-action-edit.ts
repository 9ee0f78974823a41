import { useApi } from "@/api/acting";
import { answer, ifVersion } from "@/api/client";
import type { Schemas } from "@/api/contract";
import { useEdit } from "@/editing/use-edit";
import { useFieldName, useNames, useValueWords } from "@/editing/use-names";
import { useWords } from "@/words";
import { actionKey } from "./use-action";

/** A change of any fields of an action, seen at once. */
export function useActionEdit(actionId: string, onDone: () => void) {
  const { api, actor } = useApi();
  const { t } = useWords();
  const words = useValueWords(useNames());
  const name = useFieldName();
  return useEdit<Schemas["Action"]>({
    read: () => answer(api.GET("/pst/v1/actions/{actionId}", { params: { path: { actionId } } })),
    patch: (_, body, version) =>
      answer(
        api.PATCH("/pst/v1/actions/{actionId}", {
          params: { path: { actionId }, header: ifVersion(version) },
          body,
        }),
      ),
    name,
    words,
    said: t("actions.saved"),
    irrevocable: ["plannedEnd"],
    shownIn: actionKey(actor, actionId),
    onDone,
  });
}
