import type { Schemas } from "@/api/contract";
import { StatusBadge } from "@/ui/StatusBadge";
import { useWords } from "@/words";
import { approaches } from "./approaches";

export function ApproachBadge({ approach }: { approach: Schemas["Approach"] }) {
  const { t } = useWords();
  const { icon, tone, word } = approaches[approach];
  return <StatusBadge icon={icon} tone={tone} word={t(word)} />;
}
