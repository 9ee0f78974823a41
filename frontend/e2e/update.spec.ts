import { expect, test } from "@playwright/test";
import { Colleague, needsService, openTree, password, rowOf, unique } from "./service";

needsService();
const nis = 84016;
const email = "administration@val-fleuri.example";

test("by keyboard alone: sign in, find the action, update it, see it in the tree", async ({
  page,
  browser,
}) => {
  const title = unique("Tracer un sentier");
  const other = await browser.newContext();
  const colleague = await Colleague.of(await other.newPage(), email);
  const plan = await colleague.plan();
  await colleague.objective(plan, unique("Marcher davantage"), [title]);
  await other.close();

  await page.goto(`/c/${nis}/plans/${plan.id}`);
  await expect(page.getByRole("heading", { level: 1, name: "Se connecter" })).toBeVisible();
  await page.getByLabel("Adresse électronique").focus();
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("treegrid")).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByLabel("Rechercher dans le plan")).toBeFocused();
  await page.keyboard.type(title);
  await expect(page).toHaveURL(/[?&]q=/);
  await expect(page.getByText("1 action sur")).toBeVisible();
  const row = rowOf(page, title);
  for (let tab = 0; tab < 8 && !(await page.getByRole("row").and(page.locator(":focus")).count()); tab++) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("End");
  await expect(row).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeFocused();
  const update = page.getByRole("button", { name: "Mettre à jour", exact: true });
  for (let tab = 0; tab < 6 && !(await update.and(page.locator(":focus")).count()); tab++) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Mettre à jour l’action" });
  await panel.getByRole("radio", { name: "En cours" }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("65");
  await page.keyboard.press("Enter");
  await expect(page.getByText("L’action a été mise à jour.")).toBeVisible();
  await expect(panel).toBeHidden();
  await page.goBack();
  await expect(row).toHaveAttribute("aria-label", /En cours, 65\s%/);
});

test("by mouse: update an action and see it in the tree, then take it back", async ({ page }) => {
  const title = unique("Planter une haie");
  const colleague = await Colleague.of(page, email);
  const plan = await colleague.plan();
  await colleague.objective(plan, unique("Verdir le centre"), [title]);
  await page.goto("/");
  await page.getByRole("link", { name: plan.title }).click();
  await rowOf(page, title).getByText(title).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await page.getByRole("button", { name: "Mettre à jour", exact: true }).click();
  await page.getByText("À risque").click();
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("alert")).toContainText("Indiquez ce qui freine l’action.");
  await page.getByLabel("Ce qui freine l’action").fill("Le sol est trop humide.");
  await page.getByRole("textbox", { name: "Avancement" }).fill("40");
  await page.getByLabel("Remarque de suivi").fill("Plants commandés.");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("L’action a été mise à jour.")).toBeVisible();
  await expect(page.getByText("Le sol est trop humide.")).toBeVisible();
  await page.getByRole("link", { name: plan.title }).first().click();
  await expect(rowOf(page, title)).toHaveAttribute("aria-label", /40\s%/);
  await page.getByRole("button", { name: "Annuler l’opération" }).click();
  await expect(rowOf(page, title)).toHaveAttribute("aria-label", /20\s%/);
});

test("a status that must be explained asks why, and offers only the moves that are open", async ({
  page,
}) => {
  const title = unique("Fermer la vieille route");
  const colleague = await Colleague.of(page, email);
  const plan = await colleague.plan();
  await colleague.objective(plan, unique("Rouler moins"), [title]);
  await openTree(page, nis, plan, title);
  await rowOf(page, title).press("Enter");
  await page.getByRole("button", { name: "Mettre à jour", exact: true }).click();
  const statuses = page.getByRole("radiogroup", { name: "Statut" });
  await expect(statuses.getByRole("radio")).toHaveCount(5);
  await statuses.getByText("Abandonnée").click();
  await page.getByLabel("Motif").fill("Le Conseil d’État a annulé le permis.");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("L’action a été mise à jour.")).toBeVisible();
  await expect(page.getByText("Le Conseil d’État a annulé le permis.")).toBeVisible();
  await expect(page.getByRole("main").getByText("Abandonnée")).toBeVisible();
});

test("two people update one action: both versions side by side, nothing lost", async ({ page }) => {
  const title = unique("Rénover la salle");
  const colleague = await Colleague.of(page, email);
  const plan = await colleague.plan();
  await colleague.objective(plan, unique("Se retrouver"), [title]);
  await openTree(page, nis, plan, title);
  await rowOf(page, title).press("Enter");
  await page.getByRole("button", { name: "Mettre à jour", exact: true }).click();
  const panel = page.getByRole("dialog", { name: "Mettre à jour l’action" });
  await panel.getByRole("textbox", { name: "Avancement" }).fill("70");
  await panel.getByLabel("Remarque de suivi").fill("Le toit est posé.");

  const actionId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await colleague.update(actionId, { progress: 55, health: "atRisk", healthReason: "Il manque un châssis." });

  await panel.getByRole("button", { name: "Enregistrer" }).click();
  const conflict = page.getByRole("dialog", { name: "Un changement a été fait entre-temps" });
  await expect(conflict.getByRole("radiogroup")).toHaveCount(1);
  await expect(conflict).toContainText(/70\s%/);
  await expect(conflict).toContainText(/55\s%/);
  await conflict.getByRole("button", { name: "Enregistrer mes choix" }).click();
  await expect(page.getByText("L’action a été mise à jour.")).toBeVisible();
  const main = page.getByRole("main");
  await expect(main.getByText("Le toit est posé.")).toBeVisible();
  await expect(main.getByText("Il manque un châssis.")).toBeVisible();
  await expect(main.getByText(/^70\s%$/)).toBeVisible();
});
