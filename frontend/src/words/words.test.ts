import { describe, expect, test } from "vitest";
import { de } from "./de";
import { en } from "./en";
import { fr } from "./fr";
import { nl } from "./nl";

const plural = /_(zero|one|two|few|many|other)$/;

function flatten(tree: object, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[prefix + key, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]);
const french = flatten(fr);
const bases = new Set(french.map(([key]) => key.replace(plural, "")));

describe.each([
  ["fr", fr],
  ["nl", nl],
  ["de", de],
  ["en", en],
])("the words in %s", (language, words) => {
  const entries = new Map(flatten(words));

  test("are complete, with no key too many", () => {
    expect(new Set([...entries.keys()].map((key) => key.replace(plural, "")))).toEqual(bases);
    for (const [key, text] of entries) expect(text.trim(), key).not.toBe("");
  });

  test("have exactly the plural forms of the language", () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const plurals = new Set(
      [...entries.keys()].filter((key) => plural.test(key)).map((key) => key.replace(plural, "")),
    );
    for (const base of plurals) {
      const found = [...entries.keys()].filter((key) => key.replace(plural, "") === base);
      expect(found.sort()).toEqual(forms.map((form) => `${base}_${form}`).sort());
    }
  });

  test("name the same values as the French ones", () => {
    for (const [key, text] of french) {
      const translated = entries.get(key);
      if (translated === undefined || plural.test(key)) continue;
      expect(placeholders(translated).sort(), key).toEqual(placeholders(text).sort());
    }
  });
});

test("French typography: curly apostrophes, a no-break space inside « » and before : ; ? !", () => {
  for (const [key, text] of french) {
    expect(text, key).not.toMatch(/'|\.\.\./);
    expect(text, key).not.toMatch(/\u00ab[^\u00a0]|[^\u00a0]\u00bb|[^\u00a0]:|[^\u202f\u00a0][;?!]/);
  }
});
