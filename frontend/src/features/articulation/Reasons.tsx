import { useQuery } from "@tanstack/react-query";
import { useApi } from "@/api/acting";
import { treeQuery } from "@/api/shared";
import { useWords } from "@/words";
import { ApproachBadge } from "./ApproachBadge";
import { approaches } from "./approaches";
import type { Joint } from "./use-articulations";

const words = {
  coveringObjective: "articulation.whyCovering",
  underOneObjective: "articulation.whyGrouped",
  underPolicies: "articulation.whyPolicies",
  underCoveringObjective: "articulation.whyUnderCover",
  notPlaced: "articulation.whyNotPlaced",
} as const;

const isKnown = (code: string): code is keyof typeof words => Object.hasOwn(words, code);

/** The approach that a commune follows, and what speaks for it, in sentences. */
export function Reasons({ joint }: { joint: Joint }) {
  const { t, locale } = useWords();
  const { api, actor } = useApi();
  const tree = useQuery(treeQuery(api, actor, joint.plan.id));
  const titles = new Map((tree.data?.objectives ?? []).map((one) => [one.id, one.title ?? ""]));
  const named = (ids: readonly string[]) =>
    new Intl.ListFormat(locale).format(
      ids.flatMap((id) => {
        const title = titles.get(id);
        return title === undefined ? [] : [t("articulation.named", { name: title })];
      }),
    );
  return (
    <div className="stack-wide">
      <p className="cluster">
        <b>{t("articulation.approach")}</b> <ApproachBadge approach={joint.approach} />
      </p>
      <p className="soft">{t(approaches[joint.approach].text)}</p>
      <ul className="lined" aria-label={t("articulation.why")}>
        {joint.reasons.map((reason) => (
          <li key={reason.code}>
            {isKnown(reason.code) &&
              t(words[reason.code], { count: reason.count, objectives: named(reason.objectiveIds) })}
          </li>
        ))}
      </ul>
    </div>
  );
}
