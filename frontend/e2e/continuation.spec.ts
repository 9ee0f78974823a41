import { test as bare, expect, type Page, request } from "@playwright/test";
import {
  Colleague,
  expectAccessible,
  expectNoSidewaysScroll,
  needsService,
  password,
  service,
  unique,
} from "./service";

needsService();

const administration = "administration@haute-rive.example";

interface Row {
  id: string;
  version: number;
}

/** The operator enters the catalogue of a next period, in which one code of the former goes on; answers its name. */
async function enterNextPeriod(mark: string, code: string | undefined): Promise<string> {
  const own = await request.newContext({ extraHTTPHeaders: { Origin: service, "Pst-Csrf": "1" } });
  const data = { email: "exploitation@pst-demo.example", password };
  expect((await own.post(`${service}/auth/session`, { data })).status()).toBe(200);
  const make = async (path: string, words: object): Promise<Row> => {
    const answer = await own.post(`${service}/pst/v1${path}`, { data: words });
    expect(answer.status(), await answer.text()).toBe(201);
    return answer.json() as Promise<Row>;
  };
  const name = `Programmation 2040-2045 ${mark}`;
  const period = await make("/programmingPeriods", {
    planTypeCode: "pcs",
    code: `2040-${mark}`,
    labels: { fr: name },
    startsOn: "2040-01-01",
    endsOn: "2045-12-31",
  });
  const item = (kind: string, itemCode: string, parentId?: string) =>
    make("/periodItems", {
      periodId: period.id,
      kind,
      code: itemCode,
      labels: { fr: `${kind} ${itemCode}` },
      ...(parentId ? { parentId } : {}),
    });
  const axis = await item("axis", "A");
  const theme = await item("theme", "A.1", axis.id);
  const first = await item("actionCode", "A.1.01", theme.id);
  const second = await item("actionCode", "A.1.02", theme.id);
  for (const to of [first, second]) {
    await make("/periodItemMappings", { fromItemId: code, toItemId: to.id });
  }
  await own.dispose();
  return name;
}

/** A PCS of the test's own, under a period that ends, with an action whose code goes on and one whose code does not. */
class OwnPcs {
  private constructor(
    readonly colleague: Colleague,
    readonly mark: string,
    readonly pcs: Row,
    readonly code: string | undefined,
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
    return new OwnPcs(colleague, mark, pcs, codes[0]?.id, actions);
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

test("a PCS goes on under the next period: codes that are lost are told, chosen, applied and taken back", async ({
  page,
  own,
}) => {
  const name = await enterNextPeriod(own.mark, own.code);
  await page.goto(`/c/84068/pcs/${own.pcs.id}/continuation`);
  await page.getByRole("radio", { name: /Sous la programmation suivante/ }).press("Space");
  await page.getByRole("button", { name: /Programmation suivante/ }).press("Enter");
  await page.getByRole("option", { name }).press("Enter");
  await expect(page.getByText("1 action sans nouveau code")).toBeVisible();
  const sums = page.getByRole("table", { name: "Montants de l’ancien plan selon les nouveaux codes" });
  await expect(sums.getByRole("row", { name: /^Total/ })).toContainText("200");
  await expect(sums.getByRole("row", { name: /^Sans nouveau code/ })).toContainText("100");
  await expectAccessible(page);
  await page
    .getByRole("button", { name: new RegExp(`Nouveau code de « Potager ${own.mark}`) })
    .press("Enter");
  await page.getByRole("option", { name: /^A\.1\.02/ }).press("Enter");
  await expect(page.getByText("1 action sans nouveau code")).toBeHidden();
  await apply(page).press("Enter");
  await page.getByRole("alertdialog").getByRole("button", { name: "Poursuivre le plan" }).press("Enter");
  await expect(page.getByRole("link", { name: "Ouvrir le nouveau plan" })).toBeVisible();
  const { items } = await own.colleague.call<{ items: { nextPlanId: string }[] }>(
    "GET",
    `/planContinuations?planId=${own.pcs.id}`,
  );
  const claims = `/planActions?planId=${items[0]?.nextPlanId}`;
  expect((await own.colleague.call<{ items: Row[] }>("GET", claims)).items).toHaveLength(2);
  await page.getByRole("button", { name: "Annuler", exact: true }).press("Enter");
  await expect(page.getByText("Annulée", { exact: true })).toBeVisible();
  expect((await own.colleague.call<{ items: Row[] }>("GET", claims)).items).toHaveLength(0);
});
