import { useState } from "react";
import { Refusal } from "@/editing/FieldsForm";
import { EditConflict, FormPanel, type FormPanelProps } from "@/editing/FormPanel";
import type { Changes } from "@/editing/use-edit";
import type { Rows } from "@/editing/use-rows";
import { today } from "@/marks/days";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { useWords } from "@/words";
import { IndicatorCard } from "./IndicatorCard";
import { indicatorValues, indicatorWire, useIndicatorForms } from "./use-indicator-forms";
import { type Indicator, type Measurement, useIndicatorValues } from "./use-indicators";
import "./indicators.css";

export interface IndicatorsTabProps {
  actionId: string;
  indicators: Rows<Indicator>;
  measurements: Rows<Measurement>;
  mayAdd: boolean;
}

type Open =
  | { what: "new" }
  | { what: "edit"; indicator: Indicator }
  | { what: "measure"; indicator: Indicator }
  | { what: "remeasure"; indicator: Indicator; measurement: Measurement }
  | { what: "return"; measurement: Measurement };

/** What an action is judged by: where each indicator stands, its values, and their approval. */
export function IndicatorsTab({ actionId, indicators, measurements, mayAdd }: IndicatorsTabProps) {
  const { t } = useWords();
  const values = useIndicatorValues(actionId);
  const [open, setOpen] = useState<Open | null>(null);
  const [isSending, setSending] = useState(false);
  const forms = useIndicatorForms(actionId, () => setOpen(null));
  const rows = indicators.rows ?? [];
  const measured = measurements.rows ?? [];
  const close = () => {
    forms.indicator.reset();
    forms.measurement.reset();
    indicators.dismiss();
    measurements.dismiss();
    setOpen(null);
  };
  const send = async (work: Promise<boolean>) => {
    setSending(true);
    if (await work) setOpen(null);
    setSending(false);
  };
  const save = (said: Changes) => {
    switch (open?.what) {
      case "new":
        return void send(indicators.perform(forms.mutations.add(said)));
      case "edit":
        return forms.indicator.save(open.indicator, indicatorWire(said, open.indicator.targets));
      case "measure":
        return void send(measurements.perform(forms.mutations.measure(said, open.indicator.id)));
      case "remeasure":
        return forms.measurement.save(open.measurement, said);
      case "return":
        return void send(
          measurements.perform(forms.mutations.turn(open.measurement, "returned", said.stateReason)),
        );
    }
  };
  const refused = open === null ? (indicators.refused ?? measurements.refused) : null;
  const add = mayAdd && (
    <Button icon="add" variant="primary" onPress={() => setOpen({ what: "new" })}>
      {t("indicators.add")}
    </Button>
  );
  const panel = (): Pick<FormPanelProps, "title" | "fields" | "values" | "problem"> | null => {
    switch (open?.what) {
      case "new":
        return {
          title: t("indicators.addTitle"),
          fields: forms.fields,
          values: { nature: "measure", kind: "output", quantity: "number", direction: "up" },
          problem: indicators.refused,
        };
      case "edit":
        return {
          title: t("indicators.editTitle"),
          fields: forms.fields,
          values: indicatorValues(open.indicator),
          problem: forms.indicator.problem,
        };
      case "measure":
        return {
          title: t("indicators.measureTitle"),
          fields: forms.fieldsOf(open.indicator),
          values: { measuredOn: today() },
          problem: measurements.refused,
        };
      case "remeasure":
        return {
          title: t("indicators.changeMeasure"),
          fields: forms.fieldsOf(open.indicator),
          values: { ...open.measurement },
          problem: forms.measurement.problem,
        };
      case "return":
        return {
          title: t("indicators.giveBackTitle"),
          fields: forms.reason,
          values: {},
          problem: measurements.refused,
        };
      default:
        return null;
    }
  };
  const shown = panel();
  return (
    <section className="sheet-part" aria-labelledby="indicators-heading">
      <div className="sheet-part-head">
        <h2 id="indicators-heading">{t("indicators.heading")}</h2>
        {rows.length > 0 && add}
      </div>
      {refused && <Refusal problem={refused} onDismiss={close} />}
      {rows.length === 0 && (
        <EmptyState icon="target" title={t("indicators.noneTitle")} headingLevel={3} action={add}>
          {t(mayAdd ? "indicators.noneAdd" : "indicators.none")}
        </EmptyState>
      )}
      {rows.map((indicator) => (
        <IndicatorCard
          key={indicator.id}
          indicator={indicator}
          value={values.get(indicator.id)}
          measurements={measured.filter((one) => one.indicatorId === indicator.id)}
          onEdit={() => setOpen({ what: "edit", indicator })}
          onRemove={() => void indicators.perform(forms.mutations.remove(indicator))}
          onMeasure={() => setOpen({ what: "measure", indicator })}
          onChange={(measurement) => setOpen({ what: "remeasure", indicator, measurement })}
          onUnmeasure={(measurement) => void measurements.perform(forms.mutations.unmeasure(measurement))}
          onTurn={(measurement, state) =>
            state === "returned"
              ? setOpen({ what: "return", measurement })
              : void measurements.perform(forms.mutations.turn(measurement, state))
          }
        />
      ))}
      {shown && (
        <FormPanel
          key={open?.what}
          {...shown}
          saveLabel={t("editing.save")}
          isSaving={isSending || forms.indicator.isSaving || forms.measurement.isSaving}
          onSave={save}
          onClose={close}
        />
      )}
      <EditConflict edit={forms.indicator} />
      <EditConflict edit={forms.measurement} />
    </section>
  );
}
