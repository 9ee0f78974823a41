import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { Actor } from "./contract";
import type { paths } from "./generated/rest";
import { problemOf, unreachableProblem } from "./problem";

export type Api = Client<paths>;

const changes = new Set(["POST", "PATCH", "PUT", "DELETE"]);

/** Says in every request in whose name it is made, in which language to answer, and that the page is ours. */
const requestHeaders = (actor: Actor | undefined): Middleware => ({
  onRequest({ request }) {
    request.headers.set("Accept-Language", document.documentElement.lang || "fr");
    if (actor) request.headers.set("Pst-Acting-As", actor);
    if (changes.has(request.method)) request.headers.set("Pst-Csrf", "1");
    if (request.method === "PATCH") request.headers.set("Content-Type", "application/merge-patch+json");
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response);
  },
  onError: () => unreachableProblem(),
});

const clients = new Map<Actor | undefined, Api>();

/** The client that acts for a workspace or an organisation; without one, for the person alone. */
export function apiFor(actor?: Actor): Api {
  let client = clients.get(actor);
  if (!client) {
    client = createClient<paths>({ baseUrl: window.location.origin, credentials: "same-origin" });
    client.use(requestHeaders(actor));
    clients.set(actor, client);
  }
  return client;
}

/** What the service answered; a refusal has been thrown before. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  if (data === undefined) throw unreachableProblem();
  return data;
}

/** The precondition of a change: the version that its author saw. */
export const ifVersion = (version: number): { "If-Match": string } => ({ "If-Match": `"${version}"` });

/** One key per intent, so that an intent sent twice is done once. */
export const idempotencyHeader = (): { "Idempotency-Key": string } => ({
  "Idempotency-Key": crypto.randomUUID(),
});

interface Page<T> {
  items: T[];
  next?: string | null;
}

/** Every item of a list, page after page. */
export async function everyItem<T>(
  page: (place: { pageSize: number; after?: string }) => Promise<{ data?: Page<T> }>,
): Promise<T[]> {
  const items: T[] = [];
  let after: string | null = null;
  do {
    const found: Page<T> = await answer(page(after === null ? { pageSize: 200 } : { pageSize: 200, after }));
    items.push(...found.items);
    after = found.next ? new URL(found.next, window.location.origin).searchParams.get("after") : null;
  } while (after !== null);
  return items;
}
