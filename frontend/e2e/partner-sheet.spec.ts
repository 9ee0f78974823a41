import { Colleague, expectAccessible, needsService } from "./service";
import { expect, expectWellMade, openSheet, said, tabTo, test } from "./sheet";

needsService();

test("a partner opens its action by keyboard, reads what it may, reports a follow-up and a measurement", async ({
  page,
}, info) => {
  const { colleague, id, title } = await openSheet(page, "description");
  const { items } = await colleague.call<{ items: { id: string; name: string }[] }>(
    "GET",
    `/organisations?q=${encodeURIComponent("Intercommunale Énergie et Territoires")}`,
  );
  await colleague.call("POST", "/partnerships", {
    actionId: id,
    organisationId: items[0]?.id,
    role: "contributor",
    state: "agreed",
    mayReportProgress: true,
  });
  await colleague.call("POST", "/indicators", {
    actionId: id,
    title: "Bancs posés",
    unit: "bancs",
    baseline: "0",
    baselineOn: "2025-01-01",
  });
  await colleague.call("POST", "/followUps", {
    actionId: id,
    text: "Entre nous.",
    audience: "administration",
  });

  await Colleague.of(page, "suivi@iets.example");
  await page.goto("/partenaire");
  await tabTo(page, page.getByRole("link", { name: title }), 200);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeFocused();
  await expect(page.getByRole("link", { name: "Mes actions · Val-Fleuri" })).toBeVisible();
  await expect(page.getByRole("tab", { name: "Historique" })).toHaveCount(0);
  await expect(page.getByRole("tab", { name: "Budget" })).toHaveCount(0);
  await expect(page.getByRole("tab", { name: /^Tâches/ })).toHaveCount(0);
  await expectAccessible(page);

  await page.getByRole("tab", { name: /^Suivis/ }).click();
  await expect(page.getByRole("tabpanel")).not.toContainText("Entre nous.");
  await tabTo(page, page.getByRole("button", { name: "Ajouter un suivi" }));
  await page.keyboard.press("Enter");
  const note = page.getByRole("dialog", { name: "Nouveau suivi" });
  await expect(note.getByRole("textbox", { name: /Ce qui s’est passé/ })).toBeFocused();
  // What a partner may not say is not asked.
  await expect(note.getByRole("button", { name: /Statut|Déroulement|Visible par/ })).toHaveCount(0);
  await page.keyboard.type("Deux bancs sont posés.");
  await tabTo(page, note.getByRole("textbox", { name: /Avancement/ }));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("35");
  await page.getByRole("dialog").getByRole("button", { name: "Enregistrer" }).press("Enter");
  await said(page, "Le suivi a été ajouté.");
  await expect(page.getByRole("tabpanel")).toContainText("Deux bancs sont posés.");
  await expect(
    page
      .getByRole("article")
      .first()
      .getByText(/^35\s%$/)
      .first(),
  ).toBeVisible();
  await page.getByRole("tab", { name: /^Indicateurs/ }).click();
  await tabTo(page, page.getByRole("button", { name: "Ajouter un relevé" }));
  await page.keyboard.press("Enter");
  const measure = page.getByRole("dialog", { name: "Nouveau relevé" });
  await tabTo(page, measure.getByRole("textbox", { name: /Valeur/ }));
  await page.keyboard.type("2");
  await tabTo(page, measure.getByRole("button", { name: "Enregistrer" }));
  await page.keyboard.press("Enter");
  await said(page, "Le relevé a été ajouté.");
  await expectWellMade(page, info);
});
