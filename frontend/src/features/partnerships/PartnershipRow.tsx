import { valueWords } from "@/marks/values";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import type { IconName } from "@/ui/icons";
import { Menu, type MenuEntry } from "@/ui/Menu";
import { StatusBadge, type Tone } from "@/ui/StatusBadge";
import { useWords } from "@/words";
import type { Partnership } from "./use-partnerships";

const looks = {
  planned: { icon: "dotted", tone: "neutral" },
  proposed: { icon: "clock", tone: "wait" },
  agreed: { icon: "checkCircle", tone: "success" },
  ended: { icon: "ban", tone: "neutral" },
} as const satisfies Record<Partnership["state"], { icon: IconName; tone: Tone }>;

/** Where a partnership may go from its state, and the word for going there. */
const turns = {
  planned: ["proposed", "agreed"],
  proposed: ["agreed", "ended"],
  agreed: ["ended"],
  ended: ["agreed"],
} as const satisfies Record<Partnership["state"], readonly Partnership["state"][]>;

const turnWords = {
  proposed: "partnerships.propose",
  agreed: "partnerships.agree",
  ended: "partnerships.end",
} as const;

export interface PartnershipRowProps {
  row: Partnership;
  name: string;
  onMenu: (entry: string) => void;
}

/** One organisation: what it does here, and how far that is agreed. */
export function PartnershipRow({ row, name, onMenu }: PartnershipRowProps) {
  const { t } = useWords();
  const entries: MenuEntry[] = [
    ...(row.permitted.includes("updatePartnership")
      ? [
          { id: "edit", name: t("editing.edit"), icon: "pencil" as const },
          ...turns[row.state].map((state) => ({
            id: state,
            name: t(state === "agreed" && row.state === "ended" ? "partnerships.resume" : turnWords[state]),
            icon: looks[state].icon,
          })),
        ]
      : []),
    ...(row.permitted.includes("deletePartnership")
      ? [
          {
            id: "remove",
            name: t("editing.remove"),
            icon: "trash" as const,
            tone: "danger" as const,
            startsGroup: true,
          },
        ]
      : []),
  ];
  return (
    <li className="partnership">
      <span className="partnership-name">
        <Icon name="building" />
        <span>
          <strong>{name}</strong>
          <span className="soft">{valueWords(t, "role", row.role)}</span>
          {row.mayReportProgress && <span className="soft">{t("partnerships.mayReport")}</span>}
          {row.note && <span className="sheet-paragraph">{row.note}</span>}
        </span>
      </span>
      <StatusBadge {...looks[row.state]} word={valueWords(t, "state", row.state)} />
      {entries.length > 0 && (
        <Menu label={t("ui.moreActionsOn", { name })} entries={entries} onAction={onMenu}>
          <IconButton icon="more" size="small" label={t("ui.moreActionsOn", { name })} />
        </Menu>
      )}
    </li>
  );
}
