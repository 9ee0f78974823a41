import type { Schemas } from "@/api/contract";
import { useCarriers, useDomains, useFindings, useGoals } from "@/api/reference-data";
import type { FieldSpec } from "@/editing/fields";
import type { Changes } from "@/editing/use-edit";
import { type DatedSpan, keptDay } from "@/marks/spans";
import { valuesOf, valueWords } from "@/marks/values";
import { useWords } from "@/words";

type Action = Schemas["Action"];
type Kind = Schemas["ResponsibilityKind"];

export const carrierKinds = [
  "mandatary",
  "lead",
  "owner",
  "managingUnit",
  "partnerUnit",
] as const satisfies Kind[];

/** Those who answer for an action, by what they answer for: ids as the form picks them. */
export const carriersOf = (action: Pick<Action, "responsibilities">): Record<Kind, string[]> => {
  const of = (kind: Kind) =>
    (action.responsibilities ?? [])
      .filter((one) => one.kind === kind)
      .map((one) => one.officeId ?? one.unitId ?? one.personId ?? "");
  return {
    mandatary: of("mandatary"),
    lead: of("lead"),
    owner: of("owner"),
    managingUnit: of("managingUnit"),
    partnerUnit: of("partnerUnit"),
  };
};

/** A later end of what is neither a draft nor over: the service asks why. */
export const isPostponed = (action: Pick<Action, "plannedEnd" | "status">, said: DatedSpan): boolean => {
  const end = keptDay(said, "last");
  return (
    action.plannedEnd !== null &&
    end !== null &&
    end > action.plannedEnd &&
    !["draft", "completed", "cancelled"].includes(action.status)
  );
};

/** What becomes perennial gives its percentage up, as the hint beside the kind says. */
export const withoutPercentage = (said: Changes): Changes =>
  said.kind === "perennial" ? { ...said, progress: null } : said;

/** The forms of the sheet, part by part. */
export function useActionFields(action: Pick<Action, "plannedEnd" | "status">) {
  const { t } = useWords();
  const { offices, units, persons } = useCarriers();
  const domains = useDomains();
  const goals = useGoals();
  const findings = useFindings();
  const choices = (family: Parameters<typeof valuesOf>[0]) =>
    valuesOf(family).map((id) => ({ id, name: valueWords(t, family, id) }));
  const living = <T extends { isArchived: boolean }>(all: readonly T[]) =>
    all.filter((one) => !one.isArchived);
  const units_ = living(units).map(({ id, name }) => ({ id, name }));
  const offices_ = living(offices).map((one) => ({
    id: one.id,
    name: one.holderName ? `${one.title} – ${one.holderName}` : one.title,
  }));
  const persons_ = living(persons).map((one) => ({
    id: one.id,
    name: [one.givenName, one.familyName].filter(Boolean).join(" "),
  }));

  const text: FieldSpec[] = [
    { name: "title", kind: "area", label: t("fields.title"), isRequired: true, maxLength: 500 },
    { name: "description", kind: "area", label: t("fields.description"), maxLength: 20_000 },
    { name: "statusRemark", kind: "area", label: t("fields.statusRemark"), maxLength: 20_000 },
    {
      name: "internalNote",
      kind: "area",
      label: t("fields.internalNote"),
      hint: t("sheet.internalHint"),
      maxLength: 20_000,
    },
  ];
  const carriers: FieldSpec[] = [
    { name: "mandatary", kind: "many", label: t("values.mandatary"), choices: offices_ },
    { name: "lead", kind: "many", label: t("values.lead"), choices: [...offices_, ...persons_] },
    { name: "owner", kind: "many", label: t("values.owner"), choices: [...persons_, ...units_] },
    { name: "managingUnit", kind: "many", label: t("values.managingUnit"), choices: units_ },
    { name: "partnerUnit", kind: "many", label: t("values.partnerUnit"), choices: units_ },
  ];
  const planning: FieldSpec[] = [
    {
      name: "kind",
      kind: "choice",
      label: t("fields.kind"),
      hint: t("sheet.kindHint"),
      choices: choices("kind"),
      isRequired: true,
    },
    {
      name: "priority",
      kind: "choice",
      isNumber: true,
      label: t("fields.priority"),
      choices: ["0", "1", "2", "3"].map((id) => ({ id, name: valueWords(t, "priority", id) })),
      isRequired: true,
    },
    {
      name: "plannedStart",
      kind: "span",
      edge: "first",
      label: t("fields.plannedStart"),
      precision: "plannedStartPrecision",
      precisionLabel: t("fields.plannedStartPrecision"),
      choices: choices("precision"),
    },
    {
      name: "plannedEnd",
      kind: "span",
      edge: "last",
      label: t("fields.plannedEnd"),
      precision: "plannedEndPrecision",
      precisionLabel: t("fields.plannedEndPrecision"),
      choices: choices("precision"),
    },
    {
      name: "plannedEndReason",
      kind: "area",
      label: t("fields.plannedEndReason"),
      hint: t("sheet.postponementHint"),
      isRequired: true,
      maxLength: 20_000,
      isAsked: (draft) => isPostponed(action, draft.plannedEnd as DatedSpan),
    },
    {
      name: "plannedEndText",
      kind: "text",
      label: t("fields.plannedEndText"),
      hint: t("sheet.asWritten"),
      maxLength: 255,
    },
    { name: "actualStart", kind: "day", label: t("fields.actualStart") },
    { name: "actualEnd", kind: "day", label: t("fields.actualEnd") },
    { name: "estimate", kind: "text", label: t("fields.estimate"), hint: t("sheet.estimateHint") },
    { name: "isOnRoadmap", kind: "check", label: t("fields.isOnRoadmap") },
  ];
  const subjects: FieldSpec[] = [
    {
      name: "domainIds",
      kind: "many",
      label: t("fields.domainIds"),
      choices: domains.filter((one) => !one.isDisabled).map(({ id, name }) => ({ id, name })),
    },
    {
      name: "sdgs",
      kind: "many",
      isNumber: true,
      label: t("fields.sdgs"),
      choices: goals.map((goal) => ({ id: String(goal.number), name: `${goal.number}. ${goal.label}` })),
    },
    { name: "keywords", kind: "words", label: t("fields.keywords"), hint: t("sheet.commas") },
    { name: "places", kind: "words", label: t("fields.places"), hint: t("sheet.commas") },
    {
      name: "department",
      kind: "choice",
      label: t("fields.department"),
      choices: choices("department"),
      isRequired: true,
    },
    {
      name: "audience",
      kind: "choice",
      label: t("fields.audience"),
      choices: choices("audience"),
      isRequired: true,
    },
    { name: "isSynergy", kind: "check", label: t("fields.isSynergy") },
  ];
  const answered: FieldSpec[] = [
    {
      name: "findingIds",
      kind: "many",
      label: t("fields.findingIds"),
      choices: living(findings).map((one) => ({ id: one.id, name: one.text })),
    },
  ];

  const officeIds = new Set(offices.map((one) => one.id));
  const unitIds = new Set(units.map((one) => one.id));
  /** The form of carriers as the one array of the contract, in the order of the kinds. */
  const responsibilities = (said: Changes): Changes => ({
    responsibilities: carrierKinds.flatMap((kind) =>
      ((said[kind] as string[] | undefined) ?? []).map((id) => ({
        kind,
        officeId: officeIds.has(id) ? id : null,
        unitId: unitIds.has(id) ? id : null,
        personId: officeIds.has(id) || unitIds.has(id) ? null : id,
      })),
    ),
  });
  return { text, carriers, planning, subjects, answered, responsibilities };
}
