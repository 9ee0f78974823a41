import { type FormEvent, useState } from "react";
import { useApi } from "@/api/acting";
import { answer, everyItem, idempotencyHeader, ifVersion } from "@/api/client";
import type { Schemas } from "@/api/contract";
import { Refusal } from "@/editing/FieldsForm";
import { type Mutation, type Rows, useRows } from "@/editing/use-rows";
import { shareWords } from "@/marks/formats";
import { StatusMark } from "@/marks/marks";
import { Button } from "@/ui/Button";
import { Link } from "@/ui/Link";
import { TextField } from "@/ui/TextField";
import { useWords } from "@/words";

type Action = Schemas["Action"];

/** The actions below this one. */
export function useSubActions(actionId: string) {
  const { api, actor } = useApi();
  return useRows<Action>([actor, "subActions", actionId], () =>
    everyItem((page) => api.GET("/pst/v1/actions", { params: { query: { ...page, parentId: [actionId] } } })),
  );
}

export interface SubActionsProps {
  action: Action;
  subActions: Rows<Action>;
  hrefOf: (actionId: string) => string;
}

/** What an action is divided into, each part with a sheet of its own. */
export function SubActions({ action, subActions, hrefOf }: SubActionsProps) {
  const { t, locale } = useWords();
  const { perform, refused, dismiss } = subActions;
  const rows = subActions.rows ?? [];
  const mayAdd = action.permitted.includes("createAction");
  const add = useNewSubAction(action);
  if (rows.length === 0 && !mayAdd) return null;
  return (
    <section className="sheet-part" aria-labelledby="sub-actions-heading">
      <h2 id="sub-actions-heading">{t("sheet.subActions")}</h2>
      {refused && <Refusal problem={refused} onDismiss={dismiss} />}
      {rows.length > 0 && (
        <ul className="sub-actions">
          {rows.map((row) => (
            <li key={row.id}>
              <Link href={hrefOf(row.id)}>{row.title}</Link>
              <span className="cluster">
                <StatusMark status={row.status} />
                {row.progress !== null && <span className="numeric">{shareWords(row.progress, locale)}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {mayAdd && <AddSubAction onAdd={(title) => void perform(add(title))} />}
    </section>
  );
}

function AddSubAction({ onAdd }: { onAdd: (title: string) => void }) {
  const { t } = useWords();
  const [title, setTitle] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === "") return;
    onAdd(title.trim());
    setTitle("");
  };
  return (
    <form className="tasks-add no-print" onSubmit={send}>
      <TextField
        label={t("sheet.newSubAction")}
        hint={t("sheet.newSubActionHint")}
        value={title}
        onChange={setTitle}
        maxLength={500}
      />
      <Button type="submit" icon="add">
        {t("editing.add")}
      </Button>
    </form>
  );
}

/** A sub-action begins as a draft, carried by those who carry the action above it. */
function useNewSubAction(action: Action) {
  const { api } = useApi();
  const { t } = useWords();
  const remove = (made: Action): Mutation<Action> => ({
    show: (rows) => rows.filter((row) => row.id !== made.id),
    send: async () => {
      await api.DELETE("/pst/v1/actions/{actionId}", {
        params: { path: { actionId: made.id }, header: ifVersion(made.version) },
      });
      return undefined;
    },
    said: t("sheet.subActionRemoved", { title: made.title }),
  });
  return (title: string): Mutation<Action> => ({
    show: (rows) => rows,
    send: () =>
      answer(
        api.POST("/pst/v1/actions", {
          params: { header: idempotencyHeader() },
          body: {
            title,
            parentId: action.id,
            organisationId: action.organisationId,
            department: action.department,
            responsibilities: action.responsibilities ?? [],
          },
        }),
      ),
    said: t("sheet.subActionAdded", { title }),
    undo: (saved) => remove(saved as Action),
  });
}
