import { dayWords, euroWords } from "@/marks/formats";
import type { IconName } from "@/ui/icons";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { useWords } from "@/words";
import type { Report } from "./pcs-view";

type State = Report["agreements"][number]["state"];

const states = {
  draft: { icon: "dotted", tone: "neutral", word: "pcs.agreementDraft" },
  proposed: { icon: "clock", tone: "wait", word: "pcs.agreementProposed" },
  signed: { icon: "checkCircle", tone: "success", word: "pcs.agreementSigned" },
  ended: { icon: "check", tone: "neutral", word: "pcs.agreementEnded" },
  terminated: { icon: "ban", tone: "neutral", word: "pcs.agreementTerminated" },
} as const satisfies Record<State, { icon: IconName; tone: Tone; word: `pcs.${string}` }>;

/** The agreements on which the actions rest: with whom, until when, for how much. */
export function Agreements({ agreements }: { agreements: Report["agreements"] }) {
  const { t, locale } = useWords();
  if (agreements.length === 0) return null;
  return (
    <section className="stack-wide" aria-labelledby="agreements">
      <h2 id="agreements">{t("pcs.agreements")}</h2>
      <ul className="finding-list tiles">
        {agreements.map((one) => (
          <li key={one.id} className="card finding">
            <div className="cluster">
              <StatusBadge
                icon={states[one.state].icon}
                tone={states[one.state].tone}
                word={t(states[one.state].word)}
              />
              {one.isAfterPeriod && (
                <StatusBadge icon="warning" tone="warning" word={t("pcs.agreementAfter")} />
              )}
            </div>
            <h3>{one.title}</h3>
            <p className="report-facts">
              {[
                one.parties.join(", "),
                one.endsOn && t("pcs.agreementUntil", { day: dayWords(one.endsOn, locale) }),
                ...one.amounts.map((year) =>
                  t("pcs.agreementYear", {
                    year: year.year,
                    amount: [year.amount && euroWords(year.amount, locale), year.inKind]
                      .filter(Boolean)
                      .join(" + "),
                  }),
                ),
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
