import { useCarriers, useDomains, useFindings } from "@/api/reference-data";
import { usePlans } from "@/api/shared";
import { dayWords, euroWords, shareWords } from "@/marks/formats";
import { valueWords } from "@/marks/values";
import { useWords } from "@/words";

const amounts = new Set(["planned", "committed", "spent"]);

/** What things are called, by their ids, as far as this reader may know. */
export function useNames(): Map<string, string> {
  const { offices, units, persons } = useCarriers();
  const plans = usePlans();
  const domains = useDomains();
  const findings = useFindings();
  return new Map([
    ...offices.map(
      (one) => [one.id, one.holderName ? `${one.holderName}, ${one.title}` : one.title] as const,
    ),
    ...units.map((one) => [one.id, one.name] as const),
    ...persons.map((one) => [one.id, [one.givenName, one.familyName].filter(Boolean).join(" ")] as const),
    ...(plans.data?.plans ?? []).map((one) => [one.id, one.title] as const),
    ...domains.map((one) => [one.id, one.name] as const),
    ...findings.map((one) => [one.id, one.text] as const),
  ]);
}

/** Any value of any field in words: names instead of ids, days, amounts, enumerations. */
export function useValueWords(names: ReadonlyMap<string, string>): (field: string, value: unknown) => string {
  const { t, locale } = useWords();
  const words = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === "") return t("editing.nothing");
    if (typeof value === "boolean") return t(value ? "editing.yes" : "editing.no");
    if (Array.isArray(value))
      return value.length === 0 ? t("editing.nothing") : value.map((one) => words(field, one)).join(", ");
    if (typeof value === "object") return memberWords(value as Record<string, string | null>);
    const text = String(value);
    if (/Ids?$/.test(field)) return names.get(text) ?? "…";
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return dayWords(text, locale);
    if (amounts.has(field)) return euroWords(text, locale);
    if (field === "progress") return shareWords(Number(text), locale);
    return valueWords(t, field, text);
  };
  /** Somebody who answers for something, or the value aimed at on a day. */
  const memberWords = (one: Record<string, string | null>): string => {
    const due = one.due_by ?? one.dueBy;
    if (due) return t("ui.labelled", { label: dayWords(due, locale), value: String(one.value ?? "") });
    const id =
      one.office_id ?? one.officeId ?? one.unit_id ?? one.unitId ?? one.person_id ?? one.personId ?? "";
    const who = names.get(id) ?? "…";
    return one.kind
      ? t("ui.labelled", { label: valueWords(t, "responsibility", one.kind), value: who })
      : who;
  };
  return words;
}

/** A field as forms and history call it. */
export function useFieldName(): (field: string) => string {
  const { t } = useWords();
  return (field) =>
    t(`fields.${field}` as "fields.title", { defaultValue: "" }) || t("editing.otherField", { field });
}
