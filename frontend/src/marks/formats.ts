/** A day, `yyyy-MM-dd`, in the reader's language; read at noon so that no time zone moves it. */
export function dayWords(day: string, locale: string, month: "short" | "long" = "short"): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month, year: "numeric" }).format(
    new Date(`${day}T12:00:00`),
  );
}

/**
 * An amount as the API says it, a decimal string in euro. It is never turned into a float: the digits are grouped
 * by the formatter, which reads strings exactly.
 */
export function euroWords(amount: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" });
  return format.format(amount as Intl.StringNumericLiteral);
}

export const shareWords = (percent: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: "percent" }).format(percent / 100);
