import { useApi } from "@/api/acting";
import { type Api, answer, idempotencyHeader, ifVersion } from "@/api/client";
import type { Schemas } from "@/api/contract";
import type { FieldSpec } from "@/editing/fields";
import { type Changes, useEdit } from "@/editing/use-edit";
import { useFieldName, useNames, useValueWords } from "@/editing/use-names";
import type { Mutation } from "@/editing/use-rows";
import { dayWords } from "@/marks/formats";
import { valuesOf, valueWords } from "@/marks/values";
import { useWords, type Words } from "@/words";
import type { Indicator, Measurement } from "./use-indicators";

const choices = (t: Words, family: Parameters<typeof valuesOf>[0]) =>
  valuesOf(family).map((id) => ({ id, name: valueWords(t, family, id) }));

function indicatorFields(t: Words): FieldSpec[] {
  return [
    { name: "title", kind: "area", label: t("fields.title"), isRequired: true, maxLength: 500 },
    {
      name: "nature",
      kind: "choice",
      label: t("indicators.nature"),
      choices: choices(t, "indicatorNature"),
      isRequired: true,
    },
    {
      name: "kind",
      kind: "choice",
      label: t("indicators.kind"),
      choices: choices(t, "indicatorKind"),
      isRequired: true,
    },
    {
      name: "quantity",
      kind: "choice",
      label: t("fields.quantity"),
      choices: choices(t, "quantity"),
      isRequired: true,
    },
    { name: "unit", kind: "text", label: t("fields.unit"), maxLength: 255 },
    {
      name: "direction",
      kind: "choice",
      label: t("fields.direction"),
      choices: choices(t, "direction"),
      isRequired: true,
    },
    { name: "isCumulative", kind: "check", label: t("fields.isCumulative") },
    { name: "baseline", kind: "figure", label: t("fields.baseline") },
    { name: "baselineOn", kind: "day", label: t("fields.baselineOn") },
    { name: "targetValue", kind: "figure", label: t("indicators.targetValue") },
    { name: "targetOn", kind: "day", label: t("indicators.targetOn") },
    { name: "expectedOn", kind: "day", label: t("fields.expectedOn") },
    {
      name: "frequency",
      kind: "choice",
      label: t("fields.frequency"),
      choices: [{ id: "", name: t("editing.none") }, ...choices(t, "frequency")],
    },
    { name: "source", kind: "text", label: t("fields.source"), maxLength: 255 },
    { name: "description", kind: "area", label: t("fields.description"), maxLength: 20_000 },
  ];
}

/** The form says one target, the last; those before it stay as they are. */
export function indicatorWire(said: Changes, before: Indicator["targets"]): Changes {
  const { targetOn, targetValue, frequency, ...rest } = said;
  const last =
    targetOn && targetValue
      ? [{ dueBy: targetOn, value: targetValue, remark: before.at(-1)?.remark ?? null }]
      : [];
  return { ...rest, frequency: frequency || null, targets: [...before.slice(0, -1), ...last] };
}

export const indicatorValues = (indicator: Indicator): Changes => ({
  ...indicator,
  targetOn: indicator.targets.at(-1)?.dueBy ?? null,
  targetValue: indicator.targets.at(-1)?.value ?? null,
});

function measurementFields(t: Words, indicator: Indicator): FieldSpec[] {
  return [
    { name: "measuredOn", kind: "day", label: t("fields.measuredOn"), isRequired: true },
    ...(indicator.isCumulative
      ? ([{ name: "periodStartsOn", kind: "day", label: t("fields.periodStartsOn") }] satisfies FieldSpec[])
      : []),
    ...measuredFields(t, indicator),
    { name: "comment", kind: "area", label: t("fields.comment"), maxLength: 20_000 },
  ];
}

function measuredFields(t: Words, indicator: Indicator): FieldSpec[] {
  if (indicator.nature === "milestone")
    return [
      {
        name: "milestoneState",
        kind: "choice",
        label: t("fields.milestoneState"),
        choices: choices(t, "milestoneState"),
        isRequired: true,
      },
    ];
  if (indicator.quantity === "percentage")
    return [
      { name: "numerator", kind: "figure", label: t("fields.numerator"), isRequired: true },
      { name: "denominator", kind: "figure", label: t("fields.denominator"), isRequired: true },
    ];
  return [
    {
      name: "value",
      kind: "figure",
      label: indicator.unit ? `${t("fields.value")} (${indicator.unit})` : t("fields.value"),
      isRequired: true,
    },
  ];
}

/** The forms of indicators and measurements, and what is done with them. */
export function useIndicatorForms(actionId: string, onDone: () => void) {
  const { api } = useApi();
  const { t, locale } = useWords();
  const words = useValueWords(useNames());
  const name = useFieldName();
  const indicator = useEdit<Indicator>({
    read: (indicatorId) =>
      answer(api.GET("/pst/v1/indicators/{indicatorId}", { params: { path: { indicatorId } } })),
    patch: (indicatorId, body, version) =>
      answer(
        api.PATCH("/pst/v1/indicators/{indicatorId}", {
          params: { path: { indicatorId }, header: ifVersion(version) },
          body,
        }),
      ),
    name,
    words,
    said: t("indicators.saved"),
    onDone,
  });
  const measurement = useEdit<Measurement>({
    read: (measurementId) =>
      answer(api.GET("/pst/v1/measurements/{measurementId}", { params: { path: { measurementId } } })),
    patch: (id, body, version) => patchMeasurement(api, id, body, version),
    name,
    words,
    said: t("indicators.measureSaved"),
    onDone,
  });
  return {
    indicator,
    measurement,
    fields: indicatorFields(t),
    fieldsOf: (one: Indicator) => measurementFields(t, one),
    reason: [
      { name: "stateReason", kind: "area", label: t("fields.stateReason"), isRequired: true },
    ] satisfies FieldSpec[],
    mutations: indicatorMutations(api, actionId, t, locale),
  };
}

const patchMeasurement = (
  api: Api,
  measurementId: string,
  body: Changes,
  version: number,
): Promise<Measurement> =>
  answer(
    api.PATCH("/pst/v1/measurements/{measurementId}", {
      params: { path: { measurementId }, header: ifVersion(version) },
      body: body as Schemas["MeasurementPatch"],
    }),
  );

function indicatorMutations(api: Api, actionId: string, t: Words, locale: string) {
  const remove = (one: Indicator): Mutation<Indicator> => ({
    show: (rows) => rows.filter((row) => row.id !== one.id),
    send: async () => {
      await api.DELETE("/pst/v1/indicators/{indicatorId}", {
        params: { path: { indicatorId: one.id }, header: ifVersion(one.version) },
      });
      return undefined;
    },
    said: t("indicators.removed"),
  });
  const add = (said: Changes): Mutation<Indicator> => ({
    show: (rows) => rows,
    send: () =>
      answer(
        api.POST("/pst/v1/indicators", {
          params: { header: idempotencyHeader() },
          body: { ...(indicatorWire(said, []) as unknown as Schemas["IndicatorCreate"]), actionId },
        }),
      ),
    said: t("indicators.added"),
    undo: (saved) => remove(saved as Indicator),
  });
  const unmeasure = (one: Measurement): Mutation<Measurement> => ({
    show: (rows) => rows.filter((row) => row.id !== one.id),
    send: async () => {
      await api.DELETE("/pst/v1/measurements/{measurementId}", {
        params: { path: { measurementId: one.id }, header: ifVersion(one.version) },
      });
      return undefined;
    },
    said: t("indicators.measureRemoved"),
    undo: () => {
      const { measuredOn, periodStartsOn, value, numerator, denominator, milestoneState, comment } = one;
      return measure(
        { measuredOn, periodStartsOn, value, numerator, denominator, milestoneState, comment },
        one.indicatorId,
      );
    },
  });
  const measure = (said: Changes, indicatorId: string): Mutation<Measurement> => ({
    show: (rows) => rows,
    send: () =>
      answer(
        api.POST("/pst/v1/measurements", {
          params: { header: idempotencyHeader() },
          body: { ...(said as unknown as Schemas["MeasurementCreate"]), indicatorId },
        }),
      ),
    said: t("indicators.measureAdded"),
    undo: (saved) => unmeasure(saved as Measurement),
  });
  /** Submit, take back, approve, return: where the service says it may go. */
  const turn = (one: Measurement, state: string, stateReason?: unknown): Mutation<Measurement> => ({
    show: (rows) =>
      rows.map((row) => (row.id === one.id ? { ...row, state: state as Measurement["state"] } : row)),
    send: (now) =>
      patchMeasurement(api, one.id, { state, ...(stateReason ? { stateReason } : {}) }, now(one.id).version),
    said: t("indicators.turned", {
      day: dayWords(one.measuredOn, locale),
      state: valueWords(t, "state", state),
    }),
  });
  return { add, remove, measure, unmeasure, turn };
}
