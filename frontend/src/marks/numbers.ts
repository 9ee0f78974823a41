/** One reader of numbers for every form: as people of each language write them, exact, never a float. */

export type NumberLack = "notANumber" | "ambiguousNumber" | "tooManyDecimals" | "tooManyDigits";

/** What was read: a decimal string, null where nothing is written, or why it is none. */
export type NumberRead = { value: string | null } | { lack: NumberLack };

export const decimalMark = (locale: string): string =>
  new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === "decimal")?.value ?? ",";

const groupMark = (locale: string): string =>
  new Intl.NumberFormat(locale).formatToParts(1234567).find((part) => part.type === "group")?.value ?? " ";

/** Every space that groups thousands, breaking or not, and the apostrophe of the Swiss. */
const spaces = /[\s\u00a0\u202f\u2009\u2007'’]/g;
const grouped = /^[1-9]\d{0,2}([., ]\d{3})+$/;

/** The digits of a whole part, where its groups are groups of three parted by one mark; undefined where not. */
function wholeOf(text: string): string | undefined {
  if (/^\d+$/.test(text)) return text.replace(/^0+(?=\d)/, "");
  const marks = new Set(text.replace(/\d/g, ""));
  return grouped.test(text) && marks.size === 1 ? text.replace(/\D/g, "") : undefined;
}

/**
 * The mark that parts the decimals, by its place: null where there is none. A mark alone before three digits is the
 * one or the other as the language has it; where the language uses it for neither, nobody can tell.
 */
function markAt(text: string, locale: string): number | null | "ambiguous" {
  const last = Math.max(text.lastIndexOf(","), text.lastIndexOf("."));
  if (last < 0) return null;
  const mark = text.charAt(last);
  const isOnlyKind = !text.includes(mark === "," ? "." : ",");
  if (isOnlyKind && text.indexOf(mark) < last) return null;
  if (!isOnlyKind || mark === decimalMark(locale)) return last;
  if (wholeOf(text) === undefined) return last;
  return groupMark(locale) === mark ? null : "ambiguous";
}

/**
 * A number as it is written, with at most so many decimals and digits before them. What could be meant in two ways is
 * refused, and so are more decimals than are kept: nothing is rounded, nothing is guessed.
 */
export function readNumber(text: string, locale: string, decimals: number, digits = 12): NumberRead {
  const bare = text
    .replace(spaces, " ")
    .replace(/[€%]|EUR$/gi, "")
    .trim()
    .replace(/^[-−] ?/, "-");
  if (bare === "") return { value: null };
  const sign = bare.startsWith("-") ? "-" : "";
  const plain = bare.slice(sign.length);
  const at = markAt(plain, locale);
  if (at === "ambiguous") return { lack: "ambiguousNumber" };
  const whole = wholeOf(at === null ? plain : plain.slice(0, at));
  const part = at === null ? "" : plain.slice(at + 1);
  if (whole === undefined || (at !== null && !/^\d+$/.test(part))) return { lack: "notANumber" };
  if (part.length > decimals) return { lack: "tooManyDecimals" };
  if (whole.length > digits) return { lack: "tooManyDigits" };
  return { value: `${sign}${whole}${part === "" ? "" : `.${part}`}` };
}
