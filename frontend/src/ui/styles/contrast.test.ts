import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const tokensOf = (css: string) =>
  new Map(
    [...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g)].map(([, name, value]) => [name ?? "", value ?? ""]),
  );

const light = tokensOf(read("./tokens.css"));
const dark = new Map([...light, ...tokensOf(read("./dark.css"))]);

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

const surfaces = ["paper", "surface", "surface-sunken", "surface-tint", "surface-hover", "surface-selected"];
const tones = ["neutral", "info", "wait", "progress", "warning", "success", "danger"];

/** Text and the surfaces it stands on: 4.5:1 (WCAG 1.4.3). */
const texts: [string, string[]][] = [
  ["ink", [...surfaces, ...tones.map((tone) => `${tone}-soft`)]],
  ["ink-soft", surfaces],
  ["ink-faint", ["paper", "surface", "surface-tint", "surface-sunken"]],
  ["action", ["paper", "surface", "surface-tint", "surface-hover", "surface-selected"]],
  ["action-ink", ["action", "action-hover"]],
  ["accent", ["surface", "paper", "accent-soft"]],
  ["danger-ink", ["surface", "surface-tint", "surface-hover", "paper"]],
  ["warning-ink", ["surface", "surface-hover"]],
  ["on-brand", ["brand"]],
  ["on-brand-soft", ["brand"]],
  ...tones.map((tone): [string, string[]] => [`${tone}-ink`, [`${tone}-soft`]]),
];

/** Contours of controls, focus and bars: 3:1 (WCAG 1.4.11). */
const shapes: [string, string[]][] = [
  ["control-line", ["surface", "paper", "surface-tint"]],
  ["focus", surfaces],
  ...tones.map((tone): [string, string[]] => [`${tone}-solid`, ["surface", "surface-tint"]]),
];

describe.each([
  ["light", light],
  ["dark", dark],
])("in the %s theme", (_theme, tokens) => {
  const measure = (pairs: [string, string[]][], least: number) =>
    pairs.flatMap(([front, backs]) =>
      backs
        .map((back) => ({ front, back, ratio: contrast(tokens.get(front) ?? "#", tokens.get(back) ?? "#") }))
        .filter(({ ratio }) => !(ratio >= least)),
    );

  test("every text stands at 4.5:1 or more on every surface it is used on", () => {
    expect(measure(texts, 4.5)).toEqual([]);
  });

  test("every contour and bar stands at 3:1 or more", () => {
    expect(measure(shapes, 3)).toEqual([]);
  });
});
