import { type NumberRead, readNumber } from "./numbers";

/** Amounts are decimal strings, as the API says them; cents are whole numbers without limit. Nothing is ever a float. */

const toCents = (amount: string): bigint => {
  const [whole = "0", part = ""] = amount.replace("-", "").split(".");
  const cents = BigInt(whole) * 100n + BigInt(part.padEnd(2, "0").slice(0, 2));
  return amount.startsWith("-") ? -cents : cents;
};

const fromCents = (cents: bigint): string => {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, "0");
  return `${cents < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** The sum to the cent; null when nothing is known. */
export function sum(amounts: readonly (string | null)[]): string | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 ? null : fromCents(known.reduce((total, amount) => total + toCents(amount), 0n));
}

/** How many hundredths of the whole a part makes, rounded down, never more than 100; null without a whole. */
export function percentOf(part: string | null, whole: string | null): number | null {
  if (part === null || whole === null || toCents(whole) <= 0n) return null;
  const percent = Number((toCents(part) * 100n) / toCents(whole));
  return Math.max(0, Math.min(100, percent));
}

/** Whether more is spent or committed than was planned. */
export const exceeds = (amount: string | null, limit: string | null): boolean =>
  amount !== null && limit !== null && toCents(amount) > toCents(limit);

/** An amount as the reader of this language writes it, as the API takes it: `12500.50`. */
export function readAmount(text: string, locale: string): NumberRead {
  const read = readNumber(text, locale, 2);
  if ("lack" in read || read.value === null) return read;
  const [whole, part = ""] = read.value.split(".");
  return { value: `${whole}.${part.padEnd(2, "0")}` };
}

/** An amount as it is put into a field: grouped as the reader writes it, without the currency. */
export function amountWords(amount: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return format.format(amount as Intl.StringNumericLiteral);
}

/** A figure as the reader of this language writes it, with at most four decimals. */
export const readFigure = (text: string, locale: string): NumberRead => readNumber(text, locale, 4);

/** A figure as it is put into a field. */
export const figureText = (value: string, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(value as Intl.StringNumericLiteral);
