import { actions } from "./actions";
import { articulation } from "./articulation";
import { identity } from "./identity";
import { partners } from "./partners";
import { pcs } from "./pcs";
import { plans } from "./plans";
import { shell } from "./shell";
import { statement } from "./statement";
import { transversal } from "./transversal";
import { ui } from "./ui";

export const de = {
  ui,
  shell,
  identity,
  plans,
  partners,
  actions,
  statement,
  articulation,
  pcs,
  transversal,
} as const;
