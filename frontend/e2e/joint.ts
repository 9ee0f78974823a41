import type { Page } from "@playwright/test";
import { Colleague, unique } from "./service";

interface Row {
  id: string;
  version: number;
}

interface Preview {
  basis: string;
  unmatched: { actionId: string; title: string }[];
  placeIds: string[];
}

export const email = "administration@haute-rive.example";
const commune = "/c/84068";

/**
 * A PST and a PCS of the test's own. Two actions of the PCS have been distributed before and gathered again, so that
 * the service knows their places; a third one is new, and nothing says where it would go.
 */
export class OwnJoint {
  private constructor(
    readonly colleague: Colleague,
    readonly mark: string,
    readonly pst: Row,
    readonly pcs: Row,
    readonly newcomer: string,
    private readonly actions: readonly Row[],
  ) {}

  static async of(page: Page): Promise<OwnJoint> {
    const mark = unique("zone").replace("zone ", "");
    const colleague = await Colleague.of(page, email);
    const { organisationId } = await colleague.plan();
    const { items: types } = await colleague.call<{ items: (Row & { referenceCode: string })[] }>(
      "GET",
      "/planTypes?pageSize=200",
    );
    const { items: periods } = await colleague.call<{ items: (Row & { code: string })[] }>(
      "GET",
      "/programmingPeriods?pageSize=200",
    );
    const typeOf = (code: string) => types.find((one) => one.referenceCode === code)?.id;
    const plan = (code: string, more: object) =>
      colleague.call<Row>("POST", "/plans", {
        planTypeId: typeOf(code),
        organisationId,
        startsOn: "2024-12-01",
        endsOn: "2030-11-30",
        ...more,
      });
    const pst = await plan("pst", { title: `Zone d’essai, programme ${mark}` });
    const pcs = await plan("pcs", {
      title: `Zone d’essai, cohésion ${mark}`,
      periodId: periods.find((one) => one.code === "2020-2025")?.id,
    });
    const objective = (title: string, level: number, parentId?: string) =>
      colleague.call<Row>("POST", "/objectives", { planId: pst.id, parentId, level, title, status: "open" });
    const home = await objective(`Vivre ensemble ${mark}`, 1);
    const gathered = await objective(`Créer du lien ${mark}`, 2, home.id);
    const policy = await objective(`Se déplacer ${mark}`, 1);
    const shuttle = await objective(`Développer les navettes ${mark}`, 2, policy.id);
    const paths = await objective(`Tracer des sentiers ${mark}`, 2, policy.id);
    const actions: Row[] = [];
    const gather = async (title: string) => {
      const action = await colleague.action({ ...(await colleague.plan()), id: pst.id }, title);
      actions.push(action);
      for (const planId of [pcs.id, pst.id]) {
        await colleague.call("POST", "/planActions", { planId, actionId: action.id });
      }
      await colleague.call("POST", "/placements", {
        planId: pst.id,
        actionId: action.id,
        objectiveId: gathered.id,
      });
      return action;
    };
    const first = await gather(`Conduire les aînés ${mark}`);
    const second = await gather(`Baliser un sentier ${mark}`);
    const newcomer = `Ouvrir un potager ${mark}`;
    const scene = new OwnJoint(colleague, mark, pst, pcs, newcomer, actions);
    await scene.convert("distributed", [
      { actionId: first.id, objectiveId: shuttle.id },
      { actionId: second.id, objectiveId: paths.id },
    ]);
    await scene.convert("grouped", []);
    await gather(newcomer);
    return scene;
  }

  async convert(to: string, assignments: readonly object[]): Promise<void> {
    const base = `/plans/${this.pst.id}/articulation`;
    const told = await this.colleague.call<Preview>("GET", `${base}/preview?to=${to}&with=${this.pcs.id}`);
    await this.colleague.call(
      "POST",
      `${base}/conversions`,
      { to, withPlanId: this.pcs.id, assignments },
      told.basis,
    );
  }

  /** A place for each action to which a form gives none by itself: the first that it offers. */
  async places(to: string): Promise<{ actionId: string; objectiveId: string | undefined }[]> {
    const told = await this.colleague.call<Preview>(
      "GET",
      `/plans/${this.pst.id}/articulation/preview?to=${to}&with=${this.pcs.id}`,
    );
    return told.unmatched.map(({ actionId }) => ({ actionId, objectiveId: told.placeIds[0] }));
  }

  /** Every placement of the PST, as the service tells it, but for what only counts changes. */
  async standing(): Promise<string[]> {
    const { items } = await this.colleague.call<{ items: Record<string, unknown>[] }>(
      "GET",
      `/placements?planId=${this.pst.id}&pageSize=200`,
    );
    return items
      .filter((one) => one.state === "active")
      .map((one) => [one.actionId, one.objectiveId, one.weight, one.isMain, one.position].join(" "))
      .toSorted();
  }

  /** Somebody else renames an objective of the PST meanwhile. */
  async disturb(): Promise<void> {
    const { items } = await this.colleague.call<{ items: Row[] }>(
      "GET",
      `/objectives?planId=${this.pst.id}&level=1`,
    );
    const [one] = items;
    if (one) {
      const title = `Renommé ${this.mark}`;
      await this.colleague.call("PATCH", `/objectives/${one.id}`, { title }, one.version);
    }
  }

  async open(page: Page, query = "?to=distributed"): Promise<void> {
    await page.goto(`${commune}/pcs/${this.pcs.id}/simulation${query}`);
  }

  /** The plans and actions leave the lists again. */
  async close(): Promise<void> {
    for (const [kind, rows] of [
      ["plans", [this.pst, this.pcs]],
      ["actions", this.actions],
    ] as const) {
      for (const { id } of rows) {
        const { version } = await this.colleague.call<Row>("GET", `/${kind}/${id}`);
        await this.colleague.call("PATCH", `/${kind}/${id}`, { isArchived: true }, version);
      }
    }
  }
}
