import type { IconName } from "@/ui/icons";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { useWords } from "@/words";
import { moves } from "./approaches";
import type { Counters as Counted } from "./simulation-view";

interface Counter {
  count: number;
  icon: IconName;
  tone: Tone;
  word: string;
}

/** How many actions, objectives and placements would be added, moved, removed and kept. */
export function Counters({ counted }: { counted: Counted }) {
  const { t } = useWords();
  const { actions, objectives, placements } = counted;
  const rows = (found: Counted["objectives"]): readonly Counter[] => [
    { count: found.added, icon: "add", tone: "success", word: t("articulation.rowsAdded") },
    { count: found.revived, icon: "history", tone: "success", word: t("articulation.rowsRevived") },
    { count: found.changed, icon: "pencil", tone: "info", word: t("articulation.rowsChanged") },
    { count: found.rested, icon: "pause", tone: "warning", word: t("articulation.rowsRested") },
    { count: found.kept, icon: "check", tone: "neutral", word: t("articulation.rowsKept") },
  ];
  return (
    <section className="counters card tiles" aria-label={t("articulation.counters")}>
      <CounterGroup
        title={t("articulation.countActions")}
        counters={[
          { count: actions.unmatched, icon: "flag", tone: "warning", word: t("articulation.unmatched") },
          ...(["moved", "added", "removed", "kept"] as const).map((move) => ({
            ...moves[move],
            count: actions[move],
            word: t(moves[move].many),
          })),
        ]}
      />
      <CounterGroup title={t("articulation.countObjectives")} counters={rows(objectives)} />
      <CounterGroup title={t("articulation.countPlacements")} counters={rows(placements)} />
    </section>
  );
}

function CounterGroup({ title, counters }: { title: string; counters: readonly Counter[] }) {
  return (
    <div className="counter-group">
      <h2>{title}</h2>
      <ul className="counter-list">
        {counters
          .filter((one) => one.count > 0)
          .map((one) => (
            <li key={one.word}>
              <b className="numeric">{one.count}</b>
              <StatusBadge icon={one.icon} tone={one.tone} word={one.word} />
            </li>
          ))}
      </ul>
    </div>
  );
}
