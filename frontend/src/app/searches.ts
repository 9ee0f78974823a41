import type { Schemas } from "@/api/contract";

/** What of the transversal view is looked at. */
export interface TransversalSearch {
  view?: "matrix" | "gaps";
  across?: Schemas["RowKind"];
  down?: Schemas["ColumnKind"];
  value?: "count" | "progress" | "budget" | "late";
  /** Lines without any action are shown too. */
  empty?: true;
  /** The figure that is opened, by its column and line; `all` stands for the total. */
  cell?: string;
}

/** By what the report of a PCS is read. */
export interface PcsSearch {
  view?: "axes" | "rights" | "codes" | "partners" | "money" | "diagnostic";
}

export const pcsSearch = (search: Found): PcsSearch =>
  oneOf(search, "view", ["axes", "rights", "codes", "partners", "money", "diagnostic"]);

/** What is simulated: towards which form, with which places chosen, or what was applied. */
export interface SimulationSearch {
  pst?: string;
  to?: Schemas["Target"];
  /** `action:objective,…` */
  place?: string;
  /** The conversion that was applied from here. */
  done?: string;
}

type Found = Record<string, unknown>;

/** The value of a search parameter when it is one of those known; nothing otherwise. */
function oneOf<K extends string, const V extends string>(
  search: Found,
  name: K,
  known: readonly V[],
): { [key in K]?: V } {
  const found = known.find((one) => one === search[name]);
  return found === undefined ? {} : ({ [name]: found } as { [key in K]?: V });
}

const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const cellKey = `(${uuid}|[1-9]\\d?|none|all)`;
const cellPattern = new RegExp(`^${cellKey}\\.${cellKey}$`);

export function transversalSearch(search: Found): TransversalSearch {
  return {
    ...oneOf(search, "view", ["matrix", "gaps"]),
    ...oneOf(search, "across", ["plan", "unit"]),
    ...oneOf(search, "down", ["domain", "objective", "sdg", "unit", "right"]),
    ...oneOf(search, "value", ["count", "progress", "budget", "late"]),
    ...(search.empty === true ? { empty: true as const } : {}),
    ...matching(search, "cell", cellPattern),
  };
}

const places = new RegExp(`^${uuid}:${uuid}(,${uuid}:${uuid}){0,99}$`);
const identifier = new RegExp(`^${uuid}$`);

/** The text of a search parameter when it has the form expected. */
function matching<K extends string>(search: Found, name: K, pattern: RegExp): { [key in K]?: string } {
  const found = search[name];
  return typeof found === "string" && pattern.test(found)
    ? ({ [name]: found } as { [key in K]?: string })
    : {};
}

export function simulationSearch(search: Found): SimulationSearch {
  return {
    ...matching(search, "pst", identifier),
    ...oneOf(search, "to", ["singleObjective", "grouped", "distributed"]),
    ...matching(search, "place", places),
    ...matching(search, "done", identifier),
  };
}
