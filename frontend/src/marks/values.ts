import type { Words } from "@/words";
import { healths, isHealth, isStatus, statuses } from "./statuses";

/** The words of enumerations, by the field that takes them. */
const known = {
  kind: {
    project: "values.project",
    perennial: "values.perennial",
    recurring: "values.recurring",
    outOfScope: "values.outOfScope",
  },
  indicatorKind: { output: "values.output", outcome: "values.outcome", impact: "values.impact" },
  indicatorNature: { measure: "values.measure", milestone: "values.milestone" },
  quantity: {
    number: "values.number",
    percentage: "values.percentage",
    distinctPersons: "values.distinctPersons",
    attendances: "values.attendances",
  },
  direction: { up: "values.up", down: "values.down" },
  organ: {
    codir: "values.organCodir",
    college: "values.organCollege",
    council: "values.organCouncil",
    bureau: "values.organBureau",
    government: "values.organGovernment",
    administration: "values.organAdministration",
  },
  linkKind: {
    partOf: "links.partOf",
    contributesTo: "links.contributesTo",
    dependsOn: "links.dependsOn",
    related: "links.related",
  },
  frequency: {
    monthly: "values.monthly",
    quarterly: "values.quarterly",
    halfYearly: "values.halfYearly",
    yearly: "values.yearly",
    once: "values.once",
  },
  milestoneState: { planned: "values.milestonePlanned", partly: "values.partly", done: "values.done" },
  department: { municipality: "values.municipality", cpas: "values.cpas", both: "values.both" },
  audience: {
    restricted: "values.restricted",
    college: "values.college",
    administration: "values.administration",
    partners: "values.partners",
    council: "values.council",
    public: "values.public",
  },
  precision: {
    day: "values.day",
    month: "values.month",
    quarter: "values.quarter",
    semester: "values.semester",
    year: "values.year",
    term: "values.term",
    continuous: "values.continuous",
    undetermined: "values.undetermined",
  },
  source: {
    europe: "actions.sourceEurope",
    federal: "actions.sourceFederal",
    wallonia: "actions.sourceWallonia",
    community: "actions.sourceCommunity",
    province: "actions.sourceProvince",
    municipality: "actions.sourceMunicipality",
    other: "actions.sourceOther",
  },
  service: { ordinary: "values.ordinary", extraordinary: "values.extraordinary" },
  nature: { expense: "values.expense", revenue: "values.revenue" },
  category: {
    staff: "values.staff",
    running: "values.running",
    investment: "values.investment",
    transfer: "values.transfer",
  },
  role: {
    pilot: "actions.rolePilot",
    contributor: "actions.roleContributor",
    funder: "actions.roleFunder",
    consulted: "actions.roleConsulted",
    informed: "actions.roleInformed",
  },
  state: {
    planned: "values.planned",
    proposed: "values.proposed",
    agreed: "values.agreed",
    ended: "values.ended",
    active: "values.active",
    resting: "values.resting",
    draft: "values.draft",
    submitted: "values.submitted",
    approved: "values.approved",
    returned: "values.returned",
  },
  responsibility: {
    mandatary: "values.mandatary",
    lead: "values.lead",
    owner: "values.owner",
    managingUnit: "values.managingUnit",
    partnerUnit: "values.partnerUnit",
  },
} as const;

const priorities = [
  "actions.priorityNone",
  "actions.priority1",
  "actions.priority2",
  "actions.priority3",
] as const;

type Family = keyof typeof known;

const familyOf = (field: string): string => (field.endsWith("Precision") ? "precision" : field);

/** An enumerated value in words; what is not known here is said as it is. */
export function valueWords(t: Words, field: string, value: string): string {
  const family = familyOf(field);
  if (family === "status" && isStatus(value)) return t(statuses[value].word);
  if (family === "health" && isHealth(value)) return t(healths[value].word);
  if (family === "priority") return t(priorities[Number(value)] ?? "actions.priorityNone");
  const capital = `${family[0]?.toUpperCase()}${family.slice(1)}`;
  const key =
    wordIn(family, value) ?? wordIn(`indicator${capital}`, value) ?? wordIn(`link${capital}`, value);
  return key ? t(key as "values.project") : value;
}

const wordIn = (family: string, value: string): string | undefined => {
  const words: Record<string, string> = Object.hasOwn(known, family) ? known[family as Family] : {};
  return words[value];
};

/** Every value of a field, in the order in which it is offered. */
export const valuesOf = (family: Family): string[] => Object.keys(known[family]);
