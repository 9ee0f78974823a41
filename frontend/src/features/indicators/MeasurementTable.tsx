import { dayWords } from "@/marks/formats";
import { valueWords } from "@/marks/values";
import { Button } from "@/ui/Button";
import { IconButton } from "@/ui/IconButton";
import type { IconName } from "@/ui/icons";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { Table } from "@/ui/Table";
import { useWords } from "@/words";
import { figureWords, measureWords } from "./indicator-words";
import type { Indicator, Measurement } from "./use-indicators";

export interface MeasurementTableProps {
  indicator: Indicator;
  measurements: readonly Measurement[];
  onChange: (measurement: Measurement) => void;
  onUnmeasure: (measurement: Measurement) => void;
  onTurn: (measurement: Measurement, state: string) => void;
}

const looks = {
  draft: { icon: "dotted", tone: "neutral" },
  submitted: { icon: "clock", tone: "wait" },
  approved: { icon: "checkCircle", tone: "success" },
  returned: { icon: "undo", tone: "warning" },
} as const satisfies Record<Measurement["state"], { icon: IconName; tone: Tone }>;

const turnWords: Record<
  string,
  "indicators.submit" | "indicators.takeBack" | "indicators.approve" | "indicators.giveBack"
> = {
  submitted: "indicators.submit",
  draft: "indicators.takeBack",
  approved: "indicators.approve",
  returned: "indicators.giveBack",
};

/** Every measurement with its state; what can be done with it is what the service says. */
export function MeasurementTable({
  indicator,
  measurements,
  onChange,
  onUnmeasure,
  onTurn,
}: MeasurementTableProps) {
  const { t, locale } = useWords();
  if (measurements.length === 0) return <p className="soft">{t("indicators.noMeasure")}</p>;
  const day = (on: string) => dayWords(on, locale);
  return (
    <Table
      caption={`${t("indicators.measurements")} – ${indicator.title}`}
      hideCaption
      rows={measurements}
      rowId={(one) => one.id}
      columns={[
        {
          id: "day",
          name: t("fields.measuredOn"),
          cell: (one) => (
            <span className="numeric">
              {one.periodStartsOn
                ? `${day(one.periodStartsOn)} – ${day(one.measuredOn)}`
                : day(one.measuredOn)}
            </span>
          ),
        },
        {
          id: "value",
          name: t("fields.value"),
          isNumeric: indicator.nature === "measure",
          cell: (one) => <Value one={one} indicator={indicator} />,
        },
        {
          id: "state",
          name: t("indicators.state"),
          cell: (one) => (
            <span className="stack">
              <StatusBadge {...looks[one.state]} word={valueWords(t, "state", one.state)} />
              {one.stateReason && <span className="soft">{one.stateReason}</span>}
            </span>
          ),
        },
        { id: "comment", name: t("fields.comment"), cell: (one) => one.comment ?? "" },
        {
          id: "tools",
          name: t("ui.moreActions"),
          cell: (one) => (
            <span className="cluster no-print">
              {one.nextStates.map((state) => (
                <Button key={state} size="small" onPress={() => onTurn(one, state)}>
                  {t(turnWords[state] ?? "indicators.submit")}
                  <span className="visually-hidden"> {day(one.measuredOn)}</span>
                </Button>
              ))}
              {one.permitted.includes("updateMeasurement") && (
                <IconButton
                  icon="pencil"
                  size="small"
                  label={t("editing.editOf", { name: day(one.measuredOn) })}
                  onPress={() => onChange(one)}
                />
              )}
              {one.permitted.includes("deleteMeasurement") && (
                <IconButton
                  icon="trash"
                  size="small"
                  label={t("indicators.removeOf", { name: day(one.measuredOn) })}
                  onPress={() => onUnmeasure(one)}
                />
              )}
            </span>
          ),
        },
      ]}
    />
  );
}

function Value({ one, indicator }: { one: Measurement; indicator: Indicator }) {
  const { t, locale } = useWords();
  if (one.milestoneState) return valueWords(t, "milestoneState", one.milestoneState);
  if (one.value !== null) return measureWords(one.value, indicator, locale);
  if (one.numerator === null || one.denominator === null) return "–";
  const plain = { unit: null, quantity: "number" } as const;
  return t("indicators.of", {
    part: figureWords(one.numerator, plain, locale),
    whole: figureWords(one.denominator, plain, locale),
  });
}
