import type { Schemas } from "@/api/contract";
import { dayWords } from "@/marks/formats";
import { StatusBadge } from "@/ui/StatusBadge";
import { useWords } from "@/words";

export interface FindingsProps {
  findings: readonly Schemas["DiagnosedFinding"][];
  /** Those that nothing in this plan answers. */
  unanswered: ReadonlySet<string>;
  rights: ReadonlyMap<string, string>;
}

/** The findings of a diagnostic, those without answer first. */
export function Findings({ findings, unanswered, rights }: FindingsProps) {
  const { t, locale } = useWords();
  const sorted = findings.toSorted((a, b) => Number(unanswered.has(b.id)) - Number(unanswered.has(a.id)));
  return (
    <ul className="finding-list tiles">
      {sorted.map((finding) => {
        const touched = new Intl.ListFormat(locale).format(
          finding.rightIds.flatMap((id) => rights.get(id) ?? []),
        );
        const facts = [
          finding.foundOn && t("pcs.found", { day: dayWords(finding.foundOn, locale) }),
          finding.actionCount > 0 && t("pcs.actions", { count: finding.actionCount }),
          touched && t("pcs.rightsTouched", { names: touched }),
        ];
        return (
          <li key={finding.id} className="card finding">
            <div className="cluster">
              {!unanswered.has(finding.id) ? (
                <StatusBadge icon="check" tone="success" word={t("pcs.isAnswered")} />
              ) : finding.isAnsweredElsewhere ? (
                <StatusBadge icon="link" tone="info" word={t("pcs.isAnsweredElsewhere")} />
              ) : (
                <StatusBadge icon="flag" tone="warning" word={t("pcs.isUnanswered")} />
              )}
              {finding.theme && <b>{finding.theme}</b>}
            </div>
            <p>{finding.text}</p>
            <p className="report-facts">{facts.filter(Boolean).join(" · ")}</p>
          </li>
        );
      })}
    </ul>
  );
}
