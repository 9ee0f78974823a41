import { base } from "./base";
import { late } from "./late";

export const fr = { ...base, ...late } as const;
