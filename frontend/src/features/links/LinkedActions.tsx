import { useState } from "react";
import { Refusal } from "@/editing/FieldsForm";
import { FormPanel } from "@/editing/FormPanel";
import type { Changes } from "@/editing/use-edit";
import type { Rows } from "@/editing/use-rows";
import { StatusMark } from "@/marks/marks";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { IconButton } from "@/ui/IconButton";
import { Link } from "@/ui/Link";
import { useWords } from "@/words";
import { type ActionLink, otherEnd, useLinkedActions, useLinkForm } from "./use-links";

export interface LinkedActionsProps {
  actionId: string;
  links: Rows<ActionLink>;
  mayAdd: boolean;
  hrefOf: (actionId: string) => string;
}

/** What the link is called when it is read from its other end. */
const backwards = {
  partOf: "links.hasPart",
  contributesTo: "links.receivesFrom",
  dependsOn: "links.isNeededBy",
  related: "links.related",
} as const;

/** The actions with which this one is linked, and how. */
export function LinkedActions({ actionId, links, mayAdd, hrefOf }: LinkedActionsProps) {
  const { t } = useWords();
  const rows = links.rows ?? [];
  const others = useLinkedActions(rows.map((row) => otherEnd(row, actionId)));
  const [isOpen, setOpen] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const form = useLinkForm(actionId, new Set(rows.map((row) => otherEnd(row, actionId))));
  const add = async (said: Changes) => {
    setAdding(true);
    if (await links.perform(form.mutations.add(said))) setOpen(false);
    setAdding(false);
  };
  return (
    <section className="sheet-part" aria-labelledby="links-heading">
      <div className="sheet-part-head">
        <h2 id="links-heading">{t("links.heading")}</h2>
        {mayAdd && (
          <Button icon="link" onPress={() => setOpen(true)}>
            {t("links.add")}
          </Button>
        )}
      </div>
      {links.refused && !isOpen && <Refusal problem={links.refused} onDismiss={links.dismiss} />}
      {rows.length === 0 ? (
        <EmptyState icon="link" title={t("links.noneTitle")} headingLevel={3}>
          {t("links.none")}
        </EmptyState>
      ) : (
        <ul className="sub-actions">
          {rows.map((row) => {
            const id = otherEnd(row, actionId);
            const other = others.get(id);
            const name = other?.title ?? "…";
            return (
              <li key={row.id}>
                <div className="sheet-words">
                  <span className="soft">
                    {t(row.actionId === actionId ? `links.${row.kind}` : backwards[row.kind])}
                  </span>
                  <Link href={hrefOf(id)}>{name}</Link>
                  {row.note && <p className="sheet-paragraph">{row.note}</p>}
                </div>
                <span className="cluster">
                  {other && <StatusMark status={other.status} />}
                  {row.permitted.includes("deleteActionLink") && (
                    <IconButton
                      icon="trash"
                      size="small"
                      label={t("links.removeOf", { name })}
                      onPress={() => void links.perform(form.mutations.remove(row))}
                    />
                  )}
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {isOpen && (
        <FormPanel
          title={t("links.addTitle")}
          fields={form.fields}
          values={{ kind: "related" }}
          saveLabel={t("editing.save")}
          isSaving={isAdding}
          problem={links.refused}
          onSave={(said) => void add(said)}
          onClose={() => {
            links.dismiss();
            setOpen(false);
          }}
        />
      )}
    </section>
  );
}
