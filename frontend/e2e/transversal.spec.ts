import { expect, type Page, test } from "@playwright/test";
import { Colleague, expectAccessible, expectNoSidewaysScroll, needsService } from "./service";

needsService();
const email = "administration@trois-chenes.example";
const address = "/c/93018/transversal";

const grid = (page: Page) => page.getByRole("grid");

async function openMatrix(page: Page, query = ""): Promise<void> {
  await page.goto(`${address}${query}`);
  await expect(grid(page)).toBeVisible();
}

test("the matrix is read by the keyboard alone, and a figure opens as many actions as it says", async ({
  page,
}) => {
  await Colleague.of(page, email);
  await openMatrix(page);
  await expect(page.getByRole("columnheader").nth(1)).toHaveText(/^PST/);
  await grid(page).getByRole("gridcell").first().focus();
  const focused = page.locator("[role=gridcell]:focus");
  await page.keyboard.press("Control+End");
  await expect(focused).toHaveAttribute("data-total", "true");
  const total = Number(
    /^(\d+) actions$/.exec((await focused.locator("span").last().textContent()) ?? "")?.[1],
  );
  await page.keyboard.press("Home");
  await page.keyboard.press("PageUp");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await expect(focused).toHaveAttribute("data-place", /^1-/);
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Toutes les actions · Tous les plans" });
  await expect(panel.getByRole("listitem")).toHaveCount(total);
  await expect(page).toHaveURL(/cell=all\.all/);
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(focused).toHaveAttribute("data-total", "true");
});

test("an address is a view: what is crossed, the value and the opened figure", async ({ page }) => {
  await Colleague.of(page, email);
  await openMatrix(page);
  await page.getByText("Les services", { exact: true }).click();
  await page.getByText("Budget", { exact: true }).click();
  await page.getByRole("button", { name: /Par domaine/ }).click();
  await page.getByRole("option", { name: "Par objectif du PST" }).click();
  await expect(page.getByRole("grid", { name: "Par objectif du PST, Les services : Budget" })).toBeVisible();
  const cell = page.getByRole("gridcell", { name: /^\d+ actions?, budget prévu/ }).first();
  const figure = await cell.textContent();
  await cell.click();
  const panel = page.getByRole("dialog");
  await expect(panel.getByRole("link").first()).toBeVisible();
  await page.reload();
  await expect(panel.getByRole("link").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(cell).toHaveText(figure ?? "");
  await cell.click();
  const name = (await panel.getByRole("link").first().textContent()) ?? "";
  await panel.getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeFocused();
  await page.goBack();
  await expect(panel).toBeVisible();
});

test("what plans share and leave open leads to the things themselves", async ({ page }) => {
  await Colleague.of(page, email);
  await page.goto(`${address}?view=gaps`);
  const shared = page.locator(".gap", { hasText: "Actions qui servent plusieurs plans" });
  await expect(shared.getByRole("listitem").first()).toContainText(/PST.*Plan HP/);
  const more = shared.getByRole("button", { name: /de plus/ });
  const before = await shared.getByRole("listitem").count();
  await more.click();
  expect(await shared.getByRole("listitem").count()).toBeGreaterThan(before);
  await expect(page.getByRole("heading", { name: /Droits fondamentaux sans action/ })).toBeVisible();
  await shared.getByRole("link").first().click();
  await expect(page.getByRole("tab", { name: "Description" })).toBeVisible();
});

test("the council is told why the view is not theirs, and is offered no way to it", async ({ page }) => {
  await Colleague.of(page, "conseil@trois-chenes.example");
  await page.goto(address);
  await expect(page.getByRole("heading", { name: /n’est pas ouverte à votre compte/ })).toBeVisible();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Vue transversale" })).toHaveCount(0);
  await expectAccessible(page);
});

const states = {
  matrix: (page: Page) => openMatrix(page),
  "late share by unit": (page: Page) => openMatrix(page, "?across=unit&value=late&empty=true"),
  gaps: async (page: Page) => {
    await page.goto(`${address}?view=gaps`);
    await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  },
  "opened figure": async (page: Page) => {
    await page.goto(`${address}?cell=all.all`);
    await expect(page.getByRole("dialog").getByRole("link").first()).toBeVisible();
  },
};

for (const [name, visit] of Object.entries(states)) {
  test(`transversal, ${name}: axe finds nothing, light and dark; nothing scrolls sideways`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await Colleague.of(page, email);
    await visit(page);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
}

test("where there is no room for a grid, the figures are listed line by line", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await Colleague.of(page, email);
  await page.goto(address);
  await expect(page.getByRole("button", { name: /^PST : \d+ actions?$/ }).first()).toBeVisible();
  await expect(grid(page)).toHaveCount(0);
  await expectAccessible(page);
});
