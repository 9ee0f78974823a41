import type { ReactNode } from "react";
import {
  type RadioGroupProps as AriaProps,
  RadioGroup as AriaRadioGroup,
  Radio,
} from "react-aria-components/RadioGroup";
import { FieldHint, FieldLabel, FieldProblem, type FieldWords } from "./Field";
import "./field.css";

export interface RadioGroupProps
  extends Omit<AriaProps, "children" | "className" | "style" | "isInvalid">,
    FieldWords {
  choices: readonly { id: string; name: string; mark?: ReactNode; isDisabled?: boolean }[];
  /** `segmented`: a few short answers side by side. */
  look?: "list" | "segmented";
  hideLabel?: boolean;
}

export function RadioGroup({
  label,
  hint,
  error,
  choices,
  look = "list",
  hideLabel = false,
  ...rest
}: RadioGroupProps) {
  return (
    <AriaRadioGroup
      {...rest}
      {...(hideLabel ? { "aria-label": label } : {})}
      className="field"
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      {!hideLabel && <FieldLabel label={label} isRequired={rest.isRequired} />}
      {hint && <FieldHint>{hint}</FieldHint>}
      <div className={look === "segmented" ? "segmented" : "radio-list"}>
        {choices.map((choice) => (
          <Radio
            key={choice.id}
            value={choice.id}
            isDisabled={choice.isDisabled ?? false}
            className={look === "segmented" ? "segment" : "radio"}
          >
            {look === "list" && <span className="radio-dot" />}
            <span>{choice.mark ?? choice.name}</span>
          </Radio>
        ))}
      </div>
      <FieldProblem error={error} />
    </AriaRadioGroup>
  );
}
