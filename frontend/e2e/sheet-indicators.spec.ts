import { needsService } from "./service";
import { expect, expectWellMade, openSheet, said, tabTo, test } from "./sheet";

needsService();

test("an indicator by keyboard alone: defined, measured, submitted, approved; not computable is not zero", async ({
  page,
}) => {
  await openSheet(page, "indicators");
  await tabTo(page, page.getByRole("button", { name: "Ajouter un indicateur" }));
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Nouvel indicateur" });
  await expect(panel.getByRole("textbox", { name: /Intitulé/ })).toBeFocused();
  await page.keyboard.type("Bancs posés");
  await tabTo(page, panel.getByRole("textbox", { name: "Unité" }));
  await page.keyboard.type("bancs");
  await tabTo(page, panel.getByRole("textbox", { name: "Valeur de départ" }));
  await page.keyboard.type("0");
  await page.keyboard.press("Tab");
  await page.keyboard.type("01012026");
  await tabTo(page, panel.getByRole("textbox", { name: "Cible : valeur" }));
  await page.keyboard.type("12,5");
  await page.keyboard.press("Tab");
  await page.keyboard.type("31122027");
  await tabTo(page, panel.getByRole("button", { name: "Enregistrer" }));
  await page.keyboard.press("Enter");
  await said(page, "L’indicateur a été ajouté.");
  await expect(panel).toBeHidden();
  const card = page.getByRole("article", { name: "Bancs posés" });
  await expect(card).toContainText("Non calculable");
  await expect(card).toContainText("aucun relevé n’est encore approuvé");
  await expect(card).toContainText("12,5 bancs");

  await tabTo(page, card.getByRole("button", { name: "Ajouter un relevé" }));
  await page.keyboard.press("Enter");
  const measure = page.getByRole("dialog", { name: "Nouveau relevé" });
  await tabTo(page, measure.getByRole("textbox", { name: /Valeur/ }));
  await page.keyboard.type("0");
  await tabTo(page, measure.getByRole("button", { name: "Enregistrer" }));
  await page.keyboard.press("Enter");
  await said(page, "Le relevé a été ajouté.");
  await expect(measure).toBeHidden();
  await expect(card).toContainText("Non calculable");
  await tabTo(page, card.getByRole("button", { name: /^Soumettre/ }));
  await page.keyboard.press("Enter");
  await tabTo(page, card.getByRole("button", { name: /^Approuver/ }));
  await page.keyboard.press("Enter");
  await expect(card.getByRole("img", { name: /Bancs posés/ })).toBeVisible();
  await expect(card.locator("dl")).toContainText("0 bancs");
  await expect(card).not.toContainText("aucun relevé n’est encore approuvé");
  await tabTo(page, card.getByRole("radio", { name: "Graphique" }));
  await page.keyboard.press("ArrowRight");
  await expect(card.getByRole("table")).toBeVisible();
});

test("indicators by mouse: chart and table, a return with its reason, a milestone", async ({
  page,
}, info) => {
  const { colleague, id } = await openSheet(page, "indicators");
  const indicator = await colleague.call<{ id: string }>("POST", "/indicators", {
    actionId: id,
    title: "Habitants satisfaits",
    quantity: "percentage",
    baseline: "20",
    baselineOn: "2025-01-01",
    targets: [{ dueBy: "2027-12-31", value: "60" }],
  });
  for (const [measuredOn, numerator, denominator] of [
    ["2025-06-30", "20", "50"],
    ["2026-06-30", "15", "50"],
  ] as const) {
    const made = await colleague.call<{ id: string; version: number }>("POST", "/measurements", {
      indicatorId: indicator.id,
      measuredOn,
      numerator,
      denominator,
    });
    const sent = await colleague.call<{ version: number }>(
      "PATCH",
      `/measurements/${made.id}`,
      { state: "submitted" },
      made.version,
    );
    await colleague.call("PATCH", `/measurements/${made.id}`, { state: "approved" }, sent.version);
  }
  await colleague.call("POST", "/indicators", { actionId: id, title: "Permis obtenu", nature: "milestone" });
  await page.reload();
  const card = page.getByRole("article", { name: "Habitants satisfaits" });
  await expect(card.getByRole("img")).toHaveAccessibleName(/de 40\s% à 30\s%, cible 60\s%/);
  await expect(page.getByRole("article", { name: "Permis obtenu" })).toContainText("Non calculable");
  await expectWellMade(page, info);
  await page.evaluate(() => document.documentElement.removeAttribute("style"));
  await page.setViewportSize({ width: 1280, height: 900 });
  await card.getByText("Tableau").click();
  const row = card.getByRole("row", { name: /30 juin 2026/ });
  await row.getByRole("button", { name: /Renvoyer/ }).click();
  await page.getByRole("textbox", { name: /Motif du renvoi/ }).fill("L’échantillon est trop petit.");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(row).toContainText("Renvoyé");
  await expect(row).toContainText("L’échantillon est trop petit.");
  await card.getByText("Graphique").click();
  await expect(card.getByRole("img")).toHaveAccessibleName(/de 40\s% à 40\s%/);
});
