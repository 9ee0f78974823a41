import { test as bare, expect, type Page } from "@playwright/test";
import { Colleague, expectAccessible, expectNoSidewaysScroll, needsService, unique } from "./service";

needsService();

const administration = "administration@haute-rive.example";

interface Row {
  id: string;
  version: number;
}

/** A PCS of the test's own, under a period that ends, with an action whose code goes on and one whose code does not. */
class OwnPcs {
  private constructor(
    readonly colleague: Colleague,
    readonly mark: string,
    readonly pcs: Row,
    private readonly actions: readonly Row[],
  ) {}

  static async of(page: Page): Promise<OwnPcs> {
    const mark = unique("p").slice(2);
    const colleague = await Colleague.of(page, administration);
    const { organisationId, ...strategic } = await colleague.plan();
    const { items: types } = await colleague.call<{ items: (Row & { referenceCode: string })[] }>(
      "GET",
      "/planTypes?pageSize=200",
    );
    const { items: periods } = await colleague.call<{ items: (Row & { code: string })[] }>(
      "GET",
      "/programmingPeriods?pageSize=200",
    );
    const periodId = periods.find((one) => one.code === "2020-2025")?.id;
    const { items: codes } = await colleague.call<{ items: (Row & { kind: string })[] }>(
      "GET",
      `/periodItems?periodId=${periodId}&kind=actionCode&pageSize=200`,
    );
    const pcs = await colleague.call<Row>("POST", "/plans", {
      planTypeId: types.find((one) => one.referenceCode === "pcs")?.id,
      organisationId,
      title: `Cohésion 2020-2025 ${mark}`,
      periodId,
    });
    const actions: Row[] = [];
    for (const [index, title] of [`Navette ${mark}`, `Potager ${mark}`].entries()) {
      const action = await colleague.action({ organisationId, ...strategic }, title);
      actions.push(action);
      await colleague.call("POST", "/planActions", {
        planId: pcs.id,
        actionId: action.id,
        periodItemId: codes[index]?.id,
      });
      for (const [fiscalYear, planned] of [
        [2026, "100.00"],
        [2027, "40.00"],
      ]) {
        await colleague.call("POST", "/budgetLines", {
          actionId: action.id,
          fiscalYear,
          planned,
          source: "municipality",
          service: "ordinary",
        });
      }
    }
    return new OwnPcs(colleague, mark, pcs, actions);
  }

  async close(): Promise<void> {
    for (const { id } of this.actions) await this.colleague.update(id, { isArchived: true });
    await this.archive(this.pcs.id);
  }

  async archive(id: string): Promise<void> {
    const { version } = await this.colleague.call<Row>("GET", `/plans/${id}`);
    await this.colleague.call("PATCH", `/plans/${id}`, { isArchived: true }, version);
  }
}

const test = bare.extend<{ own: OwnPcs }>({
  own: async ({ page }, use) => {
    const own = await OwnPcs.of(page);
    await use(own);
    await Colleague.of(page, administration);
    await own.close();
  },
});

const apply = (page: Page) => page.getByRole("button", { name: "Poursuivre le plan" });

test("a PCS goes on under no period yet by the keyboard, says so, and comes back exactly", async ({
  page,
  own,
}) => {
  await page.goto(`/c/84068/pcs/${own.pcs.id}`);
  await page.getByRole("link", { name: "Poursuivre après la programmation" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Après la programmation" })).toBeVisible();
  await expect(page.getByText("11 mars 2025")).toBeVisible();
  await page.getByRole("radio", { name: /Avec la programmation prolongée/ }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByText("n’a pas été prolongée au-delà")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /Sous la programmation suivante/ })).toBeChecked();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /Sans programmation connue/ })).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.type("31122027");
  await expect(page.getByRole("table", { name: "Lignes budgétaires (2)" })).toBeVisible();
  await expect(page.getByText("Comptée dans son année")).toHaveCount(2);
  await expectAccessible(page);
  await apply(page).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("alertdialog", { name: "Poursuivre le plan ainsi ?" });
  await dialog.getByRole("button", { name: "Poursuivre le plan" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Ce qui a été fait" })).toBeVisible();
  const plan = await own.colleague.call<Record<string, unknown>>("GET", `/plans/${own.pcs.id}`);
  expect([plan.endsOn, plan.withoutPeriodFrom]).toEqual(["2027-12-31", "2027-01-01"]);
  await page.getByRole("button", { name: "Annuler", exact: true }).press("Enter");
  await expect(page.getByText("Annulée", { exact: true })).toBeVisible();
  const again = await own.colleague.call<Record<string, unknown>>("GET", `/plans/${own.pcs.id}`);
  expect([again.endsOn, again.withoutPeriodFrom]).toEqual(["2026-12-31", null]);
  await expectNoSidewaysScroll(page);
});
