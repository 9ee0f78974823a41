import type { Schemas } from "@/api/contract";
import { shareWords } from "@/marks/formats";
import { DescriptionList } from "@/ui/DescriptionList";
import { Link } from "@/ui/Link";
import { Tag } from "@/ui/Tag";
import { useWords } from "@/words";
import type { ActionView, Standing } from "./action-view";

type Told = Pick<Schemas["Action"], "description" | "statusRemark"> & { internalNote?: string | null };

/** Plain text: paragraphs are separated by an empty line, and nothing in it is ever executed. */
export function SheetText({ action }: { action: Told }) {
  const { t } = useWords();
  return (
    <div className="stack">
      {action.statusRemark && (
        <div className="action-remark">
          <h3>{t("actions.comment")}</h3>
          <p>{action.statusRemark}</p>
        </div>
      )}
      {action.description ? (
        action.description.split(/\n{2,}/).map((paragraph) => (
          <p key={paragraph} className="sheet-paragraph">
            {paragraph}
          </p>
        ))
      ) : (
        <p className="soft">{t("actions.noDescription")}</p>
      )}
      {action.internalNote && (
        <div className="action-remark" data-tone="internal">
          <h3>{t("fields.internalNote")}</h3>
          <p>{action.internalNote}</p>
        </div>
      )}
    </div>
  );
}

/** Who carries the action. */
export function Carriers({ people }: { people: NonNullable<ActionView["people"]> }) {
  const { t } = useWords();
  const missing = <span className="plan-missing">{t("actions.notNamed")}</span>;
  const entry = (term: string, names: readonly string[], isExpected = false) =>
    names.length === 0 && !isExpected
      ? []
      : [
          {
            term,
            description:
              names.length === 0 ? (
                missing
              ) : (
                <ul className="plain-list">
                  {names.map((name) => (
                    <li key={name}>{name}</li>
                  ))}
                </ul>
              ),
          },
        ];
  return (
    <DescriptionList
      entries={[
        ...entry(t("values.mandatary"), people.mandatary, true),
        ...entry(t("values.lead"), people.lead, true),
        ...entry(t("values.owner"), people.owner),
        ...entry(t("values.managingUnit"), people.units, true),
        ...entry(t("values.partnerUnit"), people.partnerUnits),
      ]}
    />
  );
}

/** The plans that the action serves, where it stands in each, and with which share. */
export function Placements({ standings }: { standings: readonly Standing[] }) {
  const { t, locale } = useWords();
  if (standings.length === 0) return <p className="soft">{t("actions.noPlan")}</p>;
  return (
    <ul className="plain-list">
      {standings.map((standing) => (
        <li key={standing.id} className="action-placement">
          <span className="cluster">
            {standing.mark !== standing.plan && <Tag look="accent">{standing.mark}</Tag>}
            {standing.href ? <Link href={standing.href}>{standing.plan}</Link> : standing.plan}
          </span>
          <span className="soft">{standing.path || t("actions.notPlaced")}</span>
          {standing.share !== null && (
            <span className="soft">
              {t("sheet.share", {
                share: shareWords(standing.share, locale),
                place: t(standing.isPrincipal ? "actions.principal" : "actions.secondary"),
              })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
