import { expect, test } from "@playwright/test";
import { Colleague, needsService, openTree, rowOf, unique } from "./service";

needsService();
const nis = 84068;
const email = "administration@haute-rive.example";

test("a row goes elsewhere by its menu, is told its number by the plan, and comes back", async ({ page }) => {
  const mark = unique("menu");
  const colleague = await Colleague.of(page, email);
  const plan = await colleague.plan();
  await colleague.objective(plan, `Accueillir ${mark}`, [`Aménager ${mark}`, `Informer ${mark}`]);
  await colleague.objective(plan, `Recevoir ${mark}`, [`Saluer ${mark}`]);
  await openTree(page, nis, plan, mark);
  const row = rowOf(page, `Informer ${mark}`);
  const before = await row.getAttribute("aria-label");
  await row.getByRole("button", { name: /Autres opérations/ }).click();
  await page.getByRole("menuitem", { name: "Déplacer vers…" }).click();
  const dialog = page.getByRole("dialog", { name: /Déplacer «/ });
  await dialog.getByLabel("Rechercher un emplacement").fill(`RECEVOIR ${mark}`);
  await dialog.getByRole("option").click();
  await expect(dialog.getByText("Le plan donnera le nouveau numéro après le déplacement.")).toBeVisible();
  await dialog.getByRole("button", { name: "Déplacer", exact: true }).click();
  const told = page.getByText(/Informer.*porte maintenant le numéro/);
  await expect(told).toBeVisible();
  const number = ((await told.textContent()) ?? "").match(/numéro ([\d.]+\.2)\./)?.[1] ?? "none";
  await expect(row).toHaveAttribute("aria-label", new RegExp(`^Action ${number.replaceAll(".", "\\.")}\\s`));
  await page.getByRole("button", { name: "Annuler l’opération" }).click();
  await expect(row).toHaveAttribute("aria-label", before ?? "");
});

test("a row goes up and down by the keyboard, keeps the focus, and comes back", async ({ page }) => {
  const mark = unique("clavier");
  const colleague = await Colleague.of(page, email);
  const plan = await colleague.plan();
  await colleague.objective(plan, `Lire ${mark}`, [`Un ${mark}`, `Deux ${mark}`, `Trois ${mark}`]);
  await openTree(page, nis, plan, mark);
  const row = rowOf(page, `Un ${mark}`);
  await expect(row).toHaveAttribute("aria-label", /^Action [\d.]+\.1\s/);
  await row.focus();
  await page.keyboard.press("Alt+ArrowDown");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.getByText(/porte maintenant le numéro [\d.]+\.3\./)).toBeVisible();
  await expect(row).toHaveAttribute("aria-label", /^Action [\d.]+\.3\s/);
  await expect(row).toBeFocused();
  await page.getByRole("button", { name: "Annuler l’opération" }).last().click();
  await expect(row).toHaveAttribute("aria-label", /^Action [\d.]+\.2\s/);
  await page.reload();
  await expect(row).toHaveAttribute("aria-label", /^Action [\d.]+\.2\s/);
});

test("a row is dragged into another objective", async ({ page }) => {
  const mark = unique("souris");
  const colleague = await Colleague.of(page, email);
  const plan = await colleague.plan();
  await colleague.objective(plan, `Semer ${mark}`, [`Graine ${mark}`]);
  await colleague.objective(plan, `Récolter ${mark}`, [`Fruit ${mark}`]);
  await openTree(page, nis, plan, mark);
  const home = page.locator(".tree-row", { hasText: `Récolter ${mark}` });
  await rowOf(page, `Graine ${mark}`).getByText(`Graine ${mark}`).hover();
  await page.mouse.down();
  const { x, y, height } = (await home.boundingBox()) ?? { x: 0, y: 0, height: 0 };
  await page.mouse.move(x + 300, y + height / 2 - 20, { steps: 8 });
  await page.mouse.move(x + 300, y + height / 2, { steps: 4 });
  await expect(home).toHaveAttribute("data-drop-target", "true");
  await page.mouse.up();
  await expect(page.getByText(/Graine.*porte maintenant le numéro [\d.]+\.2\./)).toBeVisible();
});

test("an objective is added and renamed, an action added inside it, all by the keyboard", async ({
  page,
}) => {
  const mark = unique("ajout");
  const colleague = await Colleague.of(page, email);
  const plan = await colleague.plan();
  await colleague.objective(plan, `Voisin ${mark}`, [`Fête ${mark}`]);
  await openTree(page, nis, plan, mark);
  await rowOf(page, `Voisin ${mark}`).focus();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("textbox", { name: /Nouvel intitulé/ })).toBeFocused();
  await page.keyboard.type(`Essai ${mark}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/«\s*Essai[^»]*»\s*a été ajouté comme brouillon/)).toBeVisible();
  await expect(rowOf(page, `Essai ${mark}`)).toBeFocused();
  await page.keyboard.press("F2");
  await page.keyboard.type(`Quartier ${mark}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Quartier.*a été renommé/)).toBeVisible();
  await expect(rowOf(page, `Quartier ${mark}`)).toBeFocused();
  await page.keyboard.press("Control+Shift+Enter");
  await expect(page.getByRole("textbox", { name: /Nouvel intitulé/ })).toBeFocused();
  await page.keyboard.type(`Repas ${mark}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/«\s*Repas[^»]*»\s*a été ajouté comme brouillon/)).toBeVisible();
  await expect(rowOf(page, `Repas ${mark}`)).toBeFocused();
  await page.reload();
  await expect(rowOf(page, `Repas ${mark}`)).toBeVisible();
});

test("sub-actions stand beneath their action, numbered beneath it, and the keyboard reaches them", async ({
  page,
}) => {
  const mark = unique("sous");
  const colleague = await Colleague.of(page, email);
  const plan = await colleague.plan();
  await colleague.objective(plan, `Nourrir ${mark}`, [`Potager ${mark}`]);
  const { items } = await colleague.call<{ items: { id: string }[] }>(
    "GET",
    `/actions?q=${encodeURIComponent(`Potager ${mark}`)}`,
  );
  for (const title of [`Bêcher ${mark}`, `Arroser ${mark}`]) {
    await colleague.action(plan, title, items[0]?.id);
  }
  await openTree(page, nis, plan, mark);
  const action = rowOf(page, `Potager ${mark}`);
  await expect(action).toHaveAttribute("aria-label", /^Action [\d.]+\.1\s/);
  const number = ((await action.getAttribute("aria-label")) ?? "").match(/^Action ([\d.]+)/)?.[1] ?? "none";
  const beneath = (nth: number) => new RegExp(`^Sous-action ${number.replaceAll(".", "\\.")}\\.${nth}\\s`);
  await expect(rowOf(page, `Bêcher ${mark}`)).toHaveAttribute("aria-label", beneath(1));
  await expect(rowOf(page, `Arroser ${mark}`)).toHaveAttribute("aria-label", beneath(2));
  await action.focus();
  await page.keyboard.press("ArrowDown");
  await expect(rowOf(page, `Bêcher ${mark}`)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(rowOf(page, `Arroser ${mark}`)).toBeFocused();
});

test("a name changed by somebody else meanwhile is not overwritten unseen", async ({ page }) => {
  const mark = unique("conflit");
  const colleague = await Colleague.of(page, email);
  const plan = await colleague.plan();
  const objective = await colleague.objective(plan, `Apaiser ${mark}`, []);
  await openTree(page, nis, plan, mark);
  await colleague.call(
    "PATCH",
    `/objectives/${objective.id}`,
    { title: `Calmer ${mark}` },
    objective.version,
  );
  await rowOf(page, `Apaiser ${mark}`).focus();
  await page.keyboard.press("F2");
  await page.keyboard.type(`Adoucir ${mark}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Quelqu’un d’autre a modifié/)).toBeVisible();
  await expect(rowOf(page, `Calmer ${mark}`)).toBeVisible();
  await page.getByRole("button", { name: "Appliquer ma modification" }).click();
  await expect(rowOf(page, `Adoucir ${mark}`)).toBeVisible();
});

test("what is sought stands in the address, and finding nothing says so", async ({ page }) => {
  const colleague = await Colleague.of(page, email);
  const plan = await colleague.plan();
  await openTree(page, nis, plan);
  await page.getByText("En retard", { exact: true }).click();
  await expect(page).toHaveURL(/late=true/);
  await page.getByLabel("Rechercher dans le plan").fill("rien de tel");
  await expect(page.getByRole("heading", { name: "Aucun élément ne correspond" })).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Effacer les filtres" }).click();
  await expect(page.getByRole("treegrid")).toBeVisible();
  await expect(page).not.toHaveURL(/late/);
});

test("the council reads the version put before it, and is offered no change", async ({ page }) => {
  const council = await Colleague.of(page, "conseil@haute-rive.example");
  const plan = await council.plan();
  await openTree(page, nis, plan);
  await page
    .getByRole("row", { name: /^Action/ })
    .first()
    .click({ button: "right" });
  await expect(page.getByRole("button", { name: /Ajouter/ })).toHaveCount(0);
  await page.getByRole("row", { name: /^Action 1\.1\.1\s/ }).press("Enter");
  await expect(page.getByRole("tab", { name: "Description" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Mettre à jour", exact: true })).toHaveCount(0);
});
