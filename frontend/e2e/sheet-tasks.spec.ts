import { needsService } from "./service";
import { expect, expectWellMade, openSheet, said, tabTo, test, undo } from "./sheet";

needsService();

test("tasks by keyboard alone: add, order, do, change, remove and bring back", async ({ page }) => {
  const { title } = await openSheet(page, "description");
  await tabTo(page, page.getByRole("tab", { name: "Description" }));
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: /^Tâches/ })).toBeFocused();
  await expect(page).toHaveURL(/tab=tasks/);
  await tabTo(page, page.getByLabel("Nouvelle tâche"));
  for (const name of ["Consulter les riverains", "Rédiger le cahier des charges", "Ouvrir les offres"]) {
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    await said(page, `La tâche « ${name} » a été ajoutée.`);
  }
  const rows = page.getByRole("grid", { name: "Plan de travail" }).getByRole("row");
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(2).getByRole("button", { name: /Autres opérations/ })).toBeVisible();
  await rows.nth(2).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await said(page, "« Ouvrir les offres » a changé de place.");
  await expect(rows.nth(1)).toContainText("Ouvrir les offres");

  await rows.nth(0).focus();
  const checkbox = rows.nth(0).getByRole("checkbox");
  for (let step = 0; step < 4 && !(await checkbox.and(page.locator(":focus")).count()); step++)
    await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await said(page, "« Consulter les riverains » est faite.");
  await expect(page.getByText("1 sur 3")).toBeVisible();

  await rows.nth(1).focus();
  const more = rows.nth(1).getByRole("button", { name: /Autres opérations/ });
  for (let step = 0; step < 5 && !(await more.and(page.locator(":focus")).count()); step++)
    await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Modifier" })).toBeFocused();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Modifier la tâche" });
  await expect(panel.getByRole("textbox", { name: /Intitulé/ })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Ouvrir les offres reçues");
  await page.keyboard.press("Tab");
  await page.keyboard.type("travaux");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("15032027");
  await tabTo(page, panel.getByRole("button", { name: "Enregistrer" }));
  await page.keyboard.press("Enter");
  await said(page, "La tâche a été modifiée.");
  await expect(rows.nth(1)).toContainText("Ouvrir les offres reçues");
  await expect(rows.nth(1)).toContainText("15 mars 2027");

  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(rows.nth(1)).toContainText("Ouvrir les offres reçues");
});

test("tasks by mouse: drag, remove, undo; a sub-action; the page stays well made", async ({ page }, info) => {
  const { colleague, id } = await openSheet(page, "tasks");
  for (const title of ["Un", "Deux", "Trois"]) {
    await colleague.call("POST", "/tasks", { actionId: id, title, dueBy: "2025-03-01" });
  }
  await page.reload();
  const rows = page.getByRole("grid", { name: "Plan de travail" }).getByRole("row");
  await expect(rows).toHaveCount(3);
  await rows.nth(2).hover({ position: { x: 12, y: 20 } });
  await page.mouse.down();
  const top = await rows.nth(0).boundingBox();
  if (!top) throw new Error("the first row is drawn");
  await page.mouse.move(top.x + 60, top.y + 20, { steps: 8 });
  await page.mouse.move(top.x + 60, top.y + 2, { steps: 4 });
  await expect(page.locator(".ordered-drop[data-drop-target]")).toHaveCount(1);
  await page.mouse.up();
  await expect(rows.nth(0)).toContainText("Trois");
  await undo(page, "a changé de place");
  await expect(rows.nth(2)).toContainText("Trois");

  await rows
    .nth(1)
    .getByRole("button", { name: /Autres opérations/ })
    .click();
  await page.getByRole("menuitem", { name: "Supprimer" }).click();
  await expect(rows).toHaveCount(2);
  await said(page, "La tâche « Deux » a été supprimée.");
  await undo(page, "a été supprimée");
  await expect(rows.nth(1)).toContainText("Deux");

  await page.getByLabel("Nouvelle sous-action").fill("Planter les arbres");
  await page.getByLabel("Nouvelle sous-action").press("Enter");
  await expect(page.getByRole("link", { name: "Planter les arbres" })).toBeVisible();
  await expectWellMade(page, info);
});

test("a refusal comes back in words and the row stays as it is saved", async ({ page }) => {
  const { colleague, id } = await openSheet(page, "tasks");
  const task = await colleague.call<{ id: string; version: number }>("POST", "/tasks", {
    actionId: id,
    title: "Seule",
  });
  await page.reload();
  const row = page.getByRole("row", { name: /Seule/ });
  await expect(row).toBeVisible();
  await colleague.call("PATCH", `/tasks/${task.id}`, { title: "Seule et changée" }, task.version);
  await row.getByRole("checkbox").click({ force: true });
  await expect(page.getByRole("alert")).toContainText("La modification n’a pas été enregistrée");
  await expect(page.getByRole("row", { name: /Seule et changée/ }).getByRole("checkbox")).not.toBeChecked();
});

test("two people change one task: both versions side by side", async ({ page }) => {
  const { colleague, id } = await openSheet(page, "tasks");
  const task = await colleague.call<{ id: string; version: number }>("POST", "/tasks", {
    actionId: id,
    title: "Plan",
  });
  await page.reload();
  await page
    .getByRole("row", { name: /Plan/ })
    .getByRole("button", { name: /Autres opérations/ })
    .click();
  await page.getByRole("menuitem", { name: "Modifier" }).click();
  await page.getByRole("textbox", { name: /Intitulé/ }).fill("Plan d’ensemble");
  await colleague.call("PATCH", `/tasks/${task.id}`, { title: "Plan général" }, task.version);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  const conflict = page.getByRole("dialog", { name: "Un changement a été fait entre-temps" });
  await expect(conflict).toContainText("Plan général");
  await expect(conflict).toContainText("Plan d’ensemble");
  await conflict.getByRole("button", { name: "Enregistrer mes choix" }).click();
  await expect(page.getByRole("row", { name: /Plan d’ensemble/ })).toBeVisible();
});
