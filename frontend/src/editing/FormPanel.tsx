import { Panel } from "@/ui/Panel";
import { ConflictDialog } from "./ConflictDialog";
import { FieldsForm, type FieldsFormProps } from "./FieldsForm";
import type { Edit } from "./use-edit";

export interface FormPanelProps extends Omit<FieldsFormProps, "onCancel"> {
  title: string;
  onClose: () => void;
}

/** A form at the side of the page; it exists only while it is open, so that it always starts from what is saved. */
export function FormPanel({ title, onClose, ...form }: FormPanelProps) {
  return (
    <Panel title={title} isOpen onClose={onClose}>
      <FieldsForm {...form} onCancel={onClose} />
    </Panel>
  );
}

/** Both versions side by side, when somebody else changed the same fields meanwhile. */
export function EditConflict({ edit }: { edit: Pick<Edit, "conflict" | "settle" | "reset"> }) {
  if (!edit.conflict) return null;
  return (
    <ConflictDialog
      key={edit.conflict.version}
      isOpen
      differences={edit.conflict.differences}
      onSettle={edit.settle}
      onClose={edit.reset}
    />
  );
}
