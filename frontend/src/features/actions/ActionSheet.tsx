import type { ReactNode } from "react";
import { PlanMark } from "@/marks/marks";
import { Button } from "@/ui/Button";
import { IconButton } from "@/ui/IconButton";
import { PageHeader } from "@/ui/PageHeader";
import { Tabs, type TabsProps } from "@/ui/Tabs";
import { useWords } from "@/words";
import { ActionState } from "./ActionState";
import type { ActionView } from "./action-view";
import "./action-sheet.css";

export interface ActionSheetProps {
  action: ActionView;
  breadcrumbs?: ReactNode;
  tabs: TabsProps["tabs"];
  tab: string;
  onTab: (tab: string) => void;
  onUpdate: () => void;
  neighbours?: { previous: string | null; next: string | null };
  onNeighbour?: (actionId: string) => void;
  /** What was found wrong, or has changed meanwhile. */
  notice?: ReactNode;
}

/** The sheet of an action: what it is and where it stands above, its life in tabs below. */
export function ActionSheet(props: ActionSheetProps) {
  const { action, breadcrumbs, tabs, tab, onTab, onUpdate, neighbours, onNeighbour, notice } = props;
  const { t } = useWords();
  return (
    <article className="action-sheet">
      <PageHeader
        title={action.title}
        breadcrumbs={breadcrumbs}
        eyebrow={
          <>
            <span className="numeric">{`${t("plans.action")} ${action.code}`.trim()}</span>
            {action.marks.map((mark) => (
              <PlanMark key={mark.code} plan={mark} />
            ))}
          </>
        }
        actions={
          <>
            {neighbours &&
              (["previous", "next"] as const).map((which) => (
                <IconButton
                  key={which}
                  icon={which === "previous" ? "arrowUp" : "arrowDown"}
                  label={t(`actions.${which}`)}
                  isDisabled={neighbours[which] === null}
                  onPress={() => neighbours[which] && onNeighbour?.(neighbours[which])}
                />
              ))}
            <IconButton icon="print" label={t("actions.print")} onPress={() => window.print()} />
            {action.mayUpdate && (
              <Button variant="primary" icon="pencil" onPress={onUpdate}>
                {t("actions.update")}
              </Button>
            )}
          </>
        }
      />
      {notice}
      <ActionState action={action} />
      <Tabs
        label={t("actions.sheetTitle")}
        selected={tabs.some((one) => one.id === tab) ? tab : "description"}
        onSelect={onTab}
        tabs={tabs}
      />
    </article>
  );
}
