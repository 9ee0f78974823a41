import { Fragment, type ReactNode, useState } from "react";
import type { Schemas } from "@/api/contract";
import type { PlanName } from "@/api/shared";
import { shareWords } from "@/marks/formats";
import { PlanMark } from "@/marks/marks";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import type { IconName } from "@/ui/icons";
import { Link } from "@/ui/Link";
import { useWords } from "@/words";

const shownAtFirst = 6;

export interface GapsProps {
  gaps: Schemas["Gaps"];
  plans: ReadonlyMap<string, PlanName>;
  actionHref: (id: string) => string;
  planHref: (id: string) => string;
  objectiveHref: (objective: { id: string; title: string }) => string;
}

/** What the plans share, and what they leave open. */
export function Gaps({ gaps, plans, actionHref, planHref, objectiveHref }: GapsProps) {
  const { t, locale } = useWords();
  const action = (one: { id: string; title: string }) => <Link href={actionHref(one.id)}>{one.title}</Link>;
  return (
    <section className="gaps" aria-label={t("transversal.gapsLead")}>
      <Gap
        icon="link"
        tone="info"
        title={t("transversal.sharedTitle")}
        text={t("transversal.sharedText")}
        nothing={t("transversal.sharedNone")}
        items={gaps.actionsInSeveralPlans.map((one) => (
          <Fragment key={one.id}>
            {action(one)}
            <span className="cluster">
              {one.planIds.map((id) => {
                const plan = plans.get(id);
                return plan && <PlanMark key={id} plan={plan} />;
              })}
            </span>
          </Fragment>
        ))}
      />
      <Gap
        icon="people"
        tone="warning"
        title={t("transversal.twinsTitle")}
        text={t("transversal.twinsText")}
        nothing={t("transversal.twinsNone")}
        items={gaps.suspectedDuplicates.map((pair) => (
          <Fragment key={`${pair.one.id} ${pair.other.id}`}>
            {action(pair.one)}
            {action(pair.other)}
            <span className="soft">
              {t("transversal.twinsAlike", { share: shareWords(pair.alike, locale) })}
            </span>
          </Fragment>
        ))}
      />
      <Gap
        icon="target"
        tone="warning"
        title={t("transversal.idleTitle")}
        text={t("transversal.idleText")}
        nothing={t("transversal.idleNone")}
        items={gaps.objectivesServingNoPlan.map((one) => (
          <Link key={one.id} href={objectiveHref(one)}>
            {one.title}
          </Link>
        ))}
      />
      <Gap
        icon="flag"
        tone="warning"
        title={t("transversal.rightsTitle")}
        text={t("transversal.rightsText")}
        nothing={t("transversal.rightsNone")}
        items={gaps.rightsWithoutAction.map((one) => one.title)}
      />
      <Gap
        icon="tree"
        tone="warning"
        title={t("transversal.homelessTitle")}
        text={t("transversal.homelessText")}
        nothing={t("transversal.homelessNone")}
        items={gaps.plansWithoutHome.map((one) => (
          <Link key={one.id} href={planHref(one.id)}>
            {one.title}
          </Link>
        ))}
      />
    </section>
  );
}

interface GapProps {
  icon: IconName;
  tone: "info" | "warning";
  title: string;
  text: string;
  nothing: string;
  items: readonly ReactNode[];
}

function Gap({ icon, tone, title, text, nothing, items }: GapProps) {
  const { t } = useWords();
  const [isWhole, setWhole] = useState(false);
  const rest = items.length - shownAtFirst;
  return (
    <section className="card gap" data-tone={items.length === 0 ? "success" : tone}>
      <div className="gap-head">
        <span className="gap-mark">
          <Icon name={items.length === 0 && tone === "warning" ? "check" : icon} size={18} />
        </span>
        <h2>
          {title} <span className="soft numeric">{items.length}</span>
        </h2>
      </div>
      <p className="soft">{items.length === 0 ? nothing : text}</p>
      {items.length > 0 && (
        <ul className="gap-items lined">
          {(isWhole ? items : items.slice(0, shownAtFirst)).map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is drawn anew as a whole
            <li key={index}>{item}</li>
          ))}
        </ul>
      )}
      {rest > 0 && !isWhole && (
        <Button size="small" variant="quiet" onPress={() => setWhole(true)}>
          {t("transversal.showAll", { count: rest })}
        </Button>
      )}
    </section>
  );
}
