import { needsService } from "./service";
import { expect, expectWellMade, openSheet, said, tabTo, test, undo } from "./sheet";

needsService();

test("budget by keyboard alone: a line is added with exact amounts, then changed", async ({ page }) => {
  await openSheet(page, "budget");
  await tabTo(page, page.getByRole("button", { name: "Ajouter une ligne" }));
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Nouvelle ligne budgétaire" });
  await expect(panel.getByRole("textbox", { name: /Exercice/ })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("2027");
  await page.keyboard.press("Tab");
  await expect(panel.getByRole("button", { name: /Source/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("Wallonie");
  await page.keyboard.press("Enter");
  await tabTo(page, panel.getByRole("textbox", { name: "Prévu" }));
  await page.keyboard.type("12 500,07");
  await page.keyboard.press("Tab");
  await page.keyboard.type("beaucoup");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("alert")).toContainText("Engagé : écrivez un nombre");
  await expect(panel.getByRole("alert")).toBeFocused();
  await tabTo(page, panel.getByRole("textbox", { name: "Engagé" }));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("0,93");
  await page.keyboard.press("Enter");
  await said(page, "La ligne budgétaire a été ajoutée.");
  await expect(panel).toBeHidden();
  const table = page.getByRole("table", { name: "Dépenses par exercice" });
  await expect(table.getByRole("row", { name: /Wallonie/ })).toContainText(/12[\s\u202f]500,07/);

  await tabTo(page, page.getByRole("button", { name: "Modifier « 2027, Wallonie »" }));
  await page.keyboard.press("Enter");
  const change = page.getByRole("dialog", { name: "Modifier la ligne budgétaire" });
  await tabTo(page, change.getByRole("textbox", { name: "Prévu" }));
  await expect(change.getByRole("textbox", { name: "Prévu" })).toHaveValue(/12[\s\u202f]500,07/);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("20000");
  await page.keyboard.press("Enter");
  await said(page, "La ligne budgétaire a été modifiée.");
  await expect(table.getByRole("row", { name: /Total/ })).toContainText(/20[\s\u202f]000,00/);
});

test("budget by mouse: three thirds make a whole to the cent, years and sources are summed, removal is undone", async ({
  page,
}, info) => {
  const { colleague, id } = await openSheet(page, "budget");
  const line = { actionId: id, service: "ordinary", nature: "expense" };
  for (const [source, planned, fiscalYear] of [
    ["wallonia", "33.33", 2026],
    ["province", "33.33", 2026],
    ["municipality", "33.34", 2027],
  ] as const)
    await colleague.call("POST", "/budgetLines", { ...line, source, planned, fiscalYear, spent: "40.00" });
  await colleague.call("POST", "/budgetLines", {
    ...line,
    nature: "revenue",
    source: "other",
    fiscalYear: 2027,
    planned: "7.00",
  });
  await page.reload();
  const expenses = page.getByRole("table", { name: "Dépenses par exercice" });
  const total = expenses.locator("tfoot tr");
  await expect(total).toContainText("100,00");
  await expect(total).toContainText("120,00");
  await expect(expenses.getByRole("row", { name: /Total 2026/ })).toContainText("66,66");
  await expect(page.getByRole("table", { name: "Recettes par exercice" }).locator("tfoot")).toContainText(
    "7,00",
  );
  await page.getByRole("button", { name: "Supprimer la ligne 2027, Commune" }).click();
  await expect(total).toContainText("66,66");
  await said(page, "La ligne budgétaire a été supprimée.");
  await undo(page, "a été supprimée");
  await expect(total).toContainText("100,00");
  await expectWellMade(page, info);
});
