import { useLayoutEffect, useRef, useState } from "react";
import { today } from "@/marks/days";
import { useWords } from "@/words";
import { dayNumber, dayScale, pathOf, type Spot, spotsOf, valueScale, yearOf } from "./chart-view";
import { figureWords } from "./indicator-words";
import type { Indicator, IndicatorValue } from "./use-indicators";

const height = 220;
const edge = { left: 52, right: 16, top: 12, bottom: 28 };

export interface IndicatorChartProps {
  indicator: Indicator;
  value: IndicatorValue;
  /** The whole of it in a sentence, for those who do not see it. */
  summary: string;
}

/** Approved values over the days, and the path from the baseline through the targets. The same figures stand in the table. */
export function IndicatorChart({ indicator, value, summary }: IndicatorChartProps) {
  const { t, locale } = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(640);
  useLayoutEffect(() => {
    const box = frame.current;
    if (!box) return;
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.max(220, entry.contentRect.width)));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  const measured = spotsOf(value.points);
  const path = pathTo(indicator);
  const now = today();
  const x = dayScale(
    [...measured, ...path].map((spot) => spot.on).concat(now),
    edge.left,
    width - edge.right,
  );
  const y = valueScale(
    [...measured, ...path].map((spot) => spot.value),
    height - edge.bottom,
    edge.top,
  );
  const nowAt = x(dayNumber(now));
  return (
    <figure className="chart">
      <div ref={frame}>
        <svg role="img" aria-label={summary} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
          {y.ticks.map((tick) => (
            <g key={tick}>
              <line className="chart-line" x1={edge.left} x2={width - edge.right} y1={y(tick)} y2={y(tick)} />
              <text x={edge.left - 8} y={y(tick)} dy="0.32em" textAnchor="end">
                {figureWords(String(tick), indicator, locale)}
              </text>
            </g>
          ))}
          {x.ticks.map((tick) => (
            <text key={tick} x={x(tick)} y={height - 8} textAnchor="middle">
              {yearOf(tick)}
            </text>
          ))}
          <line className="chart-today" x1={nowAt} x2={nowAt} y1={edge.top} y2={height - edge.bottom} />
          {path.length > 1 && <path className="chart-path" d={pathOf(path, x, y)} />}
          {path.slice(-indicator.targets.length).map((spot) => (
            <rect
              key={spot.on}
              className="chart-target"
              x={x(dayNumber(spot.on)) - 4}
              y={y(spot.value) - 4}
              width={8}
              height={8}
              transform={`rotate(45 ${x(dayNumber(spot.on))} ${y(spot.value)})`}
            />
          ))}
          {measured.length > 1 && <path className="chart-measured" d={pathOf(measured, x, y)} />}
          {measured.map((spot) => (
            <circle
              key={spot.on}
              className="chart-spot"
              cx={x(dayNumber(spot.on))}
              cy={y(spot.value)}
              r={4}
            />
          ))}
        </svg>
      </div>
      <figcaption className="chart-legend" aria-hidden="true">
        <span data-line="measured">{t("indicators.measured")}</span>
        {path.length > 0 && <span data-line="path">{t("indicators.path")}</span>}
        <span data-line="today">{t("indicators.today")}</span>
      </figcaption>
    </figure>
  );
}

/** From the baseline, if its day is known, through every target. */
function pathTo(indicator: Indicator): Spot[] {
  const start =
    indicator.baseline !== null && indicator.baselineOn !== null
      ? [{ on: indicator.baselineOn, value: Number(indicator.baseline) }]
      : [];
  return [
    ...start,
    ...indicator.targets.map((target) => ({ on: target.dueBy, value: Number(target.value) })),
  ];
}
