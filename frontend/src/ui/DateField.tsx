import { type CalendarDate, parseDate } from "@internationalized/date";
import {
  DateField as AriaDateField,
  type DateFieldProps as AriaProps,
  DateInput,
  DateSegment,
} from "react-aria-components/DateField";
import { FieldHint, FieldLabel, FieldProblem, type FieldWords } from "./Field";

export interface DateFieldProps
  extends Omit<
      AriaProps<CalendarDate>,
      "children" | "className" | "style" | "isInvalid" | "value" | "defaultValue" | "onChange"
    >,
    FieldWords {
  /** A day, `yyyy-MM-dd`. */
  value: string | null;
  onChange: (day: string | null) => void;
}

/** A day, segment by segment, in the order of the reader's language. */
export function DateField({ label, hint, error, value, onChange, ...rest }: DateFieldProps) {
  return (
    <AriaDateField
      {...rest}
      className="field"
      isInvalid={error !== undefined}
      validationBehavior="aria"
      value={value === null ? null : parseDate(value)}
      onChange={(day) => onChange(day === null ? null : day.toString())}
    >
      <FieldLabel label={label} isRequired={rest.isRequired} />
      {hint && <FieldHint>{hint}</FieldHint>}
      <DateInput className="input date-input numeric">
        {(segment) => <DateSegment segment={segment} className="date-segment" />}
      </DateInput>
      <FieldProblem error={error} />
    </AriaDateField>
  );
}
