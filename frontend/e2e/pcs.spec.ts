import { expect, type Page, test } from "@playwright/test";
import { Colleague, expectAccessible, expectNoSidewaysScroll, needsService } from "./service";

needsService();
const email = "administration@trois-chenes.example";
const commune = "/c/93018";

// The commune also has its part of the PCS that a group carries, so it is asked which one.
async function chooseOwn(page: Page): Promise<void> {
  await page
    .getByRole("main")
    .getByRole("link", { name: /de Trois-Chênes/ })
    .click();
}

async function openPcs(page: Page, view = ""): Promise<void> {
  await page.goto(`${commune}/pcs`);
  await chooseOwn(page);
  await expect(page).toHaveURL(/\/pcs\/[0-9a-f-]+/);
  await expect(page.getByRole("tab", { name: "Par axe" })).toBeVisible();
  if (view) await page.getByRole("tab", { name: view, exact: false }).click();
  await expect(page.getByRole("tabpanel")).toBeVisible();
}

test("the PCS says how the PST joins it and why, and leads to the simulation", async ({ page }) => {
  await Colleague.of(page, email);
  await page.goto(commune);
  await page.getByRole("link", { name: "Cohésion sociale", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await chooseOwn(page);
  await expect(page.getByRole("heading", { level: 1, name: /Plan de cohésion sociale/ })).toBeFocused();
  const joint = page.getByRole("region", { name: "Articulation PST–PCS" });
  await expect(joint).toContainText("Répartie");
  await expect(joint.getByRole("listitem")).toContainText(/actions du PCS ont rejoint les politiques\s:\s«/);
  await joint.getByRole("link", { name: "Simuler une autre articulation" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Simuler l’articulation" })).toBeFocused();
  await expect(page.getByRole("treegrid", { name: "Aujourd’hui" })).toBeVisible();
});

test("the same actions are read by axis, right, code and partner; the view stands in the address", async ({
  page,
}) => {
  await Colleague.of(page, email);
  await openPcs(page);
  const panel = page.getByRole("tabpanel");
  const [name] = await panel.getByRole("link").allTextContents();
  for (const view of ["Par droit", "Par code", "Par partenaire"]) {
    await page.getByRole("tab", { name: view, exact: false }).click();
    await expect(panel.getByRole("link", { name: name ?? "" }).first()).toBeVisible();
  }
  await expect(page).toHaveURL(/view=partners/);
  await page.getByRole("tab", { name: "Par droit" }).click();
  await expect(panel.getByText("Aucune action").first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole("tab", { name: "Par droit" })).toHaveAttribute("aria-selected", "true");
  await panel
    .getByRole("link", { name: name ?? "" })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.goBack();
  await expect(page.getByRole("tab", { name: "Par droit" })).toHaveAttribute("aria-selected", "true");
});

test("money is held against the rule of the period, and findings say whether they are answered", async ({
  page,
}) => {
  await Colleague.of(page, email);
  await openPcs(page, "Finances");
  await expect(page.getByText(/au moins 25\s% de la subvention/)).toBeVisible();
  await expect(page.getByRole("cell", { name: "Respectée" }).first()).toBeVisible();
  await expect(page.getByRole("row", { name: /^Total du plan/ })).toBeVisible();
  await page.getByRole("tab", { name: "Diagnostic" }).click();
  await expect(page.getByRole("heading", { name: "Ce que la programmation demande" })).toBeVisible();
  await expect(page.getByText("Pris en charge").first()).toBeVisible();
});

test("the report is printed without its tools", async ({ page }) => {
  await Colleague.of(page, email);
  await openPcs(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("tabpanel")).toBeVisible();
  await expect(page.getByRole("link", { name: "Simuler une autre articulation" })).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Navigation principale" })).toBeHidden();
});

test("the council is told why the report is not theirs", async ({ page }) => {
  await Colleague.of(page, email);
  await openPcs(page);
  const address = page.url();
  await Colleague.of(page, "conseil@trois-chenes.example");
  await page.goto(address);
  await expect(page.getByRole("heading", { name: /n’est pas ouverte à votre compte/ })).toBeVisible();
});

for (const view of ["Par axe", "Par droit", "Par code", "Par partenaire", "Finances", "Diagnostic"]) {
  test(`PCS, ${view}: axe finds nothing, light and dark; nothing scrolls sideways`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await Colleague.of(page, email);
    await openPcs(page, view);
    await expect(page.getByRole("status")).toHaveCount(0);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
}
