import type { DatedSpan } from "@/marks/spans";
import { Checkbox } from "@/ui/Checkbox";
import { ComboBox } from "@/ui/ComboBox";
import { DateField } from "@/ui/DateField";
import { FileField } from "@/ui/FileField";
import { MultiPick } from "@/ui/MultiPick";
import { NumberField } from "@/ui/NumberField";
import { Select } from "@/ui/Select";
import { TextArea, TextField } from "@/ui/TextField";
import { useWords } from "@/words";
import type { FieldSpec } from "./fields";
import { SpanControl } from "./SpanControl";

export interface FieldControlProps {
  field: FieldSpec;
  id: string;
  value: unknown;
  onChange: (value: unknown) => void;
  error?: string | undefined;
  autoFocus?: boolean;
}

/** The control that a field needs. */
export function FieldControl({ field, id, value, onChange, error, autoFocus = false }: FieldControlProps) {
  const { t } = useWords();
  const words = {
    id,
    label: field.label,
    autoFocus,
    ...(field.hint ? { hint: field.hint } : {}),
    ...(error ? { error } : {}),
    ...(field.isRequired ? { isRequired: true } : {}),
  };
  switch (field.kind) {
    case "area":
      return <TextArea {...words} value={String(value ?? "")} onChange={onChange} {...longest(field)} />;
    case "amount":
    case "figure":
      return (
        <TextField
          {...words}
          inputMode="decimal"
          value={String(value ?? "")}
          onChange={onChange}
          autoComplete="off"
        />
      );
    case "day":
      return <DateField {...words} value={value as string | null} onChange={onChange} />;
    case "span":
      return (
        <SpanControl
          field={field}
          id={id}
          value={value as DatedSpan}
          onChange={onChange}
          error={error}
          autoFocus={autoFocus}
        />
      );
    case "number":
      return (
        <NumberField
          {...words}
          value={typeof value === "number" ? value : Number.NaN}
          onChange={(number) => onChange(Number.isNaN(number) ? null : number)}
          {...(field.min === undefined ? {} : { minValue: field.min })}
          {...(field.max === undefined ? {} : { maxValue: field.max })}
          {...(field.isPlain ? { formatOptions: { useGrouping: false } } : {})}
        />
      );
    case "choice":
      return (
        <Select
          {...words}
          choices={field.choices}
          value={(value as string | null) ?? null}
          onChange={(key) => onChange(key === null ? null : String(key))}
          placeholder={t("editing.choose")}
        />
      );
    case "one":
      return (
        <ComboBox
          {...words}
          choices={field.choices}
          value={(value as string | null) ?? null}
          onChange={(key) => onChange(key === null ? null : String(key))}
          isFoundElsewhere={field.isFoundElsewhere === true}
          {...(field.onSearch ? { onInputChange: field.onSearch } : {})}
        />
      );
    case "many":
      return (
        <MultiPick
          id={id}
          label={field.label}
          {...(field.hint ? { hint: field.hint } : {})}
          {...(error ? { error } : {})}
          choices={field.choices}
          selected={(value as string[]) ?? []}
          onChange={onChange}
          removeLabel={(name) => t("editing.takeOut", { name })}
        />
      );
    case "file":
      return <FileField {...words} accept={field.endings.join(",")} onChange={onChange} />;
    case "check":
      return (
        <Checkbox id={id} isSelected={value === true} onChange={onChange}>
          {field.label}
        </Checkbox>
      );
    default:
      return <TextField {...words} value={String(value ?? "")} onChange={onChange} {...longest(field)} />;
  }
}

const longest = (field: FieldSpec) =>
  "maxLength" in field && field.maxLength !== undefined ? { maxLength: field.maxLength } : {};
