import type { components } from "./generated/rest";

/** Every shape of the contract, by its name there. */
export type Schemas = components["schemas"];

/** Whom a request is made for: a commune's workspace or a partner organisation. */
export type Actor = `workspace/${string}` | `organisation/${string}`;
