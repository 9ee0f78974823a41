import { Button } from "react-aria-components/Button";
import { Group } from "react-aria-components/Group";
import { Input } from "react-aria-components/Input";
import {
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaProps,
} from "react-aria-components/NumberField";
import { FieldHint, FieldLabel, FieldProblem, type FieldWords } from "./Field";
import { Icon } from "./Icon";

export interface NumberFieldProps
  extends Omit<AriaProps, "children" | "className" | "style" | "isInvalid">,
    FieldWords {}

/** A number written as the reader's language writes it; arrows and buttons step through it. */
export function NumberField({ label, hint, error, ...rest }: NumberFieldProps) {
  return (
    <AriaNumberField {...rest} className="field" isInvalid={error !== undefined} validationBehavior="aria">
      <FieldLabel label={label} isRequired={rest.isRequired} />
      {hint && <FieldHint>{hint}</FieldHint>}
      <Group className="input input-group">
        <Input className="input-bare numeric" />
        <Button slot="decrement" className="input-button">
          <Icon name="minus" size={16} />
        </Button>
        <Button slot="increment" className="input-button">
          <Icon name="add" size={16} />
        </Button>
      </Group>
      <FieldProblem error={error} />
    </AriaNumberField>
  );
}
