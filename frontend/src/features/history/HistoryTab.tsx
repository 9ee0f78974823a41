import { dayWords } from "@/marks/formats";
import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";
import { Skeleton } from "@/ui/Skeleton";
import { useWords, type Words } from "@/words";
import type { CommandView, EntryView } from "./history-view";
import { useAuthors, useHistory, useHistoryWords } from "./use-history";
import "./history.css";

export interface HistoryTabProps {
  actionId: string;
  /** What the page knows by name beside the registers: the objectives above the action. */
  names: ReadonlyMap<string, string>;
}

/** Everything that was written of an action and of what hangs on it: who, when, what, from what to what. */
export function HistoryTab({ actionId, names }: HistoryTabProps) {
  const { t, locale } = useWords();
  const history = useHistory(actionId);
  const authors = useAuthors();
  const rows = history.days.flatMap((day) => day.commands.flatMap((command) => command.rows));
  const values = useHistoryWords(rows, names);
  if (history.isPending) return <Skeleton lines={6} />;
  if (history.error)
    return (
      <Banner
        tone="error"
        title={t("editing.failed")}
        actions={<Button onPress={history.retry}>{t("ui.retry")}</Button>}
      />
    );
  return (
    <section className="sheet-part" aria-labelledby="history-heading">
      <h2 id="history-heading">{t("history.heading")}</h2>
      {history.days.length === 0 && (
        <EmptyState icon="history" title={t("history.noneTitle")} headingLevel={3}>
          {t("history.none")}
        </EmptyState>
      )}
      {history.days.map(({ day, commands }) => (
        <div key={day} className="history-day">
          <h3>{dayWords(day, locale, "long")}</h3>
          <ol className="history-commands">
            {commands.map((command) => (
              <Command
                key={command.id}
                command={command}
                author={authors.get(command.accountId ?? "")}
                {...values}
              />
            ))}
          </ol>
        </div>
      ))}
      {history.hasMore && (
        <Button isPending={history.isLoadingMore} onPress={history.more}>
          {t("history.more")}
        </Button>
      )}
    </section>
  );
}

type Values = ReturnType<typeof useHistoryWords>;

interface CommandProps extends Values {
  command: CommandView;
  author: string | undefined;
}

function Command({ command, author, words, name, nameOf }: CommandProps) {
  const { t, locale } = useWords();
  const time = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Europe/Brussels",
  }).format(new Date(command.at));
  return (
    <li className="history-command">
      <p className="history-who">
        <time dateTime={command.at} className="numeric">
          {time}
        </time>
        <span>{[author, authorOf(command, t)].filter(Boolean).join(" · ")}</span>
        {commandWords(command.command, t) && <strong>{commandWords(command.command, t)}</strong>}
      </p>
      {command.rows.map((row) => (
        <div key={row.id} className="history-row">
          <p>
            <Icon name={verbIcons[row.verb]} size={16} />
            <span>
              {t(`history.${row.verb}`)} · {entityWords(row.entity, t)}
              {nameOf(row) && <> « {nameOf(row)} »</>}
            </span>
          </p>
          {row.verb === "updated" && <Changes row={row} words={words} name={name} />}
          {row.verb === "created" && row.changes.length > 0 && (
            <details>
              <summary>{t("history.detail")}</summary>
              <Changes row={row} words={words} name={name} />
            </details>
          )}
        </div>
      ))}
    </li>
  );
}

const verbIcons = { created: "add", updated: "pencil", deleted: "trash" } as const;

/** Old and new, field by field; a new thing only says what it is. */
function Changes({ row, words, name }: { row: EntryView } & Pick<Values, "words" | "name">) {
  const { t } = useWords();
  return (
    <dl className="history-changes">
      {row.changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{name(field)}</dt>
          <dd>
            {row.verb === "updated" && (
              <>
                <del>{words(field, before)}</del>
                <Icon name="arrowRight" size={14} />
                <span className="visually-hidden">{t("history.becomes")}</span>
              </>
            )}
            <ins>{words(field, after)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const entityWords = (entity: string, t: Words): string =>
  t(`history.of_${entity}` as "history.of_task", { defaultValue: "" }) || t("history.otherThing");

/** What the change was made by, where it is more than adding, changing or removing one thing. */
const commandWords = (command: string, t: Words): string =>
  t(`history.did_${command}` as "history.did_continuePlan", { defaultValue: "" });

/** Who did it, as far as the reader may know: the role, and the door when it is not this service's own pages. */
function authorOf(command: CommandView, t: Words): string {
  const roles = command.roles.map((role) =>
    t(`identity.role_${role}` as "identity.role_agent", { defaultValue: role }),
  );
  const door =
    command.origin === "web"
      ? ""
      : t(`history.by_${command.origin}` as "history.by_api", { defaultValue: "" });
  return [roles.join(", "), door].filter(Boolean).join(" · ");
}
