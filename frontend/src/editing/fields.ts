import { amountWords, figureText, readAmount, readFigure } from "@/marks/money";
import type { NumberLack, NumberRead } from "@/marks/numbers";
import { type DatedSpan, isUndated, keptDay } from "@/marks/spans";
import type { Choice } from "@/ui/Select";
import type { Changes } from "./use-edit";

/** A field of a form, as data: what it is called, what it takes, what is chosen from. */
export type FieldSpec = {
  name: string;
  label: string;
  hint?: string;
  isRequired?: boolean;
  /** Whether the form asks for it, by what is filled in so far; always, when not said. */
  isAsked?: (draft: Draft) => boolean;
} & (
  | { kind: "text" | "area"; maxLength?: number }
  /** Words separated by commas. */
  | { kind: "words" }
  /** A decimal string in euro. */
  | { kind: "amount" }
  /** A decimal string with at most four decimals. */
  | { kind: "figure" }
  | { kind: "day" }
  /** A day and how exactly it is known, which the contract says in a field of its own. */
  | {
      kind: "span";
      edge: "first" | "last";
      precision: string;
      precisionLabel: string;
      choices: readonly Choice[];
    }
  | { kind: "number"; min?: number; max?: number; isPlain?: boolean }
  /** One of a few; of many, found by typing. */
  | { kind: "choice"; choices: readonly Choice[]; isNumber?: boolean }
  | {
      kind: "one";
      choices: readonly Choice[];
      onSearch?: (text: string) => void;
      /** The choices answer what is typed, near misses too: they are not sifted again. */
      isFoundElsewhere?: boolean;
    }
  | { kind: "many"; choices: readonly Choice[]; isNumber?: boolean }
  | { kind: "check" }
  /** A file from the reader's desk, by the endings that are taken. */
  | { kind: "file"; endings: readonly string[] }
);

/** What stands in the controls while a form is filled in: texts as typed. */
export type Draft = Record<string, unknown>;

export interface Lack {
  field: string;
  why: "missing" | NumberLack | "fileTooBig" | "fileRefused";
}

/** As much as the service takes in one file. */
const mostBytes = 20 * 1024 * 1024;

/** Why a file will not be taken, said before it is sent. */
function fileLack(file: File, endings: readonly string[]): "fileTooBig" | "fileRefused" | undefined {
  if (!endings.some((ending) => file.name.toLowerCase().endsWith(ending))) return "fileRefused";
  return file.size > mostBytes ? "fileTooBig" : undefined;
}

export function draftOf(fields: readonly FieldSpec[], values: Changes, locale: string): Draft {
  return Object.fromEntries(
    fields.map((field) => {
      const value = values[field.name] ?? null;
      if (field.kind === "amount")
        return [field.name, value === null ? "" : amountWords(String(value), locale)];
      if (field.kind === "figure")
        return [field.name, value === null ? "" : figureText(String(value), locale)];
      if (field.kind === "words") return [field.name, Array.isArray(value) ? value.join(", ") : ""];
      if (field.kind === "many") return [field.name, Array.isArray(value) ? value.map(String) : []];
      if (field.kind === "choice" || field.kind === "one")
        return [field.name, value === null ? null : String(value)];
      if (field.kind === "text" || field.kind === "area") return [field.name, value ?? ""];
      if (field.kind === "check") return [field.name, value === true];
      if (field.kind === "span")
        return [field.name, { day: value, precision: values[field.precision] ?? null } as DatedSpan];
      return [field.name, value];
    }),
  );
}

/** What is written in a field of a number; undefined of any other. */
function numberIn(field: FieldSpec, value: unknown, locale: string): NumberRead | undefined {
  if (field.kind === "amount") return readAmount(String(value ?? ""), locale);
  return field.kind === "figure" ? readFigure(String(value ?? ""), locale) : undefined;
}

const read = (field: FieldSpec, value: unknown): unknown => {
  switch (field.kind) {
    case "text":
    case "area":
      return String(value ?? "").trim() || null;
    case "words":
      return String(value ?? "")
        .split(",")
        .map((word) => word.trim())
        .filter(Boolean);
    case "many":
      return field.isNumber ? (value as string[]).map(Number) : value;
    case "choice":
      return field.isNumber && value !== null ? Number(value) : value;
    default:
      return value;
  }
};

/** What the form says, by the names of the contract; and what it lacks. */
export function readDraft(
  fields: readonly FieldSpec[],
  draft: Draft,
  locale: string,
): { values: Changes; lacks: Lack[] } {
  const values: Changes = {};
  const lacks: Lack[] = [];
  for (const field of fields) {
    const number = numberIn(field, draft[field.name], locale);
    if (number && "lack" in number) {
      lacks.push({ field: field.name, why: number.lack });
      continue;
    }
    if (field.kind === "span") {
      const { day, precision } = draft[field.name] as DatedSpan;
      const isLacking = day === null && precision !== null && precision !== "day" && !isUndated(precision);
      if (isLacking) lacks.push({ field: field.name, why: "missing" });
      values[field.name] = isUndated(precision) ? null : keptDay({ day, precision }, field.edge);
      values[field.precision] = day === null && precision === "day" ? null : precision;
      continue;
    }
    const value = number ? number.value : read(field, draft[field.name]);
    if (field.kind === "file" && value instanceof File && fileLack(value, field.endings))
      lacks.push({ field: field.name, why: fileLack(value, field.endings) ?? "fileRefused" });
    else if (field.isRequired && (value === null || value === ""))
      lacks.push({ field: field.name, why: "missing" });
    else values[field.name] = value;
  }
  return { values, lacks };
}
