/** The geometry of a chart: places are pixels, and so may be floats; values told to a reader never come from here. */

export interface Spot {
  on: string;
  value: number;
}

export interface Scale {
  (value: number): number;
  ticks: readonly number[];
}

const day = 86_400_000;
export const dayNumber = (on: string): number => Math.round(Date.parse(`${on}T00:00:00Z`) / day);

/** Round steps of 1, 2 or 5 times a power of ten that cover a span in about so many parts. */
export function niceTicks(low: number, high: number, parts: number): number[] {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, nth) => Number(((first + nth) * step).toPrecision(12)));
}

export function valueScale(values: readonly number[], bottom: number, top: number): Scale {
  const low = Math.min(0, ...values);
  const high = Math.max(...values, low);
  const ticks = niceTicks(low, high, 4);
  const [from = 0, to = 1] = [ticks[0], ticks.at(-1)];
  const place = (value: number) => bottom + ((value - from) / (to - from)) * (top - bottom);
  return Object.assign(place, { ticks });
}

/** Days from left to right; the ticks are the first days of years, or of months where one year is all there is. */
export function dayScale(days: readonly string[], left: number, right: number): Scale {
  const numbers = days.map(dayNumber);
  const from = Math.min(...numbers);
  const to = Math.max(...numbers, from + 1);
  const place = (number: number) => left + ((number - from) / (to - from)) * (right - left);
  const [firstYear, lastYear] = [from, to].map((number) => new Date(number * day).getUTCFullYear()) as [
    number,
    number,
  ];
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, nth) =>
    dayNumber(`${firstYear + nth}-01-01`),
  );
  const inside = years.filter((number) => number >= from && number <= to);
  const most = Math.max(2, Math.floor((right - left) / 70));
  const every = Math.ceil(inside.length / most);
  return Object.assign(place, { ticks: inside.filter((_, nth) => nth % every === 0) });
}

export const yearOf = (number: number): number => new Date(number * day).getUTCFullYear();

export const pathOf = (spots: readonly Spot[], x: Scale, y: Scale): string =>
  spots
    .map(
      ({ on, value }, nth) => `${nth === 0 ? "M" : "L"}${x(dayNumber(on)).toFixed(1)} ${y(value).toFixed(1)}`,
    )
    .join("");

/** A decimal string as a place on a scale. */
export const spotsOf = (points: readonly { on: string; value: string | null }[]): Spot[] =>
  points.flatMap(({ on, value }) => (value === null ? [] : [{ on, value: Number(value) }]));
