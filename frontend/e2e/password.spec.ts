import { expect, test } from "@playwright/test";
import { Colleague, expectAccessible, expectNoSidewaysScroll, needsService, password } from "./service";

needsService();

test("whoever forgot a password is told the same, account or not", async ({ page }) => {
  for (const email of ["administration@trois-chenes.example", "nobody@nowhere.example"]) {
    await page.goto("/connexion");
    await page.getByRole("link", { name: /Mot de passe oublié/ }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Mot de passe oublié" })).toBeVisible();
    await page.getByRole("button", { name: "Recevoir un lien" }).click();
    await expect(page.getByRole("alert")).toContainText("Complétez ce champ.");
    await page.getByLabel("Adresse électronique").fill(email);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Recevoir un lien" }).click();
    await expect(page.getByText("Consultez votre boîte de réception")).toBeVisible();
  }
  await expectNoSidewaysScroll(page);
});

test("a link that is over says so and offers a new one", async ({ page }) => {
  await page.goto(`/mot-de-passe/nouveau#${"x".repeat(43)}`);
  await page.getByLabel(/^Nouveau mot de passe \(/).fill("trois petits canards");
  await page.getByLabel(/encore une fois/).fill("trois petits");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Les deux saisies diffèrent.").first()).toBeVisible();
  await page.getByLabel(/encore une fois/).fill("trois petits canards");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText(/Ce lien a déjà servi/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Demander un nouveau lien" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mot de passe oublié" })).toBeVisible();
});

test("the own password is changed by whoever knows it, from the menu", async ({ page }) => {
  await Colleague.of(page, "college@trois-chenes.example");
  await page.goto("/");
  await page.locator(".user-button").click();
  await page.getByRole("menuitem", { name: "Changer de mot de passe" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Changer de mot de passe" })).toBeVisible();
  await expectAccessible(page);
  const send = async (current: string, next: string) => {
    await page.getByLabel("Mot de passe actuel").fill(current);
    await page.getByLabel(/^Nouveau mot de passe \(/).fill(next);
    await page.getByLabel(/encore une fois/).fill(next);
    await page.getByRole("button", { name: "Enregistrer" }).click();
  };
  await send("ce n’est pas lui", "trois petits canards");
  await expect(page.getByText("Ce n’est pas votre mot de passe actuel.").first()).toBeVisible();
  await send(password, "court");
  await expect(page.getByText("Le mot de passe compte au moins 12 caractères.").first()).toBeVisible();
  // The same one again: other tests sign in with it.
  await send(password, password);
  await expect(page.getByText("Votre mot de passe est enregistré")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Changer de mot de passe" })).toBeVisible();
});
