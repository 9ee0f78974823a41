import { articulation } from "./articulation";
import { pcs } from "./pcs";
import { transversal } from "./transversal";

/** What only some pages need; it comes with them. */
export const late = { articulation, pcs, transversal } as const;
