import { expect, type Page, type TestInfo, test } from "@playwright/test";
import { Colleague, expectAccessible, expectNoSidewaysScroll, unique } from "./service";

export const nis = 84016;
export const commune = `/c/${nis}`;
export const administration = "administration@val-fleuri.example";

export interface OwnAction {
  colleague: Colleague;
  id: string;
  title: string;
}

/** An action of the test's own, placed in the strategic plan, its sheet open at a tab. */
export async function openSheet(page: Page, tab: string, email = administration): Promise<OwnAction> {
  const colleague = await Colleague.of(page, email);
  const plan = await colleague.plan();
  const title = unique("Aménager la place");
  await colleague.objective(plan, unique("Vivre ensemble"), [title]);
  const { items } = await colleague.call<{ items: { id: string; title: string }[] }>(
    "GET",
    `/actions?q=${encodeURIComponent(title)}&pageSize=200`,
  );
  const id = items.find((one) => one.title === title)?.id ?? "";
  await visitSheet(page, id, title, tab);
  return { colleague, id, title };
}

export async function visitSheet(page: Page, id: string, title: string, tab: string): Promise<void> {
  await page.goto(`${commune}/actions/${id}?tab=${tab}`);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByRole("tabpanel").getByRole("heading").first()).toBeVisible();
}

/** What every tab must stand: axe in both appearances, a narrow page, doubled text; and a picture to be looked at. */
export async function expectWellMade(page: Page, info: TestInfo): Promise<void> {
  // What was just announced is kept for a few seconds beside the page, its words gone already.
  await expect(page.locator("[data-live-announcer] [role=img]")).toHaveCount(0);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectAccessible(page);
  await page.screenshot({ path: info.outputPath("light.png"), fullPage: true });
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible(page);
  await page.screenshot({ path: info.outputPath("dark.png"), fullPage: true });
  await expectNoSidewaysScroll(page);
  await page.screenshot({ path: info.outputPath("doubled.png"), fullPage: true });
}

/** Walks with the Tab key until something, once it is there, has the focus. */
export async function tabTo(page: Page, target: ReturnType<Page["locator"]>, most = 60): Promise<void> {
  await expect(target).toBeAttached();
  for (let step = 0; step < most; step++) {
    if (await target.and(page.locator(":focus")).count()) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

export const said = (page: Page, words: string | RegExp) =>
  expect(page.getByRole("region", { name: "Messages du service" }).getByText(words)).toBeVisible();

/** Takes back what a message tells. */
export const undo = async (page: Page, words: string | RegExp): Promise<void> => {
  const message = page.getByRole("region", { name: "Messages du service" }).getByRole("listitem");
  await message.filter({ hasText: words }).getByRole("button", { name: "Annuler l’opération" }).click();
};

export { expect, test };
