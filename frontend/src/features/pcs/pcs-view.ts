import type { Schemas } from "@/api/contract";

export type Report = Schemas["PcsReport"];
export type ReportAction = Schemas["ReportAction"];
export type ReportLine = Schemas["ReportLine"];

export const pcsViews = ["axes", "rights", "codes", "partners", "money", "diagnostic"] as const;
export type PcsView = (typeof pcsViews)[number];

/** Actions read together, under a heading; what is said of them comes from the service. */
export interface Group {
  id: string;
  code: string;
  title: string;
  /** The line of the report; none for those that belong nowhere. */
  line: ReportLine | null;
  actions: readonly ReportAction[];
}

export interface AxisGroup extends Group {
  themes: readonly Group[];
}

const nowhere = "none";

const group = (line: ReportLine, actions: readonly ReportAction[]): Group => ({
  id: line.id,
  code: line.code,
  title: line.label,
  line,
  actions,
});

/** The actions that belong to none of the lines, last and only if there are any. */
const rest = (title: string, actions: readonly ReportAction[]): readonly Group[] =>
  actions.length === 0 ? [] : [{ id: nowhere, code: "", title, line: null, actions }];

/** Axis after axis, with the themes that have actions; an axis without any stands there too. */
export function byAxis(report: Report, noAxis: string, noTheme: string): readonly AxisGroup[] {
  const themesOf = (actions: readonly ReportAction[]): readonly Group[] => [
    ...report.themes
      .map((theme) =>
        group(
          theme,
          actions.filter((action) => action.themeId === theme.id),
        ),
      )
      .filter((theme) => theme.actions.length > 0),
    ...rest(
      noTheme,
      actions.filter((action) => action.themeId === null),
    ),
  ];
  const axes = report.axes.map((axis) =>
    group(
      axis,
      report.actions.filter((action) => action.axisId === axis.id),
    ),
  );
  const others = rest(
    noAxis,
    report.actions.filter((action) => action.axisId === null),
  );
  return [...axes, ...others].map((one) => ({ ...one, themes: themesOf(one.actions) }));
}

/** Right after right; an action that serves two stands under both. Those that nobody serves come last. */
export function byRight(report: Report, noRight: string): readonly Group[] {
  const groups = report.rights.map((right) => ({
    // The code of a right is a word for programs.
    ...group(
      right,
      report.actions.filter((action) => action.rightIds.includes(right.id)),
    ),
    code: "",
  }));
  return [
    ...groups.filter((one) => one.actions.length > 0),
    ...rest(
      noRight,
      report.actions.filter((action) => action.rightIds.length === 0),
    ),
    ...groups.filter((one) => one.actions.length === 0),
  ];
}

/** Partner after partner, those who take part in most first. */
export function byPartner(report: Report, noPartner: string, locale: string): readonly Group[] {
  const names = new Map(
    report.actions.flatMap((action) => action.partners.map((one) => [one.organisationId, one.name] as const)),
  );
  const groups = [...names].map(([id, title]) => ({
    id,
    code: "",
    title,
    line: null,
    actions: report.actions.filter((action) => action.partners.some((one) => one.organisationId === id)),
  }));
  return [
    ...groups.toSorted(
      (a, b) => b.actions.length - a.actions.length || a.title.localeCompare(b.title, locale),
    ),
    ...rest(
      noPartner,
      report.actions.filter((action) => action.partners.length === 0),
    ),
  ];
}

export const partnerCount = (report: Report): number =>
  new Set(report.actions.flatMap((action) => action.partners.map((one) => one.organisationId))).size;

export const isZero = (amount: string): boolean => /^-?0+(\.0+)?$/.test(amount);

/** Whether any money stands in the report at all. */
export const hasMoney = ({ total, localShares }: Report): boolean =>
  localShares.length > 0 ||
  [
    total.expensesPlanned,
    total.expensesCommitted,
    total.expensesSpent,
    total.revenuePlanned,
    total.revenueCommitted,
    total.revenueReceived,
  ].some((amount) => !isZero(amount));
