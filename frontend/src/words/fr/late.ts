import { articulation } from "./articulation";
import { budget } from "./budget";
import { continuation } from "./continuation";
import { decisions } from "./decisions";
import { documents } from "./documents";
import { editing } from "./editing";
import { fields } from "./fields";
import { followups } from "./followups";
import { history } from "./history";
import { indicators } from "./indicators";
import { links } from "./links";
import { partnerships } from "./partnerships";
import { passwords } from "./passwords";
import { pcs } from "./pcs";
import { sheet } from "./sheet";
import { tasks } from "./tasks";
import { transversal } from "./transversal";
import { values } from "./values";

/** What only some pages need; it comes with them. */
export const late = {
  articulation,
  continuation,
  pcs,
  transversal,
  editing,
  fields,
  values,
  sheet,
  tasks,
  budget,
  partnerships,
  passwords,
  history,
  followups,
  indicators,
  documents,
  decisions,
  links,
} as const;
