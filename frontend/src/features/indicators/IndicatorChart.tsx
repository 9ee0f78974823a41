import { useLayoutEffect, useRef, useState } from "react";
import { today } from "@/marks/days";
import { useWords } from "@/words";
import { dayNumber, dayScale, pathOf, type Spot, spotsOf, valueScale, yearOf } from "./chart-view";
import { figureWords } from "./indicator-words";
import type { Indicator, IndicatorValue } from "./use-indicators";

/** Room for the words of the axes, in pixels at the usual size of text; it grows with what the reader has set. */
const room = { height: 220, left: 52, right: 16, top: 12, bottom: 28 };

function roomNow() {
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
  const { height, left, right, top, bottom } = room;
  return {
    height: height * scale,
    left: left * scale,
    right: right * scale,
    top: top * scale,
    bottom: bottom * scale,
  };
}

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
  const { height, ...edge } = roomNow();
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
      <figcaption className="cluster soft" aria-hidden="true">
        <Sign line="chart-measured" words={t("indicators.measured")} />
        {path.length > 0 && <Sign line="chart-path" words={t("indicators.path")} />}
        <Sign line="chart-today" words={t("indicators.today")} />
      </figcaption>
    </figure>
  );
}

/** What a line of the chart stands for. */
function Sign({ line, words }: { line: string; words: string }) {
  return (
    <span className="cluster">
      <svg width={22} height={4} aria-hidden="true">
        <line className={line} x1={0} x2={22} y1={2} y2={2} />
      </svg>
      {words}
    </span>
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
