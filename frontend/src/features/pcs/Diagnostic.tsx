import { type ReactNode, useState } from "react";
import type { Schemas } from "@/api/contract";
import { dayWords } from "@/marks/formats";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Link } from "@/ui/Link";
import { Skeleton } from "@/ui/Skeleton";
import { StatusBadge } from "@/ui/StatusBadge";
import { useWords } from "@/words";
import type { Report } from "./pcs-view";
import { useDiagnostic } from "./use-pcs";

/** What was found with the partners, what the plan answers and what it leaves open. */
export function Diagnostic({ report, hrefOf }: { report: Report; hrefOf: (actionId: string) => string }) {
  const { t } = useWords();
  const found = useDiagnostic(report.plan.id);
  if (found.error) {
    return (
      <Banner
        tone="error"
        title={t("shell.failedTitle")}
        actions={<Button onPress={() => void found.refetch()}>{t("ui.retry")}</Button>}
      >
        {t("shell.failedText")}
      </Banner>
    );
  }
  if (found.isPending) return <Skeleton lines={6} lineHeight="4rem" />;
  const { findings, actions, objectives, names } = found.data;
  const rights = new Map(report.rights.map((one) => [one.id, one.label]));
  const list = (items: readonly Schemas["Finding"][]) => (
    <ul className="finding-list tiles">
      {items.map((finding) => (
        <FindingCard key={finding.id} finding={finding} names={names} rights={rights} />
      ))}
    </ul>
  );
  const open = findings.filter((one) => one.isAnswered !== true);
  const answered = findings.filter((one) => one.isAnswered === true);
  return (
    <div className="stack-wide">
      <p className="soft">
        {t("pcs.diagnosticLead")} {report.period.isDiagnosticRequired && t("pcs.diagnosticRequired")}
      </p>
      {findings.length === 0 ? (
        <EmptyState icon="comment" title={t("pcs.noFindingTitle")}>
          {t("pcs.noFindingText")}
        </EmptyState>
      ) : (
        <>
          <section className="stack-wide" aria-labelledby="open-findings">
            <h2 id="open-findings">
              {t("pcs.unanswered")} <span className="soft numeric">{open.length}</span>
            </h2>
            {open.length === 0 ? <p className="soft">{t("pcs.unansweredNone")}</p> : list(open)}
          </section>
          <section className="stack-wide" aria-labelledby="answered-findings">
            <h2 id="answered-findings">
              {t("pcs.answered")} <span className="soft numeric">{answered.length}</span>
            </h2>
            {answered.length === 0 ? <p className="soft">{t("pcs.answeredNone")}</p> : list(answered)}
          </section>
        </>
      )}
      <Without
        id="actions-without"
        title={t("pcs.actionsWithout")}
        text={t("pcs.actionsWithoutText")}
        nothing={t("pcs.actionsWithoutNone")}
        items={actions.map((one) => (
          <Link key={one.id} href={hrefOf(one.id)}>
            {one.title}
          </Link>
        ))}
      />
      <Without
        id="objectives-without"
        title={t("pcs.withoutFinding")}
        text={t("pcs.withoutFindingText")}
        nothing={t("pcs.withoutFindingNone")}
        items={objectives.map((one) => one.title)}
      />
    </div>
  );
}

interface WithoutProps {
  id: string;
  title: string;
  text: string;
  nothing: string;
  items: readonly ReactNode[];
}

const shownAtFirst = 8;

/** What does not say which finding it answers. */
function Without({ id, title, text, nothing, items }: WithoutProps) {
  const { t } = useWords();
  const [isWhole, setWhole] = useState(false);
  const rest = items.length - shownAtFirst;
  return (
    <section className="stack-wide" aria-labelledby={id}>
      <h2 id={id}>
        {title} <span className="soft numeric">{items.length}</span>
      </h2>
      <p className="soft">{items.length === 0 ? nothing : text}</p>
      {items.length > 0 && (
        <div className="card without-finding">
          <ul className="without-list lined">
            {(isWhole ? items : items.slice(0, shownAtFirst)).map((item, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list is drawn anew as a whole
              <li key={index}>{item}</li>
            ))}
          </ul>
          {rest > 0 && !isWhole && (
            <Button size="small" variant="quiet" onPress={() => setWhole(true)}>
              {t("transversal.showAll", { count: rest })}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

interface FindingCardProps {
  finding: Schemas["Finding"];
  names: ReadonlyMap<string, string>;
  rights: ReadonlyMap<string, string>;
}

function FindingCard({ finding, names, rights }: FindingCardProps) {
  const { t, locale } = useWords();
  const listed = (ids: readonly string[], known: ReadonlyMap<string, string>) =>
    new Intl.ListFormat(locale).format(ids.flatMap((id) => known.get(id) ?? []));
  const heard = listed(finding.heardOrganisationIds ?? [], names);
  const touched = listed(finding.rightIds ?? [], rights);
  return (
    <li className="card finding">
      <div className="cluster">
        {finding.isAnswered ? (
          <StatusBadge icon="check" tone="success" word={t("pcs.isAnswered")} />
        ) : (
          <StatusBadge icon="flag" tone="warning" word={t("pcs.isUnanswered")} />
        )}
        {finding.theme && <b>{finding.theme}</b>}
      </div>
      <p>{finding.text}</p>
      <p className="report-facts">
        {[
          finding.foundOn && t("pcs.found", { day: dayWords(finding.foundOn, locale) }),
          heard && t("pcs.heard", { names: heard }),
          touched && t("pcs.rightsTouched", { names: touched }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </li>
  );
}
