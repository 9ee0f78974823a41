import { useState } from "react";
import { Refusal } from "@/editing/FieldsForm";
import { EditConflict } from "@/editing/FormPanel";
import { Panel } from "@/ui/Panel";
import { useWords } from "@/words";
import type { ActionUpdate, ActionView } from "./action-view";
import { UpdateForm } from "./UpdateForm";
import { useActionUpdate } from "./use-action-update";

export interface UpdatePanelProps {
  action: Pick<ActionView, "id" | "title" | "version" | "nextStatuses" | "unchangeable"> & ActionUpdate;
  isOpen: boolean;
  onClose: () => void;
}

/** « Mettre à jour », from the first field to the last disagreement. */
export function UpdatePanel({ action: latest, isOpen, onClose }: UpdatePanelProps) {
  const { t } = useWords();
  // What was read when the panel opened: a fresh answer in between must not pass for what the reader saw.
  const [action] = useState(latest);
  const update = useActionUpdate(action, onClose);
  const close = () => {
    update.reset();
    onClose();
  };
  return (
    <>
      <Panel title={t("actions.updateTitle")} isOpen={isOpen} onClose={close}>
        <p className="soft">{action.title}</p>
        {update.problem && <Refusal problem={update.problem} />}
        <UpdateForm
          action={action}
          isSaving={update.isSaving}
          refusals={update.refusals}
          onSave={update.save}
          onCancel={close}
        />
      </Panel>
      <EditConflict edit={update} />
    </>
  );
}
