import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import {
  type SelectProps as AriaProps,
  Select as AriaSelect,
  SelectValue,
} from "react-aria-components/Select";
import { FieldHint, FieldLabel, FieldProblem, type FieldWords } from "./Field";
import { Icon } from "./Icon";
import "./overlay.css";

export interface Choice {
  id: string;
  name: string;
  /** Drawn instead of the name, for instance a status with its icon; the name is still what is read and typed. */
  mark?: ReactNode;
  hint?: string;
}

export interface SelectProps
  extends Omit<AriaProps<Choice>, "children" | "className" | "style" | "isInvalid" | "items">,
    FieldWords {
  choices: readonly Choice[];
  /** The label is read, not shown: where the head of a column says it already. */
  hideLabel?: boolean;
}

export function ChoiceItem({ choice }: { choice: Choice }) {
  return (
    <ListBoxItem id={choice.id} textValue={choice.name} className="option">
      {({ isSelected }) => (
        <>
          <span className="option-words">
            {choice.mark ?? choice.name}
            {choice.hint && <span className="option-hint">{choice.hint}</span>}
          </span>
          {isSelected && <Icon name="check" size={16} />}
        </>
      )}
    </ListBoxItem>
  );
}

export function Select({ label, hint, error, choices, hideLabel = false, ...rest }: SelectProps) {
  return (
    <AriaSelect
      {...rest}
      {...(hideLabel ? { "aria-label": label } : {})}
      className="field"
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      {!hideLabel && <FieldLabel label={label} isRequired={rest.isRequired} />}
      {hint && <FieldHint>{hint}</FieldHint>}
      <Button className="input select-button">
        <SelectValue className="select-value" />
        <Icon name="chevronDown" size={16} />
      </Button>
      <FieldProblem error={error} />
      <Popover className="popover" offset={4}>
        <ListBox className="options" items={choices}>
          {(choice) => <ChoiceItem choice={choice} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
