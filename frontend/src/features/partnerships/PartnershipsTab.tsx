import { useState } from "react";
import { useOrganisationNames } from "@/api/reference-data";
import { Refusal } from "@/editing/FieldsForm";
import { EditConflict, FormPanel } from "@/editing/FormPanel";
import type { Changes } from "@/editing/use-edit";
import type { Rows } from "@/editing/use-rows";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { useWords } from "@/words";
import { PartnershipRow } from "./PartnershipRow";
import { type Partnership, usePartnershipForm } from "./use-partnerships";
import "./partnerships.css";

export interface PartnershipsTabProps {
  actionId: string;
  partnerships: Rows<Partnership>;
  mayAdd: boolean;
}

/** Who takes part in an action, in which role, how far that is agreed, and who may report. */
export function PartnershipsTab({ actionId, partnerships, mayAdd }: PartnershipsTabProps) {
  const { t } = useWords();
  const rows = partnerships.rows ?? [];
  const names = useOrganisationNames(rows.map((row) => row.organisationId));
  const [open, setOpen] = useState<Partnership | "new" | null>(null);
  const [isAdding, setAdding] = useState(false);
  const taken = new Set(rows.map((row) => row.organisationId));
  const form = usePartnershipForm(actionId, taken, () => setOpen(null));
  const nameOf = (row: Partnership) => names.get(row.organisationId) ?? "…";
  const close = () => {
    form.edit.reset();
    partnerships.dismiss();
    setOpen(null);
  };
  const save = async (said: Changes) => {
    if (open !== "new") {
      if (open) form.edit.save(open, said);
      return;
    }
    setAdding(true);
    if (await partnerships.perform(form.mutations.add(said))) setOpen(null);
    setAdding(false);
  };
  const act = (entry: string, row: Partnership) => {
    if (entry === "edit") setOpen(row);
    else if (entry === "remove") void partnerships.perform(form.mutations.remove(row));
    else void partnerships.perform(form.mutations.turn(row, entry as Partnership["state"], nameOf(row)));
  };
  const add = mayAdd && (
    <Button icon="add" variant="primary" onPress={() => setOpen("new")}>
      {t("partnerships.add")}
    </Button>
  );
  const groups = [
    { id: "current", heading: null, rows: rows.filter((row) => row.state !== "ended") },
    { id: "ended", heading: t("partnerships.ended"), rows: rows.filter((row) => row.state === "ended") },
  ];
  return (
    <section className="sheet-part" aria-labelledby="partnerships-heading">
      <div className="sheet-part-head">
        <h2 id="partnerships-heading">{t("partnerships.heading")}</h2>
        {rows.length > 0 && add}
      </div>
      {partnerships.refused && open === null && (
        <Refusal problem={partnerships.refused} onDismiss={partnerships.dismiss} />
      )}
      {rows.length === 0 && (
        <EmptyState icon="people" title={t("partnerships.noneTitle")} headingLevel={3} action={add}>
          {t(mayAdd ? "partnerships.noneAdd" : "partnerships.none")}
        </EmptyState>
      )}
      {groups.map(
        (group) =>
          group.rows.length > 0 && (
            <div key={group.id} className="stack-wide">
              {group.heading && <h3>{group.heading}</h3>}
              <ul className="partnerships">
                {group.rows.map((row) => (
                  <PartnershipRow
                    key={row.id}
                    row={row}
                    name={nameOf(row)}
                    onMenu={(entry) => act(entry, row)}
                  />
                ))}
              </ul>
            </div>
          ),
      )}
      {open !== null && (
        <FormPanel
          title={open === "new" ? t("partnerships.addTitle") : t("editing.editOf", { name: nameOf(open) })}
          fields={open === "new" ? form.adding : form.fields}
          values={open === "new" ? { role: "contributor", state: "proposed" } : { ...open }}
          saveLabel={t("editing.save")}
          isSaving={isAdding || form.edit.isSaving}
          problem={open === "new" ? partnerships.refused : form.edit.problem}
          onSave={(said) => void save(said)}
          onClose={close}
        />
      )}
      <EditConflict edit={form.edit} />
    </section>
  );
}
