import { Fragment } from "react";
import { dayWords } from "@/marks/formats";
import { PlanMark, StatusMark } from "@/marks/marks";
import { statuses } from "@/marks/statuses";
import { Icon } from "@/ui/Icon";
import { ProgressBar } from "@/ui/ProgressBar";
import { Tag } from "@/ui/Tag";
import { useWords } from "@/words";
import { isAction, type PlanNode } from "./plan-node";
import { countActions } from "./tree-operations";

export function PlanTitle({ node }: { node: PlanNode }) {
  const { t } = useWords();
  // A number that bears its plan's own prefix says its level itself.
  const short = /^\p{L}/u.test(node.code)
    ? null
    : node.kind === "strategic"
      ? t("plans.strategicShort")
      : node.kind === "operational"
        ? t("plans.operationalShort")
        : null;
  return (
    <>
      {node.code !== "" && (
        <span className="plan-code numeric">
          {short && <span className="plan-level">{short} </span>}
          {node.code}
        </span>
      )}
      <span className="plan-name">
        {node.name === "" ? t("plans.untitled") : node.name}
        {node.isDraft && (
          <>
            {" "}
            <Tag>{t("plans.draft")}</Tag>
          </>
        )}
        {node.marks.map((mark) => (
          <Fragment key={mark.code}>
            {" "}
            <PlanMark plan={mark} />
          </Fragment>
        ))}
      </span>
    </>
  );
}

/** Four cells, always: status or count, progress, who, when. */
export function PlanCells({ node }: { node: PlanNode }) {
  const { t, locale } = useWords();
  if (node.name === "") return null;
  return (
    <>
      <span>
        {node.status ? (
          <StatusMark status={node.status} />
        ) : (
          <span className="soft numeric">{t("plans.actionCount", { count: countActions(node) })}</span>
        )}
      </span>
      <span className="tree-progress">
        {(isAction(node.kind) || node.progress !== null) && (
          <ProgressBar value={node.progress} tone={node.status ? statuses[node.status].tone : "progress"} />
        )}
      </span>
      <span className="plan-owner">
        {node.owner === null && isAction(node.kind) ? (
          <span className="plan-missing">{t("plans.ownerMissing")}</span>
        ) : (
          node.owner
        )}
      </span>
      <span className="plan-due numeric" data-late={node.isLate || undefined}>
        {node.isLate && (
          <>
            <Icon name="warning" size={14} />
            <span className="visually-hidden">{t("ui.labelled", { label: t("plans.late"), value: "" })}</span>
          </>
        )}
        {node.due !== null && (
          <span className={node.isDueDerived ? "plan-derived" : undefined}>
            {node.isDueDerived && (
              <span className="visually-hidden">
                {t("ui.labelled", { label: t("plans.derivedDue"), value: "" })}
              </span>
            )}
            {dayWords(node.due, locale)}
          </span>
        )}
      </span>
    </>
  );
}
