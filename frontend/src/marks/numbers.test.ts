import { expect, test } from "vitest";
import { amountWords, figureText, readAmount, readFigure } from "./money";

const locales = ["fr-BE", "nl-BE", "de-BE", "en-GB"] as const;

const amounts: [string, ...(string | null)[]][] = [
  // written            fr           nl           de           en
  ["12 500,5", "12500.50", "12500.50", "12500.50", "12500.50"],
  ["12\u202f500,50", "12500.50", "12500.50", "12500.50", "12500.50"],
  ["12\u00a0500", "12500.00", "12500.00", "12500.00", "12500.00"],
  ["12.500,50", "12500.50", "12500.50", "12500.50", "12500.50"],
  ["12,500.50", "12500.50", "12500.50", "12500.50", "12500.50"],
  ["1.234.567", "1234567.00", "1234567.00", "1234567.00", "1234567.00"],
  ["1.234.567,89 €", "1234567.89", "1234567.89", "1234567.89", "1234567.89"],
  ["12500.50", "12500.50", "12500.50", "12500.50", "12500.50"],
  ["12,5", "12.50", "12.50", "12.50", "12.50"],
  ["€ 0,07", "0.07", "0.07", "0.07", "0.07"],
  ["-3,2", "-3.20", "-3.20", "-3.20", "-3.20"],
  ["−1 000", "-1000.00", "-1000.00", "-1000.00", "-1000.00"],
  ["007", "7.00", "7.00", "7.00", "7.00"],
  ["12.500", "ambiguousNumber", "12500.00", "12500.00", "tooManyDecimals"],
  ["12,345", "tooManyDecimals", "tooManyDecimals", "tooManyDecimals", "12345.00"],
  ["0,005", "tooManyDecimals", "tooManyDecimals", "tooManyDecimals", "tooManyDecimals"],
  ["0.005", "tooManyDecimals", "tooManyDecimals", "tooManyDecimals", "tooManyDecimals"],
  ["1234.567", "tooManyDecimals", "tooManyDecimals", "tooManyDecimals", "tooManyDecimals"],
  ["1.234,567", "tooManyDecimals", "tooManyDecimals", "tooManyDecimals", "tooManyDecimals"],
  ["12,5000", "tooManyDecimals", "tooManyDecimals", "tooManyDecimals", "tooManyDecimals"],
  ["1234567890123", "tooManyDigits", "tooManyDigits", "tooManyDigits", "tooManyDigits"],
  ["  ", null, null, null, null],
  ...["abc", "1,2,3", "12.5.00", "--1", "1e5", ",", "12,", "1 2 3", "12 50", "1.234 567", "0.000.000"].map(
    (text): [string, ...string[]] => [text, ...locales.map(() => "notANumber")],
  ),
];

test.each(amounts)("the amount « %s » is read, or refused for its reason", (text, ...wanted) => {
  const read = locales.map((locale) => {
    const found = readAmount(text, locale);
    return "lack" in found ? found.lack : found.value;
  });
  expect(read).toEqual(wanted);
});

test("a figure keeps up to four decimals, by the marks of the reader's language", () => {
  const read = (text: string, locale: string) => {
    const found = readFigure(text, locale);
    return "lack" in found ? found.lack : found.value;
  };
  expect(read("1 234,5678", "fr-BE")).toBe("1234.5678");
  expect(read("12,345", "fr-BE")).toBe("12.345");
  expect(read("12,345", "en-GB")).toBe("12345");
  expect(read("12.345", "fr-BE")).toBe("ambiguousNumber");
  expect(read("12.345", "nl-BE")).toBe("12345");
  expect(read("0.005", "fr-BE")).toBe("0.005");
  expect(read("35 %", "fr-BE")).toBe("35");
  expect(read("1,23456", "fr-BE")).toBe("tooManyDecimals");
  expect(read("", "fr-BE")).toBeNull();
});

test("what a field shows is read back unchanged, in every language", () => {
  for (const locale of locales) {
    for (const amount of ["0.01", "999999999999.99", "-1500.00", "1234.50", "12345.00", "12.34"])
      expect(readAmount(amountWords(amount, locale), locale), `${locale} ${amount}`).toEqual({
        value: amount,
      });
    for (const value of ["1234567.0001", "0", "-12.5", "12.345", "12345"])
      expect(readFigure(figureText(value, locale), locale), `${locale} ${value}`).toEqual({ value });
  }
});
