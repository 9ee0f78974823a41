import type { ReactNode } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { useWords } from "@/words";
import { Icon } from "./Icon";
import "./field.css";

/** What every field can say around its control. */
export interface FieldWords {
  label: string;
  hint?: string;
  /** Why the answer cannot be taken: shown under the control and read with it. */
  error?: string;
}

export function FieldLabel({ label, isRequired }: { label: string; isRequired?: boolean | undefined }) {
  const { t } = useWords();
  return (
    <Label className="field-label">
      {label}
      {isRequired && <span className="field-required"> ({t("ui.required")})</span>}
    </Label>
  );
}

export function FieldHint({ children }: { children: ReactNode }) {
  return (
    <Text slot="description" className="field-hint">
      {children}
    </Text>
  );
}

export function FieldProblem({ error }: { error?: string | undefined }) {
  return (
    <FieldError className="field-error">
      {({ validationErrors }) => (
        <>
          <Icon name="error" size={16} />
          <span>{error ?? validationErrors.join(" ")}</span>
        </>
      )}
    </FieldError>
  );
}
