import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { DragList } from "@/ui/DragList";
import { IconButton } from "@/ui/IconButton";
import { Menu } from "@/ui/Menu";
import { type OutlineNode, OutlineTree } from "@/ui/OutlineTree";
import { StatusBadge } from "@/ui/StatusBadge";
import { Tag } from "@/ui/Tag";
import { useWords } from "@/words";
import { isMarked, moves, objectiveChanges } from "./approaches";
import type { PaneNode, Panes as PanesShown } from "./simulation-view";

/** The kind of thing that is dragged on this page. */
export const actionType = "pst-action";

type Row = OutlineNode & { node: PaneNode; children: readonly Row[] };

/** The row as it is said: what it is, its name, what becomes of it. */
function useRows() {
  const { t } = useWords();
  const rowOf = (node: PaneNode): Row => {
    const mark = node.isChosen
      ? t("articulation.chosenOne")
      : node.move
        ? t(moves[node.move].word)
        : isMarked(node.change)
          ? t(objectiveChanges[node.change].word)
          : "";
    const words =
      node.kind === "action"
        ? t("articulation.nodeAction", { name: node.name })
        : t("articulation.nodeObjective", { code: node.code, name: node.name });
    return {
      id: node.id,
      name: node.name,
      kind: node.kind,
      sentence: [words.replace(/\s+/g, " "), mark].filter(Boolean).join(", "),
      children: node.children.map(rowOf),
      node,
    };
  };
  return (nodes: readonly PaneNode[]) => nodes.map(rowOf);
}

function NodeWords({ node }: { node: PaneNode }) {
  const { t } = useWords();
  const change = node.kind === "action" ? node.move && moves[node.move] : null;
  return (
    <span className="pane-words">
      <span className="pane-name">
        {node.code !== "" && <span className="pane-code numeric">{node.code}</span>} {node.name}
      </span>
      {node.isChosen ? (
        <StatusBadge icon="pencil" tone="info" word={t("articulation.chosenOne")} look="plain" />
      ) : (
        change && <StatusBadge icon={change.icon} tone={change.tone} word={t(change.word)} look="plain" />
      )}
      {isMarked(node.change) && (
        <StatusBadge
          {...objectiveChanges[node.change]}
          word={t(objectiveChanges[node.change].word)}
          look="plain"
        />
      )}
    </span>
  );
}

export interface PanesProps {
  panes: PanesShown;
  /** Puts an action elsewhere in the simulation; absent where the form leaves no choice. */
  onPlace?: (actionId: string, objectiveId: string) => void;
  onPlaceElsewhere: (actionId: string) => void;
  onTakeBack: (actionId: string) => void;
}

/** Where each PCS action stands in the PST, and where it would. */
export function Panes({ panes, onPlace, onPlaceElsewhere, onTakeBack }: PanesProps) {
  const { t, language } = useWords();
  const rows = useRows();
  const menu = (node: PaneNode) =>
    onPlace &&
    node.kind === "action" && (
      <Menu
        label={t("ui.moreActions")}
        entries={[
          { id: "elsewhere", name: t("articulation.placeElsewhere"), icon: "target" },
          ...(node.isChosen
            ? [{ id: "back", name: t("articulation.placeBack"), icon: "undo" as const }]
            : []),
        ]}
        onAction={(entry) => (entry === "back" ? onTakeBack(node.recordId) : onPlaceElsewhere(node.recordId))}
      >
        <IconButton icon="more" size="small" label={t("ui.moreActionsOn", { name: node.name })} />
      </Menu>
    );
  return (
    <div className="panes tiles">
      <section className="pane card" aria-labelledby="pane-now">
        <h2 id="pane-now">{t("articulation.now")}</h2>
        <OutlineTree
          label={t("articulation.now")}
          nodes={rows(panes.now)}
          dependencies={[language, panes]}
          renderNode={(row) => <NodeWords node={row.node} />}
          emptyState={<p className="pane-empty">{t("articulation.noPcsAction")}</p>}
        />
        <Outside nodes={panes.outsideNow} />
      </section>
      <section className="pane card" aria-labelledby="pane-after">
        <h2 id="pane-after">{t("articulation.after")}</h2>
        <OutlineTree
          label={t("articulation.after")}
          nodes={rows(panes.after)}
          dependencies={[language, panes, onPlace !== undefined]}
          {...(onPlace
            ? {
                accepts: actionType,
                mayDrag: (row: Row) => row.node.kind === "action",
                dragId: (row: Row) => row.node.recordId,
                mayDrop: (row: Row) => row.node.isPlace,
                onDrop: (actionId: string, row: Row) => onPlace(actionId, row.node.recordId),
              }
            : {})}
          renderNode={(row) => (
            <div className="pane-line">
              <NodeWords node={row.node} />
              {menu(row.node)}
            </div>
          )}
          emptyState={<p className="pane-empty">{t("articulation.noPcsAction")}</p>}
        />
        <Outside nodes={panes.outsideAfter} />
      </section>
    </div>
  );
}

function Outside({ nodes }: { nodes: readonly PaneNode[] }) {
  const { t } = useWords();
  if (nodes.length === 0) return null;
  return (
    <div className="outside">
      <h3>
        {t("articulation.outside")} <Tag>{String(nodes.length)}</Tag>
      </h3>
      <ul className="outside-list lined">
        {nodes.map((node) => (
          <li key={node.id}>
            <NodeWords node={node} />
          </li>
        ))}
      </ul>
    </div>
  );
}

export interface TrayProps {
  waiting: readonly {
    id: string;
    name: string;
    suggestions: readonly { objectiveId: string; title: string; score: number }[];
  }[];
  onPlace: (actionId: string, objectiveId: string) => void;
  onOther: (actionId: string) => void;
  onPlaceAll: () => void;
}

/** The actions that nothing says where to put: dragged, or placed by menu. */
export function Tray({ waiting, onPlace, onOther, onPlaceAll }: TrayProps) {
  const { t, locale, language } = useWords();
  const share = new Intl.NumberFormat(locale, { style: "percent" });
  const other = "other";
  return (
    <section className="tray stack-wide" aria-labelledby="tray">
      <Banner
        tone="warning"
        title={t("articulation.tray", { count: waiting.length })}
        {...(waiting.length > 1
          ? {
              actions: (
                <Button size="small" onPress={onPlaceAll}>
                  {t("articulation.placeAll")}
                </Button>
              ),
            }
          : {})}
      >
        <p id="tray">{t("articulation.trayText")}</p>
      </Banner>
      <DragList
        label={t("articulation.unmatched")}
        type={actionType}
        items={waiting}
        dependencies={[language, waiting]}
        renderItem={(action) => (
          <div className="tray-line">
            <span className="pane-name">{action.name}</span>
            <Menu
              label={t("articulation.placeNamed", { name: action.name })}
              entries={[
                ...action.suggestions.map((one) => ({
                  id: one.objectiveId,
                  name: t("articulation.placeSuggested", {
                    objective: one.title,
                    score: share.format(one.score / 100),
                  }),
                  icon: "target" as const,
                })),
                { id: other, name: t("articulation.placeOther"), icon: "search", startsGroup: true },
              ]}
              onAction={(id) => (id === other ? onOther(action.id) : onPlace(action.id, id))}
            >
              <Button
                size="small"
                trailingIcon="chevronDown"
                aria-label={t("articulation.placeNamed", { name: action.name })}
              >
                {t("articulation.place")}
              </Button>
            </Menu>
          </div>
        )}
      />
    </section>
  );
}
