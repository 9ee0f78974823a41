import { needsService } from "./service";
import { expect, expectWellMade, openSheet, said, tabTo, test, undo } from "./sheet";

needsService();

test("a follow-up by keyboard alone updates the action with it", async ({ page }) => {
  await openSheet(page, "followups");
  await tabTo(page, page.getByRole("button", { name: "Ajouter un suivi" }));
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Nouveau suivi" });
  await expect(panel.getByRole("textbox", { name: /Ce qui s’est passé/ })).toBeFocused();
  await page.keyboard.type("Les offres sont ouvertes ; trois sont recevables.");
  await tabTo(page, panel.getByRole("textbox", { name: /Avancement/ }));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("45");
  await tabTo(page, panel.getByRole("button", { name: "Enregistrer" }));
  await page.keyboard.press("Enter");
  await said(page, "Le suivi a été ajouté.");
  await expect(page.getByRole("tabpanel")).toContainText("trois sont recevables");
  await expect(
    page
      .getByRole("article")
      .first()
      .getByText(/^45\s%$/)
      .first(),
  ).toBeVisible();
});

test("follow-ups by mouse: an earlier day, who reads it, change, remove and bring back", async ({
  page,
}, info) => {
  const { colleague, id } = await openSheet(page, "followups");
  await colleague.call("POST", "/followUps", {
    actionId: id,
    text: "La réunion avec les riverains s’est bien passée.",
    notedOn: "2026-03-12",
    status: "inProgress",
    progress: 15,
    health: "atRisk",
    healthReason: "Le permis tarde.",
    audience: "partners",
  });
  await colleague.call("POST", "/followUps", { actionId: id, text: "Le marché est attribué." });
  await page.reload();
  const notes = page.getByRole("tabpanel").getByRole("listitem");
  await expect(notes).toHaveCount(2);
  await expect(notes.nth(1)).toContainText("12 mars 2026");
  await expect(notes.nth(1)).toContainText("Lu par : Partenaires");
  await notes
    .nth(1)
    .getByRole("button", { name: /Modifier/ })
    .click();
  await page.getByRole("textbox", { name: /Ce qui s’est passé/ }).fill("La réunion s’est bien passée.");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await said(page, "Le suivi a été modifié.");
  await notes
    .nth(1)
    .getByRole("button", { name: /Supprimer/ })
    .click();
  await expect(notes).toHaveCount(1);
  await undo(page, "Le suivi a été supprimé.");
  await expect(notes).toHaveCount(2);
  await expectWellMade(page, info);
});
