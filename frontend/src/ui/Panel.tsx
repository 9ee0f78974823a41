import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useWords } from "@/words";
import { IconButton } from "./IconButton";
import "./overlay.css";

export interface PanelProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A sheet at the side of the page for a short piece of work; the whole width on a telephone. */
export function Panel({ title, isOpen, onClose, children }: PanelProps) {
  const { t } = useWords();
  return (
    <ModalOverlay
      className="panel-veil"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className="panel">
        <AriaDialog className="dialog">
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton icon="cross" label={t("ui.close")} onPress={onClose} />
          </div>
          <div className="panel-body">{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
