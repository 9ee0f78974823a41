import { useState } from "react";
import { Refusal } from "@/editing/FieldsForm";
import { EditConflict, FormPanel } from "@/editing/FormPanel";
import type { Changes } from "@/editing/use-edit";
import type { Rows } from "@/editing/use-rows";
import { today } from "@/marks/days";
import { dayWords } from "@/marks/formats";
import { valueWords } from "@/marks/values";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { IconButton } from "@/ui/IconButton";
import { Link } from "@/ui/Link";
import { useWords } from "@/words";
import { type Decision, useDecisionForm } from "./use-decisions";

export interface DecisionsPartProps {
  actionId: string;
  decisions: Rows<Decision>;
  mayAdd: boolean;
}

/** What the collège, the council and others decided about an action. */
export function DecisionsPart({ actionId, decisions, mayAdd }: DecisionsPartProps) {
  const { t } = useWords();
  const rows = decisions.rows ?? [];
  const [open, setOpen] = useState<Decision | "new" | null>(null);
  const [isAdding, setAdding] = useState(false);
  const form = useDecisionForm(actionId, () => setOpen(null));
  const close = () => {
    form.edit.reset();
    decisions.dismiss();
    setOpen(null);
  };
  const save = async (said: Changes) => {
    if (open !== "new") {
      if (open) form.edit.save(open, said);
      return;
    }
    setAdding(true);
    if (await decisions.perform(form.mutations.add(said))) setOpen(null);
    setAdding(false);
  };
  return (
    <section className="sheet-part" aria-labelledby="decisions-heading">
      <div className="sheet-part-head">
        <h2 id="decisions-heading">{t("decisions.heading")}</h2>
        {mayAdd && (
          <Button icon="add" onPress={() => setOpen("new")}>
            {t("decisions.add")}
          </Button>
        )}
      </div>
      {decisions.refused && open === null && (
        <Refusal problem={decisions.refused} onDismiss={decisions.dismiss} />
      )}
      {rows.length === 0 ? (
        <EmptyState icon="flag" title={t("decisions.noneTitle")} headingLevel={3}>
          {t("decisions.none")}
        </EmptyState>
      ) : (
        <ul className="sub-actions">
          {rows.map((row) => (
            <DecisionRow
              key={row.id}
              row={row}
              onEdit={() => setOpen(row)}
              onRemove={() => void decisions.perform(form.mutations.remove(row))}
            />
          ))}
        </ul>
      )}
      {open !== null && (
        <FormPanel
          title={open === "new" ? t("decisions.addTitle") : t("editing.editOf", { name: open.title })}
          fields={form.fields}
          values={
            open === "new"
              ? { organ: "college", decidedOn: today(), audience: "administration" }
              : { ...open }
          }
          saveLabel={t("editing.save")}
          isSaving={isAdding || form.edit.isSaving}
          problem={open === "new" ? decisions.refused : form.edit.problem}
          onSave={(said) => void save(said)}
          onClose={close}
        />
      )}
      <EditConflict edit={form.edit} />
    </section>
  );
}

interface DecisionRowProps {
  row: Decision;
  onEdit: () => void;
  onRemove: () => void;
}

function DecisionRow({ row, onEdit, onRemove }: DecisionRowProps) {
  const { t, locale } = useWords();
  const facts = [
    t("decisions.by", {
      organ: valueWords(t, "organ", row.organ),
      day: dayWords(row.decidedOn, locale, "long"),
    }),
    row.reference,
    row.audience && t("documents.readBy", { audience: valueWords(t, "audience", row.audience) }),
  ].filter(Boolean);
  return (
    <li>
      <div className="sheet-words">
        <strong>{row.title}</strong>
        <p className="soft">{facts.join(" · ")}</p>
        {row.note && <p className="sheet-paragraph">{row.note}</p>}
        {row.link && (
          <Link href={row.link} external>
            {t("decisions.read")}
          </Link>
        )}
      </div>
      <span className="no-print">
        {row.permitted.includes("updateDecision") && (
          <IconButton
            icon="pencil"
            size="small"
            label={t("editing.editOf", { name: row.title })}
            onPress={onEdit}
          />
        )}
        {row.permitted.includes("deleteDecision") && (
          <IconButton
            icon="trash"
            size="small"
            label={t("documents.removeOf", { name: row.title })}
            onPress={onRemove}
          />
        )}
      </span>
    </li>
  );
}
