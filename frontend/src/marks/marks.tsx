import { StatusBadge, type StatusBadgeProps } from "@/ui/StatusBadge";
import { Tag } from "@/ui/Tag";
import { useWords } from "@/words";
import { type ActionStatus, type Health, healths, statuses } from "./statuses";

export function StatusMark({
  status,
  look = "soft",
}: {
  status: ActionStatus;
  look?: StatusBadgeProps["look"] & {};
}) {
  const { t } = useWords();
  const { icon, tone, word } = statuses[status];
  return <StatusBadge icon={icon} tone={tone} word={t(word)} look={look} />;
}

export function HealthMark({
  health,
  look = "soft",
}: {
  health: Health;
  look?: StatusBadgeProps["look"] & {};
}) {
  const { t } = useWords();
  const { icon, tone, word } = healths[health];
  return <StatusBadge icon={icon} tone={tone} word={t(word)} look={look} />;
}

/** « PCS »: another plan claims this action too. */
export function PlanMark({ plan }: { plan: { code: string; name: string } }) {
  const { t } = useWords();
  return (
    <Tag look="accent" title={t("plans.alsoIn", { plan: plan.name })}>
      {plan.code}
    </Tag>
  );
}
