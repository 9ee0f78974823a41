import { actions } from "./actions";
import { identity } from "./identity";
import { partners } from "./partners";
import { plans } from "./plans";
import { shell } from "./shell";
import { statement } from "./statement";
import { ui } from "./ui";

/** What the first page may need; it comes with the first load. */
export const base = { ui, shell, identity, plans, partners, actions, statement } as const;
