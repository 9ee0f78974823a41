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

/**
 * An amount as people write it (« 12 500,5 », « 12.500,50 », « € 12500.50 ») as the API takes it: `12500.50`.
 * Null when nothing is written, undefined when it is no amount.
 */
export function amountOf(text: string): string | null | undefined {
  const bare = text.replace(/[\s\u00a0\u202f€'’]/g, "").replace(/EUR$/i, "");
  if (bare === "") return null;
  const [, sign = "", whole = "", , part = ""] = /^(-?)([\d.,]*?)([.,](\d{1,2}))?$/.exec(bare) ?? [];
  const grouped = /^\d{1,3}([.,]\d{3})+$/.test(whole) && new Set(whole.replace(/\d/g, "")).size === 1;
  if (!/^\d+$/.test(whole) && !grouped) return undefined;
  const digits = whole.replace(/\D/g, "").replace(/^0+(?=\d)/, "");
  return digits.length > 12 ? undefined : `${sign}${digits}.${part.padEnd(2, "0")}`;
}

/** An amount as it is put into a field: grouped as the reader writes it, without the currency. */
export function amountWords(amount: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return format.format(amount as Intl.StringNumericLiteral);
}

const decimalMark = (locale: string): string =>
  new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === "decimal")?.value ?? ",";

/** A figure as people write it, with at most four decimals; null when nothing is written, undefined when it is none. */
export function figureOf(text: string, locale: string): string | null | undefined {
  const bare = text.replace(/[\s\u00a0\u202f%'’]/g, "");
  if (bare === "") return null;
  const mark = decimalMark(locale);
  const other = mark === "," ? "." : ",";
  // The other mark groups thousands; alone and before other than three digits, it can only be meant as decimal.
  const isOther = !bare.includes(mark) && new RegExp(`^-?\\d+\\${other}(\\d{1,2}|\\d{4})$`).test(bare);
  const plain = isOther ? bare.replace(other, ".") : bare.replaceAll(other, "").replace(mark, ".");
  return /^-?\d{1,12}(\.\d{1,4})?$/.test(plain) ? plain : undefined;
}

/** A figure as it is put into a field. */
export const figureText = (value: string, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(value as Intl.StringNumericLiteral);
