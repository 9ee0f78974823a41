import { dayWords, shareWords } from "@/marks/formats";
import { statuses } from "@/marks/statuses";
import { useWords } from "@/words";
import { isShelf, kindWords, type PlanNode } from "./plan-node";
import { countActions } from "./tree-operations";

/** A row of the tree in one sentence, for who hears it: what it is, its name, how far, until when. */
export function useNodeSentence(): (node: PlanNode) => string {
  const { t, locale } = useWords();
  return (node) =>
    [
      isShelf(node.kind)
        ? node.name
        : t("ui.labelled", {
            label: `${node.kindName ?? t(kindWords[node.kind])} ${node.code}`.trim(),
            value: node.name,
          }),
      ...node.marks.map((mark) => t("plans.alsoIn", { plan: mark.name })),
      node.status ? t(statuses[node.status].word) : t("plans.actionCount", { count: countActions(node) }),
      node.progress === null ? null : shareWords(node.progress, locale),
      node.isLate ? t("plans.late") : null,
      node.due === null
        ? null
        : t("ui.labelled", { label: t("plans.due"), value: dayWords(node.due, locale, "long") }),
    ]
      .filter((part) => part !== null)
      .join(", ");
}
