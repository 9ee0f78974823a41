import "i18next";
import type { fr } from "./fr";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "words";
    resources: { words: typeof fr };
  }
}
