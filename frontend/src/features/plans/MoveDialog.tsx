import { useState } from "react";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { PickList } from "@/ui/PickList";
import { Select } from "@/ui/Select";
import { useWords } from "@/words";
import { isShelf, type PlanNode } from "./plan-node";
import { everyNode, find, mayStand, type Place, parentOf, placeNow, sameRank } from "./tree-operations";

export interface MoveDialogProps {
  tree: readonly PlanNode[];
  node: PlanNode;
  onMove: (place: Place) => void;
  onClose: () => void;
}

const first = "first";
const root = "root";
const title = (node: PlanNode) => [node.code, node.name].filter(Boolean).join(" ");

/** « Déplacer vers… »: pick where, then after what; the plan tells the number once it is there. */
export function MoveDialog({ tree, node, onMove, onClose }: MoveDialogProps) {
  const { t } = useWords();
  const now = placeNow(tree, node);
  const [parentId, setParentId] = useState<string | null>(now.parentId);
  const [afterId, setAfterId] = useState<string | null>(now.afterId);
  const homes = everyNode(tree).filter((one) => mayStand(node, one, "on"));
  // Without strands, the roots stand in the plan itself.
  const hasRoot = tree.some((one) => one.kind === node.kind);
  const line = (parentId === null ? tree : (find(tree, parentId)?.children ?? [])).filter(
    (one) => sameRank(node)(one) && one.id !== node.id,
  );
  const place: Place = { parentId, afterId };
  const isPicked = parentId === null ? hasRoot : homes.some((one) => one.id === parentId);
  const isHere = now.parentId === parentId && now.afterId === afterId;
  const pick = (id: string) => {
    const chosen = id === root ? null : id;
    setParentId(chosen);
    const sisters = (chosen === null ? tree : (find(tree, chosen)?.children ?? [])).filter(
      (one) => sameRank(node)(one) && one.id !== node.id,
    );
    setAfterId(chosen === now.parentId ? now.afterId : (sisters.at(-1)?.id ?? null));
  };
  return (
    <Dialog
      title={t("plans.moveTitle", { name: node.name })}
      isOpen
      onClose={onClose}
      width="wide"
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button variant="primary" isDisabled={!isPicked || isHere} onPress={() => onMove(place)}>
            {t("plans.moveConfirm")}
          </Button>
        </>
      }
    >
      <PickList
        label={t("plans.moveDestination")}
        searchLabel={t("plans.moveSearch")}
        selected={parentId ?? (hasRoot ? root : null)}
        onSelect={pick}
        choices={[
          ...(hasRoot ? [{ id: root, name: t("plans.moveRoot") }] : []),
          ...homes.map((home) => {
            const above = parentOf(tree, home.id);
            return {
              id: home.id,
              name: title(home),
              ...(above && !isShelf(above.kind) ? { hint: title(above) } : {}),
            };
          }),
        ]}
      />
      {isPicked && line.length > 0 && (
        <Select
          label={t("plans.movePosition")}
          value={afterId ?? first}
          onChange={(key) => setAfterId(key === first ? null : String(key))}
          choices={[
            { id: first, name: t("plans.moveFirst") },
            ...line.map((one) => ({ id: one.id, name: t("plans.moveAfter", { name: title(one) }) })),
          ]}
        />
      )}
      <p className="move-preview" role="status">
        {isPicked && !isHere ? t("plans.movePreview") : t("plans.moveNowhere")}
      </p>
    </Dialog>
  );
}
