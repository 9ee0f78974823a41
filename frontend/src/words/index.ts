import i18next, { type TFunction } from "i18next";
import { useMemo, useSyncExternalStore } from "react";
import { base } from "./fr/base";
import { isLanguage, type Language, localeOf } from "./languages";

export { isLanguage, type Language, languages, localeOf } from "./languages";

/** Every key of the words, checked by the compiler. */
export type Words = TFunction<"words">;

const storageKey = "pst.language";

// French is in the first load; another language is fetched when it is chosen.
const others = {
  nl: () => import("./nl").then((module) => module.nl),
  de: () => import("./de").then((module) => module.de),
  en: () => import("./en").then((module) => module.en),
};

async function fetchWords(language: Language): Promise<void> {
  if (language === "fr" || i18next.hasResourceBundle(language, "words")) return;
  i18next.addResourceBundle(language, "words", await others[language]());
}

function rememberedLanguage(): Language {
  try {
    const stored = localStorage.getItem(storageKey);
    if (isLanguage(stored)) return stored;
  } catch {
    // Storage refused: French serves.
  }
  return "fr";
}

/** Speaks the language chosen last time, French at first. */
export async function startWords(language: Language = rememberedLanguage()): Promise<void> {
  await i18next.init({
    lng: "fr",
    fallbackLng: "fr",
    defaultNS: "words",
    ns: ["words"],
    resources: { fr: { words: base } },
    interpolation: { escapeValue: false },
  });
  await speak(language);
}

/** A page, with the French words that only such pages need; another language brings all its words at once. */
export async function withLateWords<T>(page: Promise<T>): Promise<T> {
  const { late } = await import("./fr/late");
  i18next.addResourceBundle("fr", "words", late, true, true);
  return page;
}

/** Changes the language of the whole service, at once and for the next visits. */
export async function speak(language: Language): Promise<void> {
  await fetchWords(language);
  // Before the words change: what is asked of the service on hearing of it is asked in the new language.
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // The choice lasts for this visit only.
  }
}

const currentLanguage = (): Language => (isLanguage(i18next.language) ? i18next.language : "fr");

function subscribe(listener: () => void): () => void {
  i18next.on("languageChanged", listener);
  return () => i18next.off("languageChanged", listener);
}

/** The words in the reader's language; the component is drawn again when the language changes. */
export function useWords(): { t: Words; language: Language; locale: string } {
  const language = useSyncExternalStore(subscribe, currentLanguage);
  return useMemo(
    () => ({ t: i18next.getFixedT(language, "words"), language, locale: localeOf(language) }),
    [language],
  );
}
