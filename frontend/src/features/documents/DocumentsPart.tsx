import { useState } from "react";
import { Problem } from "@/api/problem";
import { Refusal } from "@/editing/FieldsForm";
import { EditConflict, FormPanel } from "@/editing/FormPanel";
import type { Changes } from "@/editing/use-edit";
import type { Rows } from "@/editing/use-rows";
import { dayWords } from "@/marks/formats";
import { valueWords } from "@/marks/values";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/Dialog";
import { EmptyState } from "@/ui/EmptyState";
import { IconButton } from "@/ui/IconButton";
import { Link } from "@/ui/Link";
import { useWords } from "@/words";
import { type Attachment, type NewDocument, useDocumentForm, useSave } from "./use-documents";

export interface DocumentsPartProps {
  actionId: string;
  documents: Rows<Attachment>;
  mayAdd: boolean;
}

/** The documents of an action: links, and files to be saved, each with who may see it. */
export function DocumentsPart({ actionId, documents, mayAdd }: DocumentsPartProps) {
  const { t } = useWords();
  const rows = documents.rows ?? [];
  const [open, setOpen] = useState<Attachment | NewDocument | null>(null);
  const [erased, setErased] = useState<Attachment | null>(null);
  const [isAdding, setAdding] = useState(false);
  const form = useDocumentForm(actionId, () => setOpen(null));
  const close = () => {
    form.edit.reset();
    documents.dismiss();
    setOpen(null);
  };
  const isNew = open === "file" || open === "link";
  const save = async (said: Changes) => {
    if (open !== "file" && open !== "link") {
      if (open) form.edit.save(open, said);
      return;
    }
    setAdding(true);
    if (await documents.perform(form.mutations.add(said))) setOpen(null);
    setAdding(false);
  };
  const remove = (row: Attachment) =>
    row.link ? void documents.perform(form.mutations.remove(row)) : setErased(row);
  return (
    <section className="sheet-part" aria-labelledby="documents-heading">
      <div className="sheet-part-head">
        <h2 id="documents-heading">{t("documents.heading")}</h2>
        {mayAdd && (
          <span className="cluster no-print">
            <Button icon="document" onPress={() => setOpen("file")}>
              {t("documents.addFile")}
            </Button>
            <Button icon="link" onPress={() => setOpen("link")}>
              {t("documents.addLink")}
            </Button>
          </span>
        )}
      </div>
      {documents.refused && open === null && (
        <Refusal problem={documents.refused} onDismiss={documents.dismiss} />
      )}
      {rows.length === 0 ? (
        <EmptyState icon="document" title={t("documents.noneTitle")} headingLevel={3}>
          {t("documents.none")}
        </EmptyState>
      ) : (
        <ul className="sub-actions">
          {rows.map((row) => (
            <DocumentRow key={row.id} row={row} onEdit={() => setOpen(row)} onRemove={() => remove(row)} />
          ))}
        </ul>
      )}
      {open !== null && (
        <FormPanel
          key={isNew ? open : open.id}
          title={
            isNew
              ? t(open === "file" ? "documents.fileTitle" : "documents.linkTitle")
              : t("editing.editOf", { name: open.title })
          }
          fields={isNew ? form.adding[open] : form.fieldsFor(open)}
          values={isNew ? { audience: "administration" } : { ...open }}
          saveLabel={t("editing.save")}
          isSaving={isAdding || form.edit.isSaving}
          problem={isNew ? documents.refused : form.edit.problem}
          onSave={(said) => void save(said)}
          onClose={close}
        />
      )}
      {erased && (
        <ConfirmDialog
          title={t("documents.confirmTitle")}
          confirm={t("documents.confirm")}
          isDangerous
          isOpen
          onClose={() => setErased(null)}
          onConfirm={() => void documents.perform(form.mutations.remove(erased))}
        >
          <p>{t("documents.confirmText", { name: erased.title })}</p>
          <p>{t("documents.frozenStays")}</p>
        </ConfirmDialog>
      )}
      <EditConflict edit={form.edit} />
    </section>
  );
}

interface DocumentRowProps {
  row: Attachment;
  onEdit: () => void;
  onRemove: () => void;
}

function DocumentRow({ row, onEdit, onRemove }: DocumentRowProps) {
  const { t, locale } = useWords();
  const saveFile = useSave();
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Problem | null>(null);
  const download = async () => {
    setSaving(true);
    setFailure(null);
    try {
      await saveFile(row);
    } catch (error) {
      setFailure(error instanceof Problem ? error : new Problem(0, {}));
    } finally {
      setSaving(false);
    }
  };
  const facts = [
    row.fileName !== row.title && row.fileName,
    row.sizeBytes !== null && sizeWords(row.sizeBytes, locale),
    row.datedOn && dayWords(row.datedOn, locale),
    row.audience && t("documents.readBy", { audience: valueWords(t, "audience", row.audience) }),
  ].filter(Boolean);
  return (
    <li>
      <div className="sheet-words">
        {row.link ? (
          <Link href={row.link} external>
            {row.title}
          </Link>
        ) : (
          <Button
            variant="quiet"
            icon="document"
            aria-label={t("documents.download", { name: row.title })}
            isPending={isSaving}
            onPress={() => void download()}
          >
            {row.title}
          </Button>
        )}
        {failure && <Refusal problem={failure} onDismiss={() => setFailure(null)} />}
        {row.description && <p className="sheet-paragraph">{row.description}</p>}
        <p className="soft">{facts.join(" · ")}</p>
      </div>
      <span className="no-print">
        {row.permitted.includes("updateAttachment") && (
          <IconButton
            icon="pencil"
            size="small"
            label={t("editing.editOf", { name: row.title })}
            onPress={onEdit}
          />
        )}
        {row.permitted.includes("deleteAttachment") && (
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

/** A size in kilobytes, or in megabytes where it is large. */
function sizeWords(bytes: number, locale: string): string {
  const isLarge = bytes >= 1_000_000;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: isLarge ? "megabyte" : "kilobyte",
    maximumFractionDigits: 1,
  }).format(bytes / (isLarge ? 1_000_000 : 1_000));
}
