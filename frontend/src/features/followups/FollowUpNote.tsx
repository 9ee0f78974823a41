import { dayWords, shareWords } from "@/marks/formats";
import { HealthMark, StatusMark } from "@/marks/marks";
import { valueWords } from "@/marks/values";
import { Icon } from "@/ui/Icon";
import { IconButton } from "@/ui/IconButton";
import { useWords } from "@/words";
import type { FollowUp } from "./use-follow-ups";

export interface FollowUpNoteProps {
  note: FollowUp;
  author: string | undefined;
  onEdit: () => void;
  onRemove: () => void;
}

/** One dated note: what was said, by whom, how the action stood, who reads it. */
export function FollowUpNote({ note, author, onEdit, onRemove }: FollowUpNoteProps) {
  const { t, locale } = useWords();
  const day = dayWords(note.notedOn, locale, "long");
  const role = note.authorRole
    ? t(`history.role_${note.authorRole}` as "history.role_agent", { defaultValue: "" })
    : "";
  const isWide = note.audience === "partners" || note.audience === "council" || note.audience === "public";
  return (
    <li className="note">
      <div className="cluster">
        <h3>
          <time dateTime={note.notedOn}>{day}</time>
        </h3>
        <span className="soft">{[author, role].filter(Boolean).join(" · ")}</span>
        <span className="note-tools no-print">
          {note.permitted.includes("updateFollowUp") && (
            <IconButton
              icon="pencil"
              size="small"
              label={t("editing.editOf", { name: day })}
              onPress={onEdit}
            />
          )}
          {note.permitted.includes("deleteFollowUp") && (
            <IconButton
              icon="trash"
              size="small"
              label={t("followups.removeOf", { day })}
              onPress={onRemove}
            />
          )}
        </span>
      </div>
      <p className="sheet-paragraph">{note.text}</p>
      <p className="cluster">
        <StatusMark status={note.status} />
        {note.progress !== null && <span className="numeric">{shareWords(note.progress, locale)}</span>}
        {note.health !== "good" && <HealthMark health={note.health} />}
        {note.healthReason && <span className="soft">{note.healthReason}</span>}
        <span className="cluster soft">
          <Icon name={isWide ? "people" : "lock"} size={15} />
          {t("followups.readBy", { audience: valueWords(t, "audience", note.audience) })}
        </span>
      </p>
    </li>
  );
}
