import type { Words } from "@/words";
import type { Computed, Indicator } from "./use-indicators";

/** A figure as the reader writes it, with its unit; the digits are read exactly from the string. */
export function figureWords(
  value: string,
  indicator: Pick<Indicator, "unit" | "quantity">,
  locale: string,
): string {
  const figure = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(
    value as Intl.StringNumericLiteral,
  );
  return indicator.quantity === "percentage" ? `${figure}\u00a0%` : figure;
}

/** The figure and the unit behind it. */
export function measureWords(
  value: string,
  indicator: Pick<Indicator, "unit" | "quantity">,
  locale: string,
): string {
  const figure = figureWords(value, indicator, locale);
  return indicator.unit && indicator.quantity !== "percentage" ? `${figure} ${indicator.unit}` : figure;
}

/** Why there is no figure: said in words, and never as zero. */
export const reasonWords = (computed: Computed, t: Words): string =>
  computed.reason ? t(`indicators.${computed.reason}`) : "";
