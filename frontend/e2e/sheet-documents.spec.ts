import { readFile } from "node:fs/promises";
import { Colleague, expectAccessible, needsService } from "./service";
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

const report = {
  name: "avis de la CCATM.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from("%PDF-1.7\nAvis favorable.\n"),
};

test("a file by keyboard alone: refused with reasons, then added, saved as it was, and erased once confirmed", async ({
  page,
}) => {
  await openSheet(page, "documents");
  await tabTo(page, page.getByRole("button", { name: "Ajouter un fichier" }));
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Nouveau fichier" });
  const control = panel.getByLabel(/^Fichier/);
  await expect(control).toBeFocused();
  await control.setInputFiles({ name: "page.html", mimeType: "text/html", buffer: Buffer.from("<p>") });
  await tabTo(page, panel.getByRole("button", { name: "Enregistrer" }));
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("alert")).toContainText("ce type de fichier n’est pas accepté");
  await expect(panel.getByRole("alert")).toBeFocused();
  const large = Buffer.alloc(20 * 1024 * 1024 + 1, "x");
  await control.setInputFiles({ name: "tout.txt", mimeType: "text/plain", buffer: large });
  await panel.getByRole("button", { name: "Enregistrer" }).press("Enter");
  await expect(panel.getByRole("alert")).toContainText(/20\sMo au plus/);
  // What only its content betrays, the service refuses.
  await control.setInputFiles({ ...report, buffer: Buffer.from("MZ, un programme") });
  await panel.getByRole("button", { name: "Enregistrer" }).press("Enter");
  await expect(panel.getByRole("alert")).toContainText("ne correspond pas au type annoncé");
  await expect(page.getByRole("tabpanel")).not.toContainText("CCATM");

  await expect(async () => {
    await control.focus();
    const chooser = page.waitForEvent("filechooser", { timeout: 2000 });
    await page.keyboard.press("Space");
    await (await chooser).setFiles(report);
    const chosen = await control.evaluate((input: HTMLInputElement) => input.files?.[0]?.size);
    expect(chosen, "the file before is still chosen").toBe(report.buffer.length);
  }).toPass();
  await panel.getByRole("button", { name: "Enregistrer" }).press("Enter");
  await said(page, "Le document a été ajouté.");
  await expect(panel).toBeHidden();
  const saved = page.waitForEvent("download");
  await tabTo(page, page.getByRole("button", { name: /^Télécharger .*CCATM/ }));
  await page.keyboard.press("Enter");
  const download = await saved;
  expect(download.suggestedFilename()).toBe(report.name);
  expect(await readFile(await download.path())).toEqual(report.buffer);

  await tabTo(page, page.getByRole("button", { name: /^Supprimer .*CCATM/ }));
  await page.keyboard.press("Enter");
  const question = page.getByRole("alertdialog", { name: /Supprimer ce fichier/ });
  await expect(page.locator("[data-live-announcer] [role=img]")).toHaveCount(0);
  await expectAccessible(page);
  await tabTo(page, question.getByRole("button", { name: "Supprimer le fichier" }));
  await page.keyboard.press("Enter");
  await said(page, "Le document a été supprimé.");
  await expect(page.getByRole("tabpanel")).toContainText("Aucun document");
});

test("a link to a document: an address that is none is refused beside its field; change, remove and bring back", async ({
  page,
}) => {
  await openSheet(page, "documents");
  await page.getByRole("button", { name: "Ajouter un lien" }).click();
  const panel = page.getByRole("dialog", { name: "Nouveau lien" });
  await panel.getByRole("textbox", { name: /Adresse du document/ }).fill("http://ailleurs.example/avis");
  await panel.getByRole("textbox", { name: /Intitulé/ }).fill("Avis du fonctionnaire délégué");
  await panel.getByRole("button", { name: "Enregistrer" }).click();
  await expect(panel.getByRole("alert")).toBeFocused();
  await panel.getByRole("textbox", { name: /Adresse du document/ }).fill("https://ailleurs.example/avis");
  await panel.getByRole("button", { name: "Enregistrer" }).click();
  await said(page, "Le document a été ajouté.");
  const link = page.getByRole("link", { name: /Avis du fonctionnaire délégué/ });
  await expect(link).toHaveAttribute("href", "https://ailleurs.example/avis");
  await page.getByRole("button", { name: /^Modifier .*Avis du fonctionnaire/ }).click();
  await page.getByRole("button", { name: /Visible par/ }).click();
  await page.getByRole("option", { name: "Partenaires" }).click();
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await said(page, "Le document a été modifié.");
  await expect(page.getByRole("tabpanel")).toContainText(/Visible par\s: Partenaires/);
  await page.getByRole("button", { name: /^Supprimer .*Avis du fonctionnaire/ }).click();
  await expect(link).toHaveCount(0);
  await undo(page, "Le document a été supprimé.");
  await expect(link).toBeVisible();
});

test("a decision of the collège by keyboard, changed, removed and brought back; another action is linked though mistyped", async ({
  page,
}, info) => {
  const { colleague, id, title } = await openSheet(page, "documents");
  await tabTo(page, page.getByRole("button", { name: "Ajouter une décision" }));
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: "Nouvelle décision" });
  await expect(panel.getByRole("textbox", { name: /Intitulé/ })).toBeFocused();
  await page.keyboard.type("Attribution du marché");
  await tabTo(page, panel.getByRole("textbox", { name: /Référence/ }));
  await page.keyboard.type("Collège 2026-03-02, point 14");
  await page.keyboard.press("Enter");
  await said(page, "La décision a été ajoutée.");
  await expect(page.getByRole("tabpanel")).toContainText("Collège 2026-03-02, point 14");
  await page.getByRole("button", { name: /^Modifier .*Attribution/ }).click();
  await page.getByRole("button", { name: /Organe/ }).click();
  await page.getByRole("option", { name: "Conseil" }).click();
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await said(page, "La décision a été modifiée.");
  await expect(page.getByRole("tabpanel")).toContainText("Conseil, le ");
  await page.getByRole("button", { name: /^Supprimer .*Attribution/ }).click();
  await expect(page.getByRole("tabpanel")).toContainText("Aucune décision");
  await undo(page, "La décision a été supprimée.");
  await expect(page.getByRole("tabpanel")).toContainText("Attribution du marché");

  const plan = await colleague.plan();
  const other = await colleague.action(plan, `Restaurer le kiosque ${id.slice(-8)}`);
  await tabTo(page, page.getByRole("button", { name: "Lier une action" }), 90);
  await page.keyboard.press("Enter");
  const linking = page.getByRole("dialog", { name: "Lier une autre action" });
  await tabTo(page, linking.getByRole("combobox", { name: /Autre action/ }));
  await page.keyboard.type(`Restorer le kiosqe ${id.slice(-8)}`);
  await expect(page.getByRole("option", { name: other.title })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(linking.getByRole("combobox", { name: /Autre action/ })).toHaveValue(other.title);
  await linking.getByRole("button", { name: "Enregistrer" }).press("Enter");
  await said(page, "Le lien a été ajouté.");
  await expect(page.getByRole("link", { name: other.title })).toBeVisible();
  await colleague.call("POST", "/attachments", {
    actionId: id,
    title: "Plan d’ensemble",
    link: "https://plan.example/a",
  });
  await page.reload();
  await expect(page.getByRole("link", { name: /Plan d’ensemble/ })).toBeVisible();
  await expectWellMade(page, info);
  await page.setViewportSize({ width: 1280, height: 900 });

  await visitSheet(page, other.id, other.title, "documents");
  await expect(page.getByRole("tabpanel")).toContainText("est liée à");
  await page.getByRole("button", { name: /^Retirer le lien/ }).click();
  await expect(page.getByRole("link", { name: title })).toHaveCount(0);
  await undo(page, "Le lien a été retiré.");
  await expect(page.getByRole("link", { name: title })).toBeVisible();
});

test("who may not write papers reads them without buttons", async ({ page }) => {
  const { colleague, id, title } = await openSheet(page, "documents");
  await colleague.call("POST", "/decisions", {
    actionId: id,
    organ: "college",
    decidedOn: "2026-03-02",
    title: "Accord",
  });
  await Colleague.of(page, "college@val-fleuri.example");
  await visitSheet(page, id, title, "documents");
  await expect(page.getByRole("tabpanel")).toContainText("Accord");
  await expect(page.getByRole("tabpanel").getByRole("button")).toHaveCount(0);
  await Colleague.of(page, administration);
});
