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

const cellKey = "([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[1-9]\\d?|none|all)";
const cellPattern = new RegExp(`^${cellKey}\\.${cellKey}$`);

export function transversalSearch(search: Found): TransversalSearch {
  return {
    ...oneOf(search, "view", ["matrix", "gaps"]),
    ...oneOf(search, "across", ["plan", "unit"]),
    ...oneOf(search, "down", ["domain", "objective", "sdg", "unit", "right"]),
    ...oneOf(search, "value", ["count", "progress", "budget", "late"]),
    ...(search.empty === true ? { empty: true as const } : {}),
    ...(typeof search.cell === "string" && cellPattern.test(search.cell) ? { cell: search.cell } : {}),
  };
}
