import { needsService } from "./service";
import { expect, expectWellMade, openSheet, said, tabTo, test, undo } from "./sheet";

needsService();

test("partners by keyboard alone: find the organisation, propose, agree", async ({ page }) => {
  await openSheet(page, "partners");
  await tabTo(page, page.getByRole("button", { name: "Associer une organisation" }));
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Associer une organisation" });
  await expect(panel.getByRole("combobox", { name: /Organisation/ })).toBeFocused();
  await page.keyboard.type("police");
  await expect(page.getByRole("option", { name: /police/i }).first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await tabTo(page, panel.getByRole("button", { name: "Enregistrer" }));
  await page.keyboard.press("Enter");
  await said(page, "L’organisation est associée à l’action.");
  const row = page
    .getByRole("tabpanel")
    .getByRole("listitem")
    .filter({ hasText: /police/i });
  await expect(row).toContainText("Proposé");
  await tabTo(page, row.getByRole("button", { name: /Autres opérations/ }));
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Marquer comme convenu" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(row).toContainText("Convenu");
});

test("partners by mouse: change the role, end, undo; the page stays well made", async ({ page }, info) => {
  const { colleague, id } = await openSheet(page, "partners");
  const { items } = await colleague.call<{ items: { id: string; name: string }[] }>(
    "GET",
    "/organisations?q=police",
  );
  await colleague.call("POST", "/partnerships", {
    actionId: id,
    organisationId: items[0]?.id,
    role: "contributor",
    state: "agreed",
    note: "Une convention suit.",
  });
  await page.reload();
  const row = page
    .getByRole("tabpanel")
    .getByRole("listitem")
    .filter({ hasText: items[0]?.name ?? "" });
  await row.getByRole("button", { name: /Autres opérations/ }).click();
  await page.getByRole("menuitem", { name: "Modifier" }).click();
  await page.getByRole("button", { name: /Rôle/ }).click();
  await page.getByRole("option", { name: "Finance" }).click();
  await page.getByText("Peut encoder l’avancement").click();
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await said(page, "Le partenariat a été modifié.");
  await expect(row).toContainText("Finance");
  await expect(row).toContainText("Peut encoder l’avancement");
  await row.getByRole("button", { name: /Autres opérations/ }).click();
  await page.getByRole("menuitem", { name: "Mettre fin au partenariat" }).click();
  await expect(page.getByRole("heading", { name: "Partenariats terminés" })).toBeVisible();
  await undo(page, /Terminé/);
  await expect(page.getByRole("heading", { name: "Partenariats terminés" })).toBeHidden();
  await expectWellMade(page, info);
});
