import { expect, type Page, test } from "@playwright/test";
import {
  Colleague,
  expectAccessible,
  expectNoSidewaysScroll,
  needsService,
  password,
  service,
} from "./service";

needsService();
const email = "administration@trois-chenes.example";
const commune = "/c/93018";

const open = {
  "sign in": async (page: Page) => {
    await page.context().clearCookies();
    await page.goto(commune);
    await expect(page.getByText("Identifiez-vous pour continuer")).toBeVisible();
  },
  plans: async (page: Page) => {
    await page.goto(commune);
    await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  },
  tree: async (page: Page) => {
    await open.plans(page);
    await page.getByRole("link", { name: /Programme stratégique/ }).click();
    // axe takes its time on every row: a few say as much as all.
    await page.getByLabel("Rechercher dans le plan").fill("logement");
    await expect(page.getByText(/actions sur/)).toBeVisible();
    await expect(page.getByRole("row", { name: /^Action 1\.1\.1\s/ })).toBeVisible();
  },
  "move dialog": async (page: Page) => {
    await open.tree(page);
    const row = page.getByRole("row", { name: /^Action 1\.1\.1\s/ });
    await row.getByRole("button", { name: /Autres opérations/ }).click();
    await page.getByRole("menuitem", { name: "Déplacer vers…" }).click();
    await expect(page.getByRole("option").first()).toBeVisible();
  },
  sheet: async (page: Page) => {
    await open.tree(page);
    await page.getByRole("row", { name: /^Action 1\.1\.2\s/ }).press("Enter");
    await expect(page.getByRole("tab", { name: "Budget" })).toBeVisible();
    await page.getByRole("tab", { name: "Budget" }).click();
    await expect(page.getByRole("tabpanel")).toBeVisible();
  },
  "update panel": async (page: Page) => {
    await open.sheet(page);
    await page.getByRole("button", { name: "Mettre à jour", exact: true }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
  },
};

for (const [name, visit] of Object.entries(open)) {
  test(`${name}: axe finds nothing, light and dark; nothing scrolls sideways at 320 px or 200 %`, async ({
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

test("another language reaches the words of the page and those of the service", async ({ page }) => {
  await Colleague.of(page, email);
  await open.tree(page);
  await page.getByRole("button", { name: /Menu personnel/ }).click();
  await page.getByRole("menuitem", { name: "Préférences" }).click();
  const asked = page.waitForRequest(
    (request) => request.url().includes("/tree") && request.headers()["accept-language"] === "de",
  );
  await page.getByText("Deutsch").click();
  await asked;
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await page.keyboard.press("Escape");
  await expect(page.getByLabel("Im Plan suchen")).toBeVisible();
});

test("a wrong password is refused in words, and the door opens to the right one", async ({ page }) => {
  await page.goto("/connexion");
  await page.getByLabel("Adresse électronique").fill("conseil@trois-chenes.example");
  await page.getByLabel("Mot de passe").fill("certainement pas");
  await page.getByRole("button", { name: "Se connecter" }).click();
  await expect(page.getByRole("alert")).toContainText("La connexion a été refusée");
  await page.getByLabel("Mot de passe").fill(password);
  await page.getByRole("button", { name: "Se connecter" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Les plans de la commune" })).toBeVisible();
  await page.getByRole("button", { name: /Menu personnel/ }).click();
  await page.getByRole("menuitem", { name: "Se déconnecter" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Se connecter" })).toBeVisible();
  await page.goto(commune);
  await expect(page.getByText("Identifiez-vous pour continuer")).toBeVisible();
});

test("a commune where one does not work, and a plan that is not there, are said in words", async ({
  page,
}) => {
  await Colleague.of(page, email);
  await page.goto("/c/84016");
  await expect(
    page.getByRole("heading", { level: 1, name: "Cet espace ne vous est pas ouvert" }),
  ).toBeVisible();
  await page.goto(`${commune}/plans/01900000-0000-7000-8000-000000000000`);
  await expect(page.getByRole("heading", { level: 1, name: "Cette page n’existe pas" })).toBeVisible();
});

test("a service in trouble says what is safe, how to try again and what to quote", async ({ page }) => {
  await Colleague.of(page, email);
  let isBroken = true;
  await page.route(`${service}/pst/v1/plans?*`, (route) =>
    isBroken
      ? route.fulfill({
          status: 500,
          contentType: "application/problem+json",
          body: JSON.stringify({
            status: 500,
            detail: "Une panne est survenue.",
            instance: "urn:uuid:abc-123",
          }),
        })
      : route.continue(),
  );
  await page.goto(commune);
  await expect(page.getByRole("alert")).toContainText("Une panne est survenue.");
  await expect(page.getByRole("alert")).toContainText("abc-123");
  isBroken = false;
  await page.getByRole("button", { name: "Réessayer" }).click();
  await expect(page.getByRole("link", { name: /Programme stratégique/ })).toBeVisible();
});

test("a partner sees its actions in every commune", async ({ page }) => {
  await Colleague.of(page, "suivi@iets.example");
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Mes actions" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: "Trois-Chênes" })).toBeVisible();
  await expectAccessible(page);
});
