import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, type Locator, type Page, test } from "@playwright/test";

// These flows need the service with its demonstration communes: `make test-browser` gives BASE_URL.
export const service = process.env.BASE_URL ?? "";
export const needsService = () => test.skip(service === "", "BASE_URL names no service");

export const password = "pst-demonstration";

interface Row {
  id: string;
  version: number;
  title: string;
}
interface Plan extends Row {
  organisationId: string;
  termId: string | null;
}
interface Tree {
  plan: Plan;
  objectives: (Row & { level: number; parentId: string | null; strandId: string | null })[];
}

/** A colleague at the same commune, who works through the interface for programs. */
export class Colleague {
  private constructor(
    private readonly request: APIRequestContext,
    private readonly workspace: string,
  ) {}

  /** Signs in for this page too: the browser and the colleague share the cookie. */
  static async of(page: Page, email: string): Promise<Colleague> {
    const request = page.context().request;
    const headers = { Origin: service, "Pst-Csrf": "1" };
    const answer = await request.post(`${service}/auth/session`, { headers, data: { email, password } });
    expect(answer.status(), await answer.text()).toBe(200);
    const me = (await answer.json()) as { workspaces: { id: string }[] };
    return new Colleague(request, me.workspaces[0]?.id ?? "");
  }

  async call<T>(method: string, path: string, data?: object, version?: number | string): Promise<T> {
    const answer = await this.request.fetch(`${service}/pst/v1${path}`, {
      method,
      headers: {
        Origin: service,
        "Pst-Csrf": "1",
        "Pst-Acting-As": `workspace/${this.workspace}`,
        "Content-Type": method === "PATCH" ? "application/merge-patch+json" : "application/json",
        ...(method === "POST" ? { "Idempotency-Key": randomUUID() } : {}),
        ...(version === undefined ? {} : { "If-Match": `"${version}"` }),
      },
      ...(data ? { data } : {}),
    });
    const text = await answer.text();
    expect(answer.ok(), `${method} ${path}: ${text}`).toBe(true);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  /** The strategic plan of the commune. */
  async plan(): Promise<Plan> {
    const { items } = await this.call<{ items: Plan[] }>("GET", "/plans");
    const plan = items.find((one) => one.termId !== null);
    if (!plan) throw new Error("the commune has no strategic plan");
    return plan;
  }

  tree(plan: Plan): Promise<Tree> {
    return this.call("GET", `/plans/${plan.id}/tree`);
  }

  /** An operational objective of the test's own, last of the last strategic one, with actions in progress. */
  async objective(plan: Plan, title: string, actions: readonly string[]): Promise<Row> {
    const { objectives } = await this.tree(plan);
    const parent = objectives.filter((one) => one.level === 1).at(-1);
    const made = await this.call<Row>("POST", "/objectives", {
      planId: plan.id,
      parentId: parent?.id,
      level: 2,
      title,
      status: "open",
    });
    for (const name of actions) {
      const action = await this.action(plan, name);
      await this.call("POST", "/placements", {
        planId: plan.id,
        actionId: action.id,
        objectiveId: made.id,
      });
    }
    return made;
  }

  async action(plan: Plan, title: string, parentId?: string): Promise<Row> {
    const body = { organisationId: plan.organisationId, title, ...(parentId ? { parentId } : {}) };
    const { id } = await this.call<Row>("POST", "/actions", body);
    await this.update(id, { status: "notStarted" });
    return this.update(id, { status: "inProgress", progress: 20 });
  }

  async update(actionId: string, change: object): Promise<Row> {
    const { version } = await this.call<Row>("GET", `/actions/${actionId}`);
    return this.call("PATCH", `/actions/${actionId}`, change, version);
  }
}

export const unique = (words: string) => `${words} ${randomUUID().slice(0, 8)}`;

/** The row of the tree that bears a name. */
export const rowOf = (page: Page, name: string): Locator => page.getByRole("row", { name });

/** The tree of a plan, showing only what the test made. */
export async function openTree(page: Page, nis: number, plan: { id: string }, sought = ""): Promise<void> {
  const query = sought ? `?q=${encodeURIComponent(sought)}` : "";
  await page.goto(`/c/${nis}/plans/${plan.id}${query}`);
  await expect(page.getByRole("treegrid")).toBeVisible();
}

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
}

const sidewaysScroll = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** At 320 px, and at 200 %: a window of 1280 pixels zoomed twice has 640 to give; text alone doubled is harder. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sidewaysScroll(page)).toBe(0);
  await page.setViewportSize({ width: 640, height: 800 });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
  expect(await sidewaysScroll(page)).toBe(0);
}
