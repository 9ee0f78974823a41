import { actions } from "./actions";
import { articulation } from "./articulation";
import { budget } from "./budget";
import { continuation } from "./continuation";
import { decisions } from "./decisions";
import { documents } from "./documents";
import { editing } from "./editing";
import { fields } from "./fields";
import { followups } from "./followups";
import { history } from "./history";
import { identity } from "./identity";
import { indicators } from "./indicators";
import { links } from "./links";
import { partners } from "./partners";
import { partnerships } from "./partnerships";
import { passwords } from "./passwords";
import { pcs } from "./pcs";
import { plans } from "./plans";
import { sheet } from "./sheet";
import { shell } from "./shell";
import { statement } from "./statement";
import { tasks } from "./tasks";
import { transversal } from "./transversal";
import { ui } from "./ui";
import { values } from "./values";

export const nl = {
  ui,
  shell,
  identity,
  plans,
  partners,
  actions,
  statement,
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
