import { euroWords, shareWords } from "@/marks/formats";
import { StatusBadge } from "@/ui/StatusBadge";
import { useWords } from "@/words";
import { type AxisGroup, type Group, isZero } from "./pcs-view";
import { ReportActions } from "./ReportActions";

interface Linked {
  hrefOf: (actionId: string) => string;
}

/** Axis after axis, theme after theme. */
export function Axes({ axes, hrefOf }: { axes: readonly AxisGroup[] } & Linked) {
  return (
    <div className="stack-wide">
      {axes.map((axis) => (
        <section
          key={axis.id}
          className="card stack-wide report-group"
          data-empty={axis.actions.length === 0 || undefined}
        >
          <GroupHead group={axis} />
          {axis.themes.map((theme) => (
            <div key={theme.id} className="report-theme">
              <h3>
                {theme.code && <span className="report-number numeric">{theme.code}</span>} {theme.title}
              </h3>
              <ReportActions actions={theme.actions} hrefOf={hrefOf} />
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}

/** Rights or partners, each with its actions. */
export function Groups({
  groups,
  hrefOf,
  areWanted = false,
  arePartners = false,
}: { groups: readonly Group[]; areWanted?: boolean; arePartners?: boolean } & Linked) {
  return (
    <div className="stack-wide">
      {groups.map((group) => (
        <section
          key={group.id}
          className="card stack-wide report-group"
          data-empty={group.actions.length === 0 || undefined}
        >
          <GroupHead group={group} isWanted={areWanted} />
          <ReportActions
            actions={group.actions}
            hrefOf={hrefOf}
            {...(arePartners ? { partnerId: group.id } : {})}
          />
        </section>
      ))}
    </div>
  );
}

function GroupHead({ group, isWanted = false }: { group: Group; isWanted?: boolean }) {
  const { t, locale } = useWords();
  const { line, actions } = group;
  const facts = [
    t("pcs.actions", { count: actions.length }),
    line && line.completedCount > 0 && t("pcs.completed", { count: line.completedCount }),
    line && line.partnerCount > 0 && t("pcs.partners", { count: line.partnerCount }),
    line &&
      line.averageProgress !== null &&
      `${t("pcs.progress")} ${shareWords(line.averageProgress, locale)}`,
    line &&
      !isZero(line.expensesPlanned) &&
      t("pcs.planned", { amount: euroWords(line.expensesPlanned, locale) }),
    ...(line?.beneficiaries ?? []).map((one) =>
      t(one.counted === "persons" ? "pcs.persons" : "pcs.attendances", { year: one.year, count: one.number }),
    ),
  ].filter(Boolean);
  return (
    <div className="report-head">
      <h2>
        {group.code && <span className="report-number numeric">{group.code}</span>} {group.title}
      </h2>
      {actions.length === 0 ? (
        isWanted ? (
          <StatusBadge icon="flag" tone="warning" word={t("pcs.noAction")} />
        ) : (
          <span className="soft">{t("pcs.noAction")}</span>
        )
      ) : (
        <p className="report-facts">
          {facts.join(" · ")}
          {line && line.lateCount > 0 && (
            <>
              {" "}
              <StatusBadge icon="warning" tone="danger" word={t("pcs.late", { count: line.lateCount })} />
            </>
          )}
        </p>
      )}
    </div>
  );
}
