import { dayWords } from "@/marks/formats";
import { type DatedSpan, isUndated, keptDay } from "@/marks/spans";
import { DateField } from "@/ui/DateField";
import { Select } from "@/ui/Select";
import { useWords } from "@/words";
import type { FieldSpec } from "./fields";

export interface SpanControlProps {
  field: Extract<FieldSpec, { kind: "span" }>;
  id: string;
  value: DatedSpan;
  onChange: (value: DatedSpan) => void;
  error?: string | undefined;
  autoFocus?: boolean;
}

/** A date and how exactly it is known, with the day that is kept of it: the end of the year, of the quarter. */
export function SpanControl({ field, id, value, onChange, error, autoFocus = false }: SpanControlProps) {
  const { t, locale } = useWords();
  const kept = keptDay(value, field.edge);
  const isMoved = kept !== null && kept !== value.day;
  const hint = [
    field.hint,
    isMoved && t("editing.keptDay", { day: dayWords(kept, locale, "long") }),
    value.precision === "term" && t("editing.keptTerm"),
  ].filter(Boolean);
  return (
    <div className="span-control">
      <DateField
        id={id}
        label={field.label}
        value={isUndated(value.precision) ? null : value.day}
        isDisabled={isUndated(value.precision)}
        onChange={(day) => onChange({ ...value, day, precision: value.precision ?? (day && "day") })}
        autoFocus={autoFocus}
        {...(hint.length > 0 ? { hint: hint.join(" ") } : {})}
        {...(error ? { error } : {})}
        {...(field.isRequired ? { isRequired: true } : {})}
      />
      <Select
        label={field.precisionLabel}
        choices={field.choices}
        value={value.precision}
        onChange={(key) => onChange({ ...value, precision: key === null ? null : String(key) })}
        placeholder={t("editing.choose")}
      />
    </div>
  );
}
