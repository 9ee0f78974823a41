import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./service";

const pages = [
  ["/connexion", "Se connecter"],
  ["/accessibilite", "Déclaration d’accessibilité"],
  ["/galerie", "Galerie des composants"],
  ["/galerie?tab=commandes", "Galerie des composants"],
  ["/galerie?tab=champs", "Galerie des composants"],
  ["/galerie?tab=messages", "Galerie des composants"],
  ["/galerie?tab=structure", "Galerie des composants"],
  ["/galerie?tab=arbre", "Programme stratégique transversal 2024-2030"],
  ["/galerie?tab=fiche", "Ouvrir un abri de jour pour les personnes sans logement"],
  ["/nulle/part", "Cette page n’existe pas"],
] as const;

async function visit(page: Page, address: string, heading: string) {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  if (address.includes("champs")) await expect(page.getByText("Nombre et date")).toBeVisible();
}

for (const [address, heading] of pages) {
  test(`${address}: axe finds nothing, light and dark; nothing scrolls sideways`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await visit(page, address, heading);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
}

test("the keyboard reaches the content, the tree, a menu, and comes back", async ({ page }) => {
  await visit(page, "/galerie?tab=arbre", "Programme stratégique transversal 2024-2030");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Aller au contenu" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.getByRole("row", { name: /^Action 1\.1\.1/ }).focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.getByText("porte maintenant le numéro 1.1.2")).toBeVisible();
  await page.getByRole("button", { name: "Annuler l’opération" }).click();
  await expect(page.getByRole("row", { name: /^Action 1\.1\.1 .*Rédiger/ })).toBeVisible();
});

test("a row is moved by the keyboard alone, with its grip", async ({ page }) => {
  await visit(page, "/galerie?tab=arbre", "Programme stratégique transversal 2024-2030");
  await page.getByRole("row", { name: /^Action 1\.2\.1/ }).focus();
  await page.getByRole("button", { name: /Déplacer «.Ouvrir un abri/ }).focus();
  await page.keyboard.press("Enter");
  for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Ouvrir un abri.*porte maintenant le numéro/)).toBeVisible();
});

test("a row is moved by the mouse", async ({ page }) => {
  await visit(page, "/galerie?tab=arbre", "Programme stratégique transversal 2024-2030");
  const home = page.getByRole("row", { name: /^Objectif opérationnel 2\.2/ });
  await page.getByText("Coordonner l’information").hover();
  await page.mouse.down();
  const { x, y, height } = (await home.boundingBox()) ?? { x: 0, y: 0, height: 0 };
  await page.mouse.move(x + 300, y + height / 2 - 20, { steps: 8 });
  await page.mouse.move(x + 300, y + height / 2, { steps: 4 });
  await expect(home).toHaveAttribute("data-drop-target", "true");
  await page.mouse.up();
  await expect(page.getByText("porte maintenant le numéro 2.2.2")).toBeVisible();
});

test("another language is spoken at once, by the document too, and remembered", async ({ page }) => {
  await visit(page, "/connexion", "Se connecter");
  await page.getByRole("button", { name: /Langue/ }).click();
  await page.getByRole("menuitem", { name: "Deutsch" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Anmelden" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Anmelden" })).toBeVisible();
});

test("going to another page moves the focus to its heading", async ({ page }) => {
  await visit(page, "/connexion", "Se connecter");
  await page.getByRole("link", { name: "Accessibilité" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Déclaration d’accessibilité" })).toBeFocused();
});

test("« ? » lists the shortcuts", async ({ page }) => {
  await visit(page, "/galerie", "Galerie des composants");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Raccourcis clavier" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("a strict content security policy breaks nothing", async ({ page }) => {
  const refused: string[] = [];
  page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  await page.route("**/*", async (route) => {
    const response = await route.fetch();
    const policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'";
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
  });
  await visit(page, "/galerie?tab=arbre", "Programme stratégique transversal 2024-2030");
  await page.getByRole("button", { name: /Autres opérations sur «.Rédiger/ }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  expect(refused).toEqual([]);
});
