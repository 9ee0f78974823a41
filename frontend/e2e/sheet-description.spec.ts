import { Colleague, needsService } from "./service";
import {
  administration,
  expect,
  expectWellMade,
  openSheet,
  said,
  tabTo,
  test,
  undo,
  visitSheet,
} from "./sheet";

needsService();

test("texts and dates are changed where they stand, by keyboard alone, and taken back", async ({ page }) => {
  const { title } = await openSheet(page, "description");
  const pencil = page.getByRole("button", { name: "Modifier « L’action en quelques mots »" });
  await tabTo(page, pencil);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: /Intitulé/ })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.type("Une place sans voitures, avec des bancs et des arbres.");
  await tabTo(page, page.getByRole("button", { name: "Enregistrer" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Une place sans voitures, avec des bancs et des arbres.")).toBeVisible();
  await expect(pencil).toBeFocused();
  await said(page, "L’action a été mise à jour.");
  await undo(page, "L’action a été mise à jour.");
  await expect(page.getByText("Une place sans voitures")).toBeHidden();

  await tabTo(page, page.getByRole("button", { name: "Modifier « Calendrier et moyens »" }));
  await page.keyboard.press("Enter");
  const start = page
    .getByRole("group", { name: /Début prévu/ })
    .getByRole("spinbutton")
    .first();
  await tabTo(page, start);
  await page.keyboard.type("01012028");
  const end = page
    .getByRole("group", { name: /^Échéance/ })
    .getByRole("spinbutton")
    .first();
  await tabTo(page, end);
  await page.keyboard.type("31122027");
  await tabTo(page, page.getByRole("button", { name: "Enregistrer" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await tabTo(page, end);
  await page.keyboard.type("31122028");
  await tabTo(page, page.getByRole("button", { name: "Enregistrer" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tabpanel")).toContainText("31 décembre 2028");
});

test("a date and how exactly it is known are one control, which tells the day that is kept", async ({
  page,
}, info) => {
  const { colleague, id } = await openSheet(page, "description");
  await colleague.update(id, { plannedEnd: "2029-06-30" });
  await page.reload();
  await page.getByRole("button", { name: "Modifier « Calendrier et moyens »" }).click();
  await page.getByRole("button", { name: /Précision de l’échéance/ }).click();
  await page.getByRole("option", { name: "Année" }).click();
  await expect(page.getByText("Date retenue : 31 décembre 2029.")).toBeVisible();
  await page.getByRole("textbox", { name: /^Motif du report/ }).fill("Le subside tarde.");
  await expectWellMade(page, info);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("tabpanel")).toContainText("31 décembre 2029 · Année");
});

test("themes and carriers by mouse; the page stays well made", async ({ page }, info) => {
  await openSheet(page, "description");
  await page.getByRole("button", { name: "Modifier « Thèmes et portée »" }).click();
  await page.getByRole("combobox", { name: "Domaines" }).fill("mobil");
  await page.getByRole("option", { name: "Mobilité" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Retirer « Mobilité »" })).toBeVisible();
  await page.getByLabel("Mots-clés").fill("place, piétons");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("region", { name: "Thèmes et portée" })).toContainText("Mobilité");
  await expect(page.getByRole("region", { name: "Thèmes et portée" })).toContainText("place, piétons");

  await page.getByRole("button", { name: "Modifier « Responsables »" }).click();
  await page.getByRole("combobox", { name: "Services gestionnaires" }).fill("travaux");
  await page
    .getByRole("option", { name: /travaux/i })
    .first()
    .click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("region", { name: "Responsables" })).toContainText(/travaux/i);
  await expectWellMade(page, info);
  await page.setViewportSize({ width: 1280, height: 900 });
});

test("a press on a suggestion counts, though the list is sifted or drawn again before it is let go", async ({
  page,
}) => {
  await openSheet(page, "description");
  await page.getByRole("button", { name: "Modifier « Thèmes et portée »" }).click();
  const field = page.getByRole("combobox", { name: "Domaines" });
  await field.fill("mob");
  // Alone in its list, which stands still: the mouse is on it before it is pressed.
  const option = page.getByRole("option", { name: "Mobilité" });
  await expect(page.getByRole("option")).toHaveCount(1);
  await expect(async () => {
    const stood = await option.boundingBox();
    await option.hover();
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 100))));
    expect(await option.boundingBox()).toEqual(stood);
    expect(await option.evaluate((one) => one.matches(":hover"))).toBe(true);
  }).toPass();
  await page.mouse.down();
  await field.evaluate((input: HTMLInputElement) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, "sport");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await page.mouse.up();
  // The list is still open, and what stands beside it is kept from readers of the screen meanwhile.
  await expect(page.locator(".picks li")).toHaveText(["Mobilité"]);
});

test("two people change one text: both versions side by side, other fields are kept", async ({ page }) => {
  const { colleague, id } = await openSheet(page, "description");
  await page.getByRole("button", { name: "Modifier « L’action en quelques mots »" }).click();
  await page.getByRole("textbox", { name: /^Description/ }).fill("Des bancs.");
  await page.getByRole("textbox", { name: /^Remarque de suivi/ }).fill("Plan déposé.");
  await colleague.update(id, { description: "Des arbres." });
  await page.getByRole("button", { name: "Enregistrer" }).click();
  const conflict = page.getByRole("dialog", { name: "Un changement a été fait entre-temps" });
  await expect(conflict.getByRole("radiogroup")).toHaveCount(1);
  await expect(conflict).toContainText("Des arbres.");
  await conflict.getByRole("button", { name: "Garder la version enregistrée" }).click();
  const text = page.getByRole("region", { name: "L’action en quelques mots" });
  await expect(text).toContainText("Des arbres.");
  await expect(text).toContainText("Plan déposé.");
});

test("the history tells who changed what, from what to what, the removed things too", async ({
  page,
}, info) => {
  const { colleague, id, title } = await openSheet(page, "description");
  await colleague.update(id, { priority: 2, plannedEnd: "2027-06-30" });
  const task = await colleague.call<{ id: string }>("POST", "/tasks", {
    actionId: id,
    title: "Poser les bancs",
  });
  await colleague.call("DELETE", `/tasks/${task.id}`, undefined, 1);
  await visitSheet(page, id, title, "history");
  const panel = page.getByRole("tabpanel");
  await expect(panel).toContainText("Priorité");
  await expect(panel.locator("del", { hasText: "Sans priorité" })).toBeVisible();
  await expect(panel.locator("ins", { hasText: "Priorité 2" })).toBeVisible();
  await expect(panel.locator("ins", { hasText: "30 juin 2027" })).toBeVisible();
  await expect(panel).toContainText("Céline Marchal · Administration");
  await expect(panel.getByText(/^Suppression · tâche « Poser les bancs »$/)).toBeVisible();
  await panel.getByText("Détail").first().click();
  await expectWellMade(page, info);
});

test("what each may do differs: agent, collège, council and partner", async ({ page }) => {
  const { id, title } = await openSheet(page, "tasks");
  await expect(page.getByLabel("Nouvelle tâche")).toBeVisible();

  await Colleague.of(page, "agent@val-fleuri.example");
  await visitSheet(page, id, title, "tasks");
  await expect(page.getByLabel("Nouvelle tâche")).toHaveCount(0);
  await expect(page.getByRole("tab", { name: "Historique" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Mettre à jour", exact: true })).toHaveCount(0);

  await Colleague.of(page, "college@val-fleuri.example");
  await visitSheet(page, id, title, "description");
  await expect(page.getByRole("tab", { name: "Historique" })).toBeVisible();
  await page.getByRole("button", { name: "Modifier « Calendrier et moyens »" }).click();
  await expect(page.getByRole("button", { name: /Priorité/ })).toBeVisible();
  await expect(page.getByRole("group", { name: /Échéance/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Annuler", exact: true }).click();
  await page.getByRole("button", { name: "Mettre à jour", exact: true }).click();
  const panel = page.getByRole("dialog", { name: "Mettre à jour l’action" });
  await expect(panel.getByLabel("Remarque de suivi")).toBeVisible();
  await expect(panel.getByRole("radiogroup")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Budget" }).click();
  await expect(page.getByRole("button", { name: "Ajouter une ligne" })).toHaveCount(0);

  await Colleague.of(page, "conseil@val-fleuri.example");
  await page.goto(`/c/84016/actions/${id}`);
  await expect(page.getByRole("heading", { level: 1, name: "Cette page n’existe pas" })).toBeVisible();
  await Colleague.of(page, administration);
});

test("an agent works on what the own unit manages", async ({ page }) => {
  const { colleague, id, title } = await openSheet(page, "description");
  const { items } = await colleague.call<{ items: { id: string; name: string }[] }>(
    "GET",
    "/units?pageSize=200",
  );
  const works = items.find((unit) => /travaux/i.test(unit.name));
  await colleague.update(id, { responsibilities: [{ kind: "managingUnit", unitId: works?.id }] });
  await Colleague.of(page, "agent@val-fleuri.example");
  await visitSheet(page, id, title, "tasks");
  await page.getByLabel("Nouvelle tâche").fill("Poser les bancs");
  await page.getByLabel("Nouvelle tâche").press("Enter");
  await said(page, "La tâche « Poser les bancs » a été ajoutée.");
  await page.getByRole("tab", { name: "Budget" }).click();
  await expect(page.getByRole("button", { name: "Ajouter une ligne" })).toHaveCount(0);
  await page.getByRole("tab", { name: /^Suivis/ }).click();
  await expect(page.getByRole("button", { name: "Ajouter un suivi" })).toBeVisible();
});

test("an end that was taken away still asks why a later one is given", async ({ page }, info) => {
  const { colleague, id, title } = await openSheet(page, "description");
  await colleague.update(id, { plannedEnd: "2027-06-30" });
  await colleague.update(id, { plannedEnd: null });
  await visitSheet(page, id, title, "description");
  await page.getByRole("button", { name: "Modifier « Calendrier et moyens »" }).click();
  const reason = page.getByRole("textbox", { name: /^Motif du report/ });
  const end = page
    .getByRole("group", { name: /^Échéance/ })
    .getByRole("spinbutton")
    .first();
  await end.click();
  await page.keyboard.type("31122028");
  await expect(reason).toBeHidden();
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(reason).toBeVisible();
  await expectWellMade(page, info);
  await page.setViewportSize({ width: 1280, height: 900 });
  await reason.fill("Le subside se fait attendre.");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("tabpanel")).toContainText("31 décembre 2028");
  await expect(page.getByRole("tabpanel")).toContainText("Le subside se fait attendre.");
});
