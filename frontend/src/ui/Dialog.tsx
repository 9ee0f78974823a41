import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useWords } from "@/words";
import { Button } from "./Button";
import { IconButton } from "./IconButton";
import "./overlay.css";

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** The buttons at the foot, the main one last. */
  actions?: ReactNode;
  width?: "normal" | "wide";
  /** `alertdialog` for a question that must be answered before anything else. */
  role?: "dialog" | "alertdialog";
}

/** Above the page, focus kept inside and given back to where it came from. */
export function Dialog({
  title,
  isOpen,
  onClose,
  children,
  actions,
  width = "normal",
  role = "dialog",
}: DialogProps) {
  const { t } = useWords();
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === "dialog"}
    >
      <Modal className="modal" data-width={width}>
        <AriaDialog className="dialog" role={role}>
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton icon="cross" label={t("ui.close")} onPress={onClose} />
          </div>
          {children}
          {actions && <div className="dialog-actions">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmDialogProps extends Omit<DialogProps, "actions" | "role" | "width"> {
  confirm: string;
  isDangerous?: boolean;
  onConfirm: () => void;
}

/** Asks once, says what will happen, and names the answer by its verb. */
export function ConfirmDialog({ confirm, isDangerous = false, onConfirm, ...dialog }: ConfirmDialogProps) {
  const { t } = useWords();
  return (
    <Dialog
      {...dialog}
      role="alertdialog"
      actions={
        <>
          <Button onPress={dialog.onClose} autoFocus>
            {t("ui.cancel")}
          </Button>
          <Button
            variant={isDangerous ? "danger" : "primary"}
            onPress={() => {
              onConfirm();
              dialog.onClose();
            }}
          >
            {confirm}
          </Button>
        </>
      }
    />
  );
}
