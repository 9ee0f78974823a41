import type { Schemas } from "@/api/contract";

export type Entry = Schemas["JournalEntry"];

type Image = Record<string, unknown>;

export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

export interface EntryView {
  id: string;
  entityId: string;
  /** What was changed: `task`, and whether it was made, changed or removed. */
  entity: string;
  verb: "created" | "updated" | "deleted";
  /** The image after, or before where it was removed: it says what the thing is called. */
  image: Image;
  changes: readonly FieldChange[];
}

/** One command, with everything it changed. */
export interface CommandView {
  id: string;
  at: string;
  command: string;
  accountId: string | null;
  clientId: string | null;
  roles: readonly string[];
  origin: string;
  rows: readonly EntryView[];
}

export interface DayView {
  day: string;
  commands: readonly CommandView[];
}

/** Of no use to a reader: who holds it, when it was written, where it stands among its siblings. */
const silent = new Set([
  "id",
  "version",
  "created_at",
  "updated_at",
  "workspace_id",
  "position",
  "action_id",
  "imported_from",
]);

export const camel = (name: string): string =>
  name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === "" ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

/** What differs between two images, field by field, under the names of the contract; of a new thing, what it says. */
export function changesBetween(before: Image | null, after: Image | null): FieldChange[] {
  return Object.keys({ ...before, ...after })
    .filter((name) => !silent.has(name))
    .filter((name) => JSON.stringify(before?.[name] ?? null) !== JSON.stringify(after?.[name] ?? null))
    .filter((name) => !(isNothing(before?.[name]) && isNothing(after?.[name])))
    .map((name) => ({ field: camel(name), before: before?.[name] ?? null, after: after?.[name] ?? null }));
}

const entryViewOf = (entry: Entry): EntryView => {
  const verb = entry.before == null ? "created" : entry.after == null ? "deleted" : "updated";
  return {
    id: entry.id,
    entityId: entry.entityId,
    entity: entry.entity,
    verb,
    image: (entry.after ?? entry.before ?? {}) as Image,
    changes: verb === "deleted" ? [] : changesBetween(entry.before ?? null, entry.after ?? null),
  };
};

const dayOf = (at: string): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Brussels" }).format(new Date(at));

/** All that one command writes is written within an instant, by one author, and names each thing once. */
const isOfOneCommand = (command: CommandView, entry: Entry): boolean =>
  command.command === entry.command &&
  command.accountId === (entry.accountId ?? null) &&
  command.clientId === (entry.clientId ?? null) &&
  Math.abs(Date.parse(command.at) - Date.parse(entry.at)) < 1000 &&
  command.rows.every((row) => row.entityId !== entry.entityId);

/** The journal by day, the newest first; what one command changed stands together, in the order it was written. */
export function historyView(entries: readonly Entry[]): DayView[] {
  const days: { day: string; commands: (CommandView & { rows: EntryView[] })[] }[] = [];
  for (const entry of entries.toSorted((a, b) => b.position - a.position)) {
    const day = dayOf(entry.at);
    let place = days.at(-1);
    if (place?.day !== day) {
      place = { day, commands: [] };
      days.push(place);
    }
    const command = place.commands.at(-1);
    if (command && isOfOneCommand(command, entry)) command.rows.unshift(entryViewOf(entry));
    else
      place.commands.push({
        id: entry.id,
        at: entry.at,
        command: entry.command,
        accountId: entry.accountId ?? null,
        clientId: entry.clientId ?? null,
        roles: entry.roles,
        origin: entry.origin,
        rows: [entryViewOf(entry)],
      });
  }
  return days;
}
