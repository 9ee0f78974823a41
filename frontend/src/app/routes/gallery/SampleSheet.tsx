import { useState } from "react";
import { ConflictDialog } from "@/editing/ConflictDialog";
import { ActionSheet } from "@/features/actions/ActionSheet";
import { Placements, SheetText } from "@/features/actions/SheetFacts";
import { sampleAction, sampleDifferences } from "@/features/actions/sample-action";
import { UpdateForm } from "@/features/actions/UpdateForm";
import { Breadcrumbs } from "@/ui/Breadcrumbs";
import { Button } from "@/ui/Button";
import { Panel } from "@/ui/Panel";
import { showToast } from "@/ui/toasts";
import { useWords } from "@/words";

/** The action sheet on sample data. */
export function SampleSheet() {
  const { t } = useWords();
  const [tab, setTab] = useState("description");
  const [open, setOpen] = useState<"update" | "conflict" | null>(null);
  const [action, setAction] = useState(sampleAction);
  const close = () => setOpen(null);
  return (
    <>
      <ActionSheet
        action={action}
        tabs={[
          {
            id: "description",
            name: t("actions.tabDescription"),
            content: (
              <section className="sheet-part" aria-labelledby="sample-text">
                <h2 id="sample-text">{t("sheet.text")}</h2>
                <SheetText action={action} />
              </section>
            ),
          },
          {
            id: "plans",
            name: t("actions.placements"),
            content: <Placements standings={action.placements} />,
          },
        ]}
        tab={tab}
        onTab={setTab}
        onUpdate={() => setOpen("update")}
        onNeighbour={() => undefined}
        breadcrumbs={
          <Breadcrumbs
            trail={[
              { href: "/galerie?tab=arbre", name: "PST 2024-2030" },
              { href: "/galerie?tab=arbre#n-1", name: "1 Se loger dignement" },
              { href: "/galerie?tab=arbre#n-1.2", name: "1.2 Un logement décent à tous" },
            ]}
          />
        }
      />
      <div className="no-print">
        <Button variant="quiet" onPress={() => setOpen("conflict")}>
          Montrer le dialogue de conflit
        </Button>
      </div>
      <Panel title={t("actions.updateTitle")} isOpen={open === "update"} onClose={close}>
        <UpdateForm
          action={action}
          onCancel={close}
          onSave={({ status, progress }) => {
            setAction({ ...action, status, progress });
            showToast(t("actions.saved"), { undo: () => setAction(action) });
            close();
          }}
        />
      </Panel>
      <ConflictDialog
        isOpen={open === "conflict"}
        differences={sampleDifferences}
        onSettle={close}
        onClose={close}
      />
    </>
  );
}
