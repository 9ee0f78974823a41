import { test as bare, expect, type Page } from "@playwright/test";
import { OwnJoint } from "./joint";
import { Colleague, expectAccessible, expectNoSidewaysScroll, needsService } from "./service";

needsService();

const test = bare.extend<{ joint: OwnJoint }>({
  joint: async ({ page }, use) => {
    const joint = await OwnJoint.of(page);
    await use(joint);
    await Colleague.of(page, "administration@haute-rive.example");
    await joint.close();
  },
});

const after = (page: Page) => page.getByRole("treegrid", { name: "Après conversion" });
const tray = (page: Page) => page.getByRole("grid", { name: "À placer" });
const apply = (page: Page) => page.getByRole("button", { name: "Appliquer la conversion" });
const place = (joint: OwnJoint) => `Développer les navettes ${joint.mark}`;

async function openUnmatched(page: Page, joint: OwnJoint): Promise<void> {
  await joint.open(page);
  await expect(page.getByText("Une action reste à placer")).toBeVisible();
  await expect(apply(page)).toBeDisabled();
}

/** The row of the action in the pane of what would be. */
const placed = (page: Page, joint: OwnJoint) =>
  after(page).getByRole("row", { name: `Action ${joint.newcomer}, Placée par vous` });

/** Walks with the Tab key until something has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let step = 0; step < 40; step++) {
    if (await page.evaluate((css) => document.activeElement?.matches(css) ?? false, selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the Tab key never reaches ${selector}`);
}

async function placeByMenu(page: Page, joint: OwnJoint): Promise<void> {
  await tray(page).getByRole("row").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: /^Placer « Ouvrir un potager/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Choisir un autre objectif…" })).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /Placer « Ouvrir un potager/ });
  await expect(dialog.getByLabel("Rechercher un objectif")).toBeFocused();
  await page.keyboard.type(`NAVETTES ${joint.mark}`);
  await expect(dialog.getByRole("option")).toHaveCount(1);
  await tabTo(page, "[role=option]");
  await page.keyboard.press("Enter");
  await tabTo(page, "button[data-variant=primary]");
  await page.keyboard.press("Enter");
  await expect(placed(page, joint)).toBeVisible();
}

test("grouped becomes distributed, one unmatched action placed by the keyboard; applied at once, undone exactly", async ({
  page,
  joint,
}) => {
  const before = await joint.standing();
  await openUnmatched(page, joint);
  await placeByMenu(page, joint);
  await expect(page.getByText("Chaque action a sa place.")).toBeVisible();
  await expect(page).toHaveURL(/place=/);
  await page.reload();
  await expect(placed(page, joint)).toBeVisible();
  expect(await joint.standing()).toEqual(before);
  await apply(page).focus();
  await page.keyboard.press("Enter");
  const question = page.getByRole("alertdialog", { name: /Convertir vers l’approche « Répartie »/ });
  await expect(question.getByRole("button", { name: "Annuler" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Le PST suit maintenant l’approche « Répartie ».")).toBeVisible();
  const converted = await joint.standing();
  expect(converted).toHaveLength(3);
  expect(converted).not.toEqual(before);
  await page.reload();
  await page.getByRole("button", { name: "Annuler la conversion" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("La conversion est annulée", { exact: false }).first()).toBeVisible();
  // What had been chosen is still there, to be looked at again.
  await expect(placed(page, joint)).toBeVisible();
  expect(await joint.standing()).toEqual(before);
  await expect(page.locator(".conversion-list").getByText("annulée", { exact: true })).toBeVisible();
});

test("an action is carried to its objective from its grip, by the keyboard, and taken back", async ({
  page,
  joint,
}) => {
  await openUnmatched(page, joint);
  await tray(page).getByRole("row").focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: /^Déplacer « Ouvrir un potager/ })).toBeFocused();
  await page.keyboard.press("Enter");
  const target = page.locator(`.outline-row[data-drop-target]`);
  await expect(target).toBeVisible();
  for (let step = 0; step < 12 && !(await target.getByText(place(joint)).isVisible()); step++) {
    await page.keyboard.press("ArrowDown");
  }
  await expect(target).toContainText(place(joint));
  await page.keyboard.press("Enter");
  await expect(placed(page, joint)).toBeVisible();
  await placed(page, joint)
    .getByRole("button", { name: /^Autres opérations/ })
    .click();
  await page.getByRole("menuitem", { name: "Retirer mon choix" }).click();
  await expect(page.getByText("Une action reste à placer")).toBeVisible();
});

test("an action is dragged to its objective by the mouse", async ({ page, joint }) => {
  await page.setViewportSize({ width: 1280, height: 1400 });
  await openUnmatched(page, joint);
  const target = after(page).getByRole("row", { name: `Objectif 2.1 ${place(joint)}`, exact: true });
  await tray(page).getByText(joint.newcomer).hover();
  await page.mouse.down();
  const { x, y, height } = (await target.boundingBox()) ?? { x: 0, y: 0, height: 0 };
  await page.mouse.move(x + 120, y + height / 2 - 12, { steps: 8 });
  await page.mouse.move(x + 120, y + height / 2, { steps: 4 });
  await expect(target).toHaveAttribute("data-drop-target", "true");
  await page.mouse.up();
  await expect(placed(page, joint)).toBeVisible();
});

test("what somebody changed since the preview stops the conversion; it is previewed again, then applied", async ({
  page,
  joint,
}) => {
  await openUnmatched(page, joint);
  await placeByMenu(page, joint);
  const before = await joint.standing();
  await joint.disturb();
  await apply(page).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Appliquer la conversion" }).click();
  await expect(page.getByText("Quelqu’un a modifié le PST ou le PCS depuis l’aperçu")).toBeVisible();
  expect(await joint.standing()).toEqual(before);
  await page.getByRole("button", { name: "Prévisualiser à nouveau" }).click();
  await expect(page.getByText(`Renommé ${joint.mark}`).first()).toBeVisible();
  await expect(page.getByText("Quelqu’un a modifié le PST")).toBeHidden();
  await apply(page).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Appliquer la conversion" }).click();
  await expect(page.getByText("Le PST suit maintenant l’approche « Répartie ».")).toBeVisible();
  expect(await joint.standing()).not.toEqual(before);
});

const words = { singleObjective: "Objectif unique", grouped: "Regroupée", distributed: "Répartie" } as const;
type Form = keyof typeof words;
const forms = Object.keys(words) as Form[];

for (const start of forms) {
  test(`from ${start}, the form wanted is switched in all six directions`, async ({ page, joint }) => {
    test.slow();
    const faults: string[] = [];
    page.on("pageerror", (fault) => faults.push(fault.message));
    if (start !== "grouped") await joint.convert(start, await joint.places(start));
    const shows = async (form: Form) => {
      const same = page.getByText("Le PST suit déjà cette approche");
      await expect(form === start ? same : after(page)).toBeVisible();
    };
    const choose = async (form: Form) => {
      await page.getByRole("radio", { name: words[form] }).check({ force: true });
      await expect(page).toHaveURL(new RegExp(`to=${form}`));
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await shows(form);
    };
    for (const from of forms) {
      await joint.open(page, `?to=${from}`);
      await shows(from);
      for (const to of forms.filter((one) => one !== from)) {
        await choose(to);
        await choose(from);
      }
    }
    expect(faults).toEqual([]);
  });
}

test("the college compares and is offered no conversion", async ({ page, joint }) => {
  await Colleague.of(page, "college@haute-rive.example");
  await joint.open(page, "?to=singleObjective");
  await expect(page.getByText(/Seule l’administration/)).toBeVisible();
  await expect(apply(page)).toHaveCount(0);
  await expect(page.getByText("Retirées", { exact: true })).toBeVisible();
});

test("every state: axe finds nothing, light and dark; nothing scrolls sideways at 320 px or 200 %", async ({
  page,
  joint,
}) => {
  test.slow();
  const inspect = async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expectAccessible(page);
    }
  };
  await openUnmatched(page, joint);
  await inspect();
  await placeByMenu(page, joint);
  await inspect();
  await apply(page).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await inspect();
  await page.getByRole("alertdialog").getByRole("button", { name: "Appliquer la conversion" }).click();
  await expect(page.getByText("Le PST suit maintenant l’approche « Répartie ».")).toBeVisible();
  await inspect();
  await joint.open(page, "?to=singleObjective");
  await expect(after(page)).toBeVisible();
  await expectNoSidewaysScroll(page);
});
