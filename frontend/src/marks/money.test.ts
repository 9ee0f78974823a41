import { expect, test } from "vitest";
import { amountOf, amountWords, exceeds, figureOf, figureText, percentOf, sum } from "./money";

test("amounts are added to the cent, unknown ones left out", () => {
  expect(sum(["0.10", "0.20", null])).toBe("0.30");
  expect(sum(["9007199254740993.01", "-0.02"])).toBe("9007199254740992.99");
  expect(sum(["33.33", "33.33", "33.34"])).toBe("100.00");
  expect(sum([null])).toBeNull();
});

test("an amount is read as people of every language write it", () => {
  expect(amountOf("12 500,5")).toBe("12500.50");
  expect(amountOf("12.500,50")).toBe("12500.50");
  expect(amountOf("12,500.50")).toBe("12500.50");
  expect(amountOf("12.500")).toBe("12500.00");
  expect(amountOf("1.234.567")).toBe("1234567.00");
  expect(amountOf("€ 0,07")).toBe("0.07");
  expect(amountOf("-3,2")).toBe("-3.20");
  expect(amountOf("  ")).toBeNull();
});

test("what is no amount is not taken for one", () => {
  for (const text of [
    "abc",
    "1,2,3",
    "12.5.00",
    "1.234,567",
    "12,5000",
    "--1",
    "1e5",
    "1234567890123",
    ",",
  ]) {
    expect(amountOf(text), text).toBeUndefined();
  }
});

test("an amount comes back from its own field unchanged, to the last cent of twelve digits", () => {
  for (const locale of ["fr-BE", "nl-BE", "de-BE", "en-GB"]) {
    for (const amount of ["0.01", "999999999999.99", "-1500.00", "1234.50"]) {
      expect(amountOf(amountWords(amount, locale)), `${locale} ${amount}`).toBe(amount);
    }
  }
});

test("parts of a whole are counted without rounding up", () => {
  expect(percentOf("199.99", "200.00")).toBe(99);
  expect(percentOf("300.00", "200.00")).toBe(100);
  expect(percentOf("1.00", "0.00")).toBeNull();
  expect(exceeds("200.01", "200.00")).toBe(true);
  expect(exceeds("200.00", "200.00")).toBe(false);
});

test("a figure is read with the marks of the reader's language, up to four decimals", () => {
  expect(figureOf("1 234,5678", "fr-BE")).toBe("1234.5678");
  expect(figureOf("12.345", "fr-BE")).toBe("12345");
  expect(figureOf("12,345", "fr-BE")).toBe("12.345");
  expect(figureOf("12,345", "en-GB")).toBe("12345");
  expect(figureOf("0.5", "fr-BE")).toBe("0.5");
  expect(figureOf("35 %", "fr-BE")).toBe("35");
  expect(figureOf("", "fr-BE")).toBeNull();
  for (const text of ["douze", "1,23456", "1,2,3", "-"])
    expect(figureOf(text, "fr-BE"), text).toBeUndefined();
  for (const locale of ["fr-BE", "nl-BE", "de-BE", "en-GB"]) {
    for (const value of ["1234567.0001", "0", "-12.5", "12.345"])
      expect(figureOf(figureText(value, locale), locale), `${locale} ${value}`).toBe(value);
  }
});
