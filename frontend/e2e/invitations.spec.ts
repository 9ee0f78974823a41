import { expect, test } from "@playwright/test";
import {
  Colleague,
  expectAccessible,
  expectNoSidewaysScroll,
  needsService,
  password,
  unique,
} from "./service";

needsService();

interface Person {
  id: string;
}

test("an access given by another commune waits on the first page, is accepted there, and counts at once", async ({
  page,
}, info) => {
  const email = `${unique("camille").replace(" ", ".")}@haute-rive.example`;
  const give = async (administrator: string, words: object) => {
    const colleague = await Colleague.of(page, administrator);
    const { organisationId } = await colleague.plan();
    const { id } = await colleague.call<Person>("POST", "/accounts", {
      email,
      displayName: "Camille Lambert",
      language: "fr",
      ...words,
    });
    await colleague.call("POST", "/memberships", { accountId: id, role: "agent", organisationId });
  };
  await give("administration@haute-rive.example", { password });
  await give("administration@val-fleuri.example", {});
  await Colleague.of(page, email);

  await page.goto("/");
  const offers = page.getByRole("region", { name: "Des accès vous sont proposés" });
  await expect(offers.getByRole("listitem")).toContainText("Agent");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expectAccessible(page);
    await page.screenshot({ path: info.outputPath(`${colorScheme}.png`), fullPage: true });
  }
  await expectNoSidewaysScroll(page);
  await page.screenshot({ path: info.outputPath("doubled.png"), fullPage: true });

  await offers.getByRole("button", { name: /^Accepter l’accès à .*Val-Fleuri/ }).press("Enter");
  await expect(offers).toBeHidden();
  await page.getByRole("link", { name: /Val-Fleuri/ }).click();
  await expect(page).toHaveURL(/\/c\/84016/);
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
});
