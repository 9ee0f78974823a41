import { useId } from "react";
import { useWords } from "@/words";
import type { FieldWords } from "./Field";
import { Icon } from "./Icon";
import "./field.css";

export interface FileFieldProps extends FieldWords {
  id?: string;
  isRequired?: boolean;
  autoFocus?: boolean;
  /** The endings offered first: `.pdf,.png`. */
  accept: string;
  onChange: (file: File | null) => void;
}

/** A file of the reader's own, with the browser's own control: every assistive technology knows it. */
export function FileField(props: FileFieldProps) {
  const { label, hint, error, isRequired = false, autoFocus = false, accept, onChange } = props;
  const { t } = useWords();
  const made = useId();
  const id = props.id ?? made;
  return (
    <div className="field" data-invalid={error === undefined ? undefined : true}>
      <label className="field-label" htmlFor={id}>
        {label}
        {isRequired && <span className="field-required"> ({t("ui.required")})</span>}
      </label>
      {hint && (
        <span className="field-hint" id={`${id}hint`}>
          {hint}
        </span>
      )}
      <input
        id={id}
        className="input"
        type="file"
        accept={accept}
        // biome-ignore lint/a11y/noAutofocus: the first field of a panel that was just opened.
        autoFocus={autoFocus}
        required={isRequired}
        aria-invalid={error !== undefined}
        aria-describedby={[hint && `${id}hint`, error && `${id}error`].filter(Boolean).join(" ") || undefined}
        onChange={(event) => onChange(event.target.files?.[0] ?? null)}
      />
      {error && (
        <span className="field-error" id={`${id}error`}>
          <Icon name="error" size={16} />
          {error}
        </span>
      )}
    </div>
  );
}
