import { type ReactNode, useRef, useState } from "react";
import type { Schemas } from "@/api/contract";
import { FieldsForm } from "@/editing/FieldsForm";
import { EditConflict } from "@/editing/FormPanel";
import type { FieldSpec } from "@/editing/fields";
import type { Changes } from "@/editing/use-edit";
import { Button } from "@/ui/Button";
import { useWords } from "@/words";
import { useActionEdit } from "./use-action-edit";

export interface EditableGroupProps {
  action: Schemas["Action"];
  heading: string;
  fields: readonly FieldSpec[];
  /** The fields of the contract that this group says, where they differ from those of its form. */
  contractFields?: readonly string[];
  values: Changes;
  /** From the answers of the form to the words of the contract. */
  wire?: (said: Changes) => Changes;
  children: ReactNode;
  isWide?: boolean;
}

/** A part of the sheet that is read, and changed where it stands by those who may. */
export function EditableGroup(props: EditableGroupProps) {
  const { action, heading, fields, values, wire = (said) => said, children } = props;
  const { t } = useWords();
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<{ base: Schemas["Action"]; values: Changes } | null>(null);
  const [sent, setSent] = useState<typeof open>(null);
  const edit = useActionEdit(action.id, () => setSent(null));
  const close = () => {
    setOpen(null);
    setSent(null);
    edit.reset();
    // The pencil is drawn again before it can take the focus back.
    requestAnimationFrame(() => opener.current?.focus());
  };
  const isChangeable = (name: string) =>
    action.permitted.includes("updateAction") && !action.unchangeable.includes(name);
  const own = props.contractFields
    ? props.contractFields.some(isChangeable)
      ? fields
      : []
    : fields.filter((field) => isChangeable(field.name));
  // Shown at once as it was said; a refusal brings the form back, with what was said.
  const form = edit.problem ? sent : open;
  return (
    <section className="sheet-group" aria-label={heading}>
      <div className="sheet-part-head">
        <h2>{heading}</h2>
        {own.length > 0 && !form && (
          <Button
            ref={opener}
            className="no-print"
            variant="quiet"
            size="small"
            icon="pencil"
            aria-label={t("editing.editOf", { name: heading })}
            onPress={() => setOpen({ base: action, values })}
          >
            {t("editing.edit")}
          </Button>
        )}
      </div>
      {form ? (
        <FieldsForm
          fields={own}
          values={form.values}
          saveLabel={t("editing.save")}
          isSaving={edit.isSaving}
          problem={edit.problem}
          isWide={props.isWide ?? false}
          onCancel={close}
          onSave={(said) => {
            setSent({ base: form.base, values: { ...form.values, ...said } });
            setOpen(null);
            edit.save(form.base, wire(said));
            requestAnimationFrame(() => opener.current?.focus());
          }}
        />
      ) : (
        children
      )}
      <EditConflict edit={edit} />
    </section>
  );
}
