import { useState } from "react";
import type { Schemas } from "@/api/contract";
import { Refusal } from "@/editing/FieldsForm";
import { EditConflict, FormPanel } from "@/editing/FormPanel";
import { type Changes, changedFields } from "@/editing/use-edit";
import { useNames } from "@/editing/use-names";
import type { Rows } from "@/editing/use-rows";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { useWords } from "@/words";
import { FollowUpNote } from "./FollowUpNote";
import { type FollowUp, useFollowUpForm } from "./use-follow-ups";
import "./followups.css";

export interface FollowUpsTabProps {
  action: Schemas["Action"];
  followUps: Rows<FollowUp>;
}

const standing = ["status", "progress", "health", "healthReason"] as const;

/** How the action went: dated notes, each with how the action stood that day, and who reads it. */
export function FollowUpsTab({ action, followUps }: FollowUpsTabProps) {
  const { t } = useWords();
  const [open, setOpen] = useState<FollowUp | "new" | null>(null);
  const [isAdding, setAdding] = useState(false);
  const form = useFollowUpForm(action, () => setOpen(null));
  const names = useNames();
  const notes = followUps.rows ?? [];
  const mayAdd = action.permitted.includes("createFollowUp");
  const close = () => {
    form.edit.reset();
    followUps.dismiss();
    setOpen(null);
  };
  const save = async (said: Changes) => {
    if (open !== "new") {
      if (open) form.edit.save(open, said);
      return;
    }
    setAdding(true);
    // A note that says how the action already stands has nothing to set.
    const sets = standing.some((field) => Object.hasOwn(changedFields({ ...action }, said), field));
    if (await followUps.perform(form.mutations.add({ ...said, isSet: said.isSet === true && sets })))
      setOpen(null);
    setAdding(false);
  };
  const add = mayAdd && (
    <Button icon="add" variant="primary" onPress={() => setOpen("new")}>
      {t("followups.add")}
    </Button>
  );
  return (
    <section className="sheet-part" aria-labelledby="followups-heading">
      <div className="sheet-part-head">
        <h2 id="followups-heading">{t("followups.heading")}</h2>
        {notes.length > 0 && add}
      </div>
      {followUps.refused && open === null && (
        <Refusal problem={followUps.refused} onDismiss={followUps.dismiss} />
      )}
      {notes.length === 0 ? (
        <EmptyState icon="comment" title={t("followups.noneTitle")} headingLevel={3} action={add}>
          {t(mayAdd ? "followups.noneAdd" : "followups.none")}
        </EmptyState>
      ) : (
        <ol className="notes">
          {notes.map((note) => (
            <FollowUpNote
              key={note.id}
              note={note}
              author={names.get(note.authorPersonId ?? "")}
              onEdit={() => setOpen(note)}
              onRemove={() => void followUps.perform(form.mutations.remove(note))}
            />
          ))}
        </ol>
      )}
      {open !== null && (
        <FormPanel
          title={t(open === "new" ? "followups.addTitle" : "followups.editTitle")}
          fields={open === "new" ? form.adding : form.fieldsFor(open)}
          values={open === "new" ? form.initial : { ...open }}
          saveLabel={t("editing.save")}
          isSaving={isAdding || form.edit.isSaving}
          problem={open === "new" ? followUps.refused : form.edit.problem}
          onSave={(said) => void save(said)}
          onClose={close}
        />
      )}
      <EditConflict edit={form.edit} />
    </section>
  );
}
