import { useState } from "react";
import { dayWords, shareWords } from "@/marks/formats";
import { valueWords } from "@/marks/values";
import { Button } from "@/ui/Button";
import { IconButton } from "@/ui/IconButton";
import type { IconName } from "@/ui/icons";
import { RadioGroup } from "@/ui/RadioGroup";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { useWords, type Words } from "@/words";
import { IndicatorChart } from "./IndicatorChart";
import { measureWords, reasonWords } from "./indicator-words";
import { MeasurementTable, type MeasurementTableProps } from "./MeasurementTable";
import type { Indicator, IndicatorValue, Measurement } from "./use-indicators";

export interface IndicatorCardProps extends Omit<MeasurementTableProps, "indicator" | "measurements"> {
  indicator: Indicator;
  value: IndicatorValue | undefined;
  measurements: readonly Measurement[];
  onEdit: () => void;
  onRemove: () => void;
  onMeasure: () => void;
}

const paces = {
  reached: { icon: "checkCircle", tone: "success" },
  onTrack: { icon: "half", tone: "progress" },
  behind: { icon: "warning", tone: "warning" },
} as const satisfies Record<string, { icon: IconName; tone: Tone }>;

/** One indicator: where it stands, the way it took, and what was measured. */
export function IndicatorCard(props: IndicatorCardProps) {
  const { indicator, value, measurements, onEdit, onRemove, onMeasure, ...table } = props;
  const { t, locale } = useWords();
  const [look, setLook] = useState<"chart" | "table">("chart");
  const hasChart = indicator.nature === "measure" && value !== undefined && value.points.length > 0;
  const about = [
    valueWords(t, "indicatorKind", indicator.kind),
    indicator.nature === "milestone"
      ? valueWords(t, "indicatorNature", "milestone")
      : valueWords(t, "quantity", indicator.quantity),
    indicator.frequency && valueWords(t, "frequency", indicator.frequency),
    indicator.source,
    indicator.isGathering && t("indicators.gathered"),
  ].filter(Boolean);
  const isChart = hasChart && look === "chart";
  return (
    <article className="indicator" aria-label={indicator.title}>
      <div className="sheet-part-head">
        <div>
          <h3>{indicator.title}</h3>
          <p className="soft">{about.join(" · ")}</p>
        </div>
        <span className="cluster no-print">
          {indicator.permitted.includes("updateIndicator") && (
            <IconButton
              icon="pencil"
              size="small"
              label={t("editing.editOf", { name: indicator.title })}
              onPress={onEdit}
            />
          )}
          {indicator.permitted.includes("deleteIndicator") && (
            <IconButton
              icon="trash"
              size="small"
              label={t("indicators.removeOf", { name: indicator.title })}
              onPress={onRemove}
            />
          )}
        </span>
      </div>
      {indicator.description && <p>{indicator.description}</p>}
      {value && <Standing indicator={indicator} value={value} />}
      <div className="cluster indicator-tools no-print">
        {hasChart && (
          <RadioGroup
            label={t("indicators.look", { title: indicator.title })}
            hideLabel
            look="segmented"
            value={look}
            onChange={(chosen) => setLook(chosen === "table" ? "table" : "chart")}
            choices={[
              { id: "chart", name: t("indicators.chart") },
              { id: "table", name: t("indicators.table") },
            ]}
          />
        )}
        {indicator.permitted.includes("createMeasurement") && (
          <Button icon="add" onPress={onMeasure}>
            {t("indicators.measure")}
          </Button>
        )}
      </div>
      {isChart && value ? (
        <IndicatorChart
          indicator={indicator}
          value={value}
          summary={summaryOf(indicator, value, locale, t)}
        />
      ) : (
        <MeasurementTable indicator={indicator} measurements={measurements} {...table} />
      )}
    </article>
  );
}

/** Value, target, way covered, pace: each a figure, or the reason why there is none. */
function Standing({ indicator, value }: { indicator: Indicator; value: IndicatorValue }) {
  const { t, locale } = useWords();
  const nothing = (reason: string) => (
    <span className="indicator-nothing">
      {t("indicators.notComputable")}
      {reason && <span className="soft">{reason}</span>}
    </span>
  );
  const day = (on: string) => dayWords(on, locale);
  const isMilestone = indicator.nature === "milestone";
  return (
    <dl className="indicator-standing">
      <div>
        <dt>{t("indicators.now")}</dt>
        <dd>
          {isMilestone && value.milestoneState
            ? valueWords(t, "milestoneState", value.milestoneState)
            : value.value.value === null
              ? nothing(isMilestone ? t("indicators.noApprovedValue") : reasonWords(value.value, t))
              : measureWords(value.value.value, indicator, locale)}
          {value.numerator !== null && value.denominator !== null && (
            <span className="soft">
              {t("indicators.of", { part: value.numerator, whole: value.denominator })}
            </span>
          )}
          {value.measuredOn && (
            <span className="soft">{t("indicators.asOf", { day: day(value.measuredOn) })}</span>
          )}
        </dd>
      </div>
      <div>
        <dt>{isMilestone ? t("fields.expectedOn") : t("indicators.target")}</dt>
        <dd>
          {value.target ? (
            <>
              {measureWords(value.target.value, indicator, locale)}
              <span className="soft">{t("indicators.asOf", { day: day(value.target.dueBy) })}</span>
            </>
          ) : indicator.expectedOn ? (
            day(indicator.expectedOn)
          ) : (
            "–"
          )}
        </dd>
      </div>
      {!isMilestone && (
        <div>
          <dt>{t("indicators.achievement")}</dt>
          <dd>
            {value.achievement.value === null
              ? nothing(reasonWords(value.achievement, t))
              : shareWords(Math.round(Number(value.achievement.value)), locale)}
          </dd>
        </div>
      )}
      {!isMilestone && value.expected.value !== null && (
        <div>
          <dt>{t("indicators.expected")}</dt>
          <dd>{measureWords(value.expected.value, indicator, locale)}</dd>
        </div>
      )}
      {value.pace && (
        <div className="indicator-pace">
          <dt className="visually-hidden">{t("fields.health")}</dt>
          <dd>
            <StatusBadge {...paces[value.pace]} word={t(`indicators.${value.pace}`)} />
            {value.trend && <span className="soft">{t(`indicators.${value.trend}`)}</span>}
          </dd>
        </div>
      )}
    </dl>
  );
}

function summaryOf(indicator: Indicator, value: IndicatorValue, locale: string, t: Words): string {
  const known = value.points.flatMap((point) => (point.value === null ? [] : [point.value]));
  const words = (figure: string | undefined) =>
    figure === undefined ? t("indicators.notComputable") : measureWords(figure, indicator, locale);
  return t("indicators.summary", {
    title: indicator.title,
    first: words(known[0]),
    last: words(known.at(-1)),
    target: words(value.target?.value),
  });
}
