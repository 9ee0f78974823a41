/** The languages of the service, each named in itself, French first. */
export const languages = [
  { code: "fr", name: "Français", locale: "fr-BE" },
  { code: "nl", name: "Nederlands", locale: "nl-BE" },
  { code: "de", name: "Deutsch", locale: "de-BE" },
  { code: "en", name: "English", locale: "en-GB" },
] as const;

export type Language = (typeof languages)[number]["code"];

export const isLanguage = (code: unknown): code is Language => languages.some((one) => one.code === code);

export const localeOf = (language: Language): string =>
  languages.find((one) => one.code === language)?.locale ?? "fr-BE";
