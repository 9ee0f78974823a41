import type { Ref } from "react";
import { Input } from "react-aria-components/Input";
import { TextArea as AriaTextArea } from "react-aria-components/TextArea";
import {
  type TextFieldProps as AriaProps,
  TextField as AriaTextField,
} from "react-aria-components/TextField";
import { FieldHint, FieldLabel, FieldProblem, type FieldWords } from "./Field";

type Base = Omit<AriaProps, "children" | "className" | "style" | "isInvalid">;

export interface TextFieldProps extends Base, FieldWords {
  placeholder?: string;
  inputRef?: Ref<HTMLInputElement>;
}

export function TextField({ label, hint, error, placeholder, inputRef, ...rest }: TextFieldProps) {
  return (
    <AriaTextField {...rest} className="field" isInvalid={error !== undefined} validationBehavior="aria">
      <FieldLabel label={label} isRequired={rest.isRequired} />
      {hint && <FieldHint>{hint}</FieldHint>}
      <Input
        className="input"
        {...(placeholder ? { placeholder } : {})}
        {...(inputRef ? { ref: inputRef } : {})}
      />
      <FieldProblem error={error} />
    </AriaTextField>
  );
}

export interface TextAreaProps extends Base, FieldWords {
  rows?: number;
}

export function TextArea({ label, hint, error, rows = 4, ...rest }: TextAreaProps) {
  return (
    <AriaTextField {...rest} className="field" isInvalid={error !== undefined} validationBehavior="aria">
      <FieldLabel label={label} isRequired={rest.isRequired} />
      {hint && <FieldHint>{hint}</FieldHint>}
      <AriaTextArea className="input" rows={rows} />
      <FieldProblem error={error} />
    </AriaTextField>
  );
}
