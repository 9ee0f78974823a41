import type { Schemas } from "@/api/contract";
import { useDomains, useFindings, useGoals } from "@/api/reference-data";
import { dayWords } from "@/marks/formats";
import { valueWords } from "@/marks/values";
import { DescriptionList } from "@/ui/DescriptionList";
import { useWords } from "@/words";
import { carriersOf, useActionFields, withoutPercentage } from "./action-fields";
import type { ActionView } from "./action-view";
import { EditableGroup } from "./EditableGroup";
import { Carriers, Placements, SheetText } from "./SheetFacts";

export interface DescriptionTabProps {
  /** As the service answers it: what is edited. */
  action: Schemas["Action"];
  view: ActionView;
}

/** What the action is, why, for whom and by whom; each part is changed where it stands. */
export function DescriptionTab({ action, view }: DescriptionTabProps) {
  const { t, locale } = useWords();
  const fields = useActionFields(action);
  const findings = useFindings();
  const domains = useDomains();
  const goals = useGoals();
  const isTold = (name: string) => !action.withheld.includes(name);
  const day = (value: string | null) => (value === null ? null : dayWords(value, locale, "long"));
  const named = (...parts: (string | null | undefined | false)[]) => parts.filter(Boolean).join(" · ") || "–";
  /** Each postponement gives its own reason: the form never starts from the last one. */
  const unmotivated = { ...action, plannedEndReason: null };
  const span = (value: string | null, precision: string | null, written: string | null) =>
    named(
      day(value),
      written ?? (precision && precision !== "day" ? valueWords(t, "precision", precision) : null),
    );
  const start = span(action.plannedStart, action.plannedStartPrecision, action.plannedStartText);
  const end = span(action.plannedEnd, action.plannedEndPrecision, action.plannedEndText);
  const facts = (entries: readonly { name: string; words: string | null }[]) => (
    <DescriptionList
      look="columns"
      entries={entries
        .filter(({ name, words }) => isTold(name) && words)
        .map(({ name, words }) => ({ term: t(`fields.${name}` as "fields.title"), description: words }))}
    />
  );
  const answered = (action.findingIds ?? []).flatMap((id) => findings.find((one) => one.id === id) ?? []);
  return (
    <div className="action-columns">
      <div className="sheet-groups">
        <EditableGroup
          action={action}
          heading={t("sheet.text")}
          fields={fields.text.filter((f) => isTold(f.name))}
          values={{ ...action }}
        >
          <SheetText action={action} />
        </EditableGroup>
        {isTold("findingIds") && (
          <EditableGroup
            action={action}
            heading={t("sheet.findings")}
            fields={fields.answered}
            values={{ ...action }}
          >
            {answered.length === 0 ? (
              <p className="soft">{t("sheet.noFinding")}</p>
            ) : (
              <ul className="findings">
                {answered.map((finding) => (
                  <li key={finding.id}>
                    {finding.text}
                    <span className="soft">{named(finding.theme, finding.source)}</span>
                  </li>
                ))}
              </ul>
            )}
          </EditableGroup>
        )}
        <EditableGroup
          action={action}
          heading={t("sheet.subjects")}
          fields={fields.subjects.filter((field) => isTold(field.name))}
          values={{ ...action }}
        >
          {facts([
            {
              name: "domainIds",
              words: action.domainIds.map((id) => domains.find((one) => one.id === id)?.name).join(", "),
            },
            {
              name: "sdgs",
              words: action.sdgs
                .map((number) => `${number}. ${goals.find((goal) => goal.number === number)?.label ?? ""}`)
                .join(" · "),
            },
            { name: "keywords", words: action.keywords.join(", ") },
            { name: "places", words: action.places.join(", ") },
            {
              name: "department",
              words: named(
                valueWords(t, "department", action.department),
                action.isSynergy && t("fields.isSynergy"),
              ),
            },
            { name: "audience", words: action.audience && valueWords(t, "audience", action.audience) },
          ])}
        </EditableGroup>
      </div>
      <div className="sheet-groups">
        {view.people && (
          <EditableGroup
            action={action}
            heading={t("sheet.carriers")}
            fields={fields.carriers}
            contractFields={["responsibilities"]}
            values={carriersOf(action)}
            wire={fields.responsibilities}
          >
            <Carriers people={view.people} />
          </EditableGroup>
        )}
        <section className="sheet-group" aria-label={t("actions.placements")}>
          <h2>{t("actions.placements")}</h2>
          <Placements standings={view.placements} />
        </section>
        <EditableGroup
          action={unmotivated}
          heading={t("sheet.planning")}
          fields={fields.planning.filter((field) => isTold(field.name))}
          values={{ ...unmotivated }}
          wire={withoutPercentage}
        >
          {facts([
            { name: "kind", words: valueWords(t, "kind", action.kind) },
            { name: "plannedStart", words: start },
            { name: "plannedEnd", words: end },
            { name: "plannedEndReason", words: action.plannedEndReason },
            { name: "actualStart", words: day(action.actualStart) },
            { name: "actualEnd", words: day(action.actualEnd) },
            { name: "estimate", words: action.estimate },
            { name: "isOnRoadmap", words: action.isOnRoadmap ? t("editing.yes") : null },
          ])}
        </EditableGroup>
      </div>
    </div>
  );
}
