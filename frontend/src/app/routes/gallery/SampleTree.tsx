import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { PlanTree } from "@/features/plans/PlanTree";
import { largePlan, renumber, samplePlan } from "@/features/plans/sample-plan";
import { find, move, rename } from "@/features/plans/tree-operations";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { PageHeader } from "@/ui/PageHeader";
import { showToast } from "@/ui/toasts";
import { useWords } from "@/words";

const open = ["external", "internal", "n-1", "n-1.1", "n-1.2", "n-2", "n-2.2"];

/** The tree screen on sample data: every gesture works, nothing is kept. */
export function SampleTree({ isLarge = false }: { isLarge?: boolean }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [tree, setTree] = useState(() => (isLarge ? largePlan(20) : samplePlan));
  const undoTo = (before: typeof tree) => ({ undo: () => setTree(before) });
  return (
    <>
      <PageHeader
        title="Programme stratégique transversal 2024-2030"
        eyebrow={<span>Plan de travail · version 2 figée le 12 mai 2026</span>}
        actions={
          <>
            <Button icon="print" onPress={() => window.print()}>
              {t("actions.print")}
            </Button>
            <Button variant="primary" icon="add">
              {t("plans.addStrategic")}
            </Button>
          </>
        }
      />
      <Banner
        tone="info"
        title={t("plans.pendingTitle")}
        actions={<Button size="small">{t("plans.seeDifferences")}</Button>}
      >
        {t("plans.pendingText", { version: 2 })}
      </Banner>
      <PlanTree
        plan="PST 2024-2030"
        tree={tree}
        expandedAtFirst={open}
        onOpen={() => void navigate({ to: "/galerie", search: { tab: "fiche" } })}
        onRename={(node, name) => {
          setTree(rename(tree, node.id, name));
          showToast(t("plans.renamed", { name }), undoTo(tree));
        }}
        onMove={(node, targetId, place) => {
          const next = renumber(move(tree, node.id, targetId, place));
          setTree(next);
          showToast(
            t("plans.moved", { name: node.name, code: find(next, node.id)?.code ?? "" }),
            undoTo(tree),
          );
        }}
        onAdd={() => undefined}
        onRemove={() => undefined}
      />
    </>
  );
}
