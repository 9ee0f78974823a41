import { type FormEvent, useId, useState } from "react";
import type { Problem } from "@/api/problem";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { useWords } from "@/words";
import { FieldControl } from "./FieldControl";
import { draftOf, type FieldSpec, type Lack, readDraft } from "./fields";
import type { Changes } from "./use-edit";
import "@/ui/field.css";

export interface FieldsFormProps {
  fields: readonly FieldSpec[];
  values: Changes;
  saveLabel: string;
  isSaving?: boolean;
  /** Why the service refused: what it says of a field stands beside it, the rest above. */
  problem?: Problem | null;
  onSave: (values: Changes) => void;
  onCancel: () => void;
  /** Two columns where there is room for them. */
  isWide?: boolean;
}

const lackWords = {
  missing: "editing.missing",
  notANumber: "editing.notANumber",
  ambiguousNumber: "editing.ambiguousNumber",
  tooManyDecimals: "editing.tooManyDecimals",
  tooManyDigits: "editing.tooManyDigits",
  fileTooBig: "editing.fileTooBig",
  fileRefused: "editing.fileRefused",
} as const;

/** The field that a refusal speaks of: `amounts[0].year` is said in `amounts`. */
const fieldOf = (name: string) => name.split(/[.[]/)[0] ?? "";

/**
 * The fields that the service has asked for since the form was opened. It knows more than the form: a reason may be
 * due for a date that is later than one taken away last week.
 */
function useDemanded(problem: Problem | null): readonly string[] {
  const [demanded, setDemanded] = useState<readonly string[]>([]);
  const more = (problem?.issues ?? []).map((issue) => fieldOf(issue.name));
  const fresh = more.filter((name) => !demanded.includes(name));
  if (fresh.length > 0) setDemanded([...demanded, ...fresh]);
  return fresh.length > 0 ? [...demanded, ...fresh] : demanded;
}

/** A form written as data: its fields, what is lacking, what was refused and where. */
export function FieldsForm(props: FieldsFormProps) {
  const { values, saveLabel, isSaving = false, problem = null, onSave, onCancel } = props;
  const { t, locale } = useWords();
  const [draft, setDraft] = useState(() => draftOf(props.fields, values, locale));
  const demanded = useDemanded(problem);
  const fields = props.fields.flatMap((field) => {
    if (field.isAsked?.(draft) ?? true) return [field];
    return demanded.includes(field.name) ? [{ ...field, isRequired: false }] : [];
  });
  const [lacks, setLacks] = useState<readonly Lack[]>([]);
  const form = useId();
  const idOf = (field: string) => `${form}${field}`;
  const known = new Map(fields.map((field) => [field.name, field.label]));
  const refused = (problem?.issues ?? []).flatMap((issue) => {
    const said = fieldOf(issue.name);
    const field = fields.find((one) => one.kind === "span" && one.precision === said)?.name ?? said;
    return known.has(field) ? [{ field, message: issue.detail }] : [];
  });
  const wrong =
    lacks.length > 0
      ? lacks.map(({ field, why }) => ({
          field,
          message: t(lackWords[why], {
            field: known.get(field) ?? field,
            decimals: props.fields.find((one) => one.name === field)?.kind === "amount" ? 2 : 4,
          }),
        }))
      : refused;
  const send = (event: FormEvent) => {
    event.preventDefault();
    // A form inside another's dialog is still one form: nothing bubbles to the page.
    event.stopPropagation();
    const found = readDraft(fields, draft, locale);
    setLacks(found.lacks);
    if (found.lacks.length === 0) onSave(found.values);
  };
  return (
    <form className="fields-form" data-wide={props.isWide || undefined} onSubmit={send} noValidate>
      <ErrorSummary errors={wrong.map(({ field, message }) => ({ fieldId: idOf(field), message }))} />
      {problem && wrong.length === 0 && <Refusal problem={problem} />}
      {fields.map((field, nth) => (
        <FieldControl
          key={field.name}
          id={idOf(field.name)}
          field={field}
          value={draft[field.name]}
          onChange={(value) => setDraft((before) => ({ ...before, [field.name]: value }))}
          error={wrong.find((one) => one.field === field.name)?.message}
          autoFocus={nth === 0 && problem === null}
        />
      ))}
      <div className="dialog-actions">
        <Button onPress={onCancel}>{t("ui.cancel")}</Button>
        <Button type="submit" variant="primary" isPending={isSaving}>
          {saveLabel}
        </Button>
      </div>
    </form>
  );
}

/** What the service would not do, why, and what to quote. */
export function Refusal({ problem, onDismiss }: { problem: Problem; onDismiss?: () => void }) {
  const { t } = useWords();
  return (
    <Banner
      tone="error"
      title={t("editing.notSaved")}
      {...(problem.traceId ? { traceId: problem.traceId } : {})}
      {...(onDismiss ? { actions: <Button onPress={onDismiss}>{t("ui.close")}</Button> } : {})}
    >
      {[problem.message, ...problem.issues.map((issue) => issue.detail)].filter(Boolean).join(" ") ||
        t("shell.unreachable")}
    </Banner>
  );
}
