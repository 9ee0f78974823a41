import { useState } from "react";
import { Button } from "@/ui/Button";
import { ConfirmDialog, Dialog } from "@/ui/Dialog";
import { IconButton } from "@/ui/IconButton";
import { ButtonLink, Link } from "@/ui/Link";
import { Menu } from "@/ui/Menu";
import { Panel } from "@/ui/Panel";
import { LanguageSwitch } from "@/ui/switches";
import { Specimen } from "./Specimen";

export function Commands() {
  const [open, setOpen] = useState<"dialog" | "confirm" | "panel" | null>(null);
  const close = () => setOpen(null);
  return (
    <div className="specimens">
      <Specimen name="Boutons">
        <Button variant="primary">Enregistrer</Button>
        <Button>Annuler</Button>
        <Button variant="quiet" icon="add">
          Ajouter une action
        </Button>
        <Button variant="danger" icon="trash">
          Retirer du plan
        </Button>
        <Button variant="primary" isPending>
          Enregistrement…
        </Button>
        <Button isDisabled>Indisponible</Button>
        <Button size="small" icon="expandAll">
          Petit
        </Button>
      </Specimen>
      <Specimen name="Boutons à icône, avec infobulle">
        <IconButton icon="pencil" label="Renommer" />
        <IconButton icon="print" label="Imprimer" variant="outlined" />
        <IconButton icon="more" label="Autres opérations" size="small" />
        <IconButton icon="trash" label="Retirer" isDisabled />
      </Specimen>
      <Specimen name="Liens">
        <Link href="/galerie?tab=fiche">Ouvrir la fiche action</Link>
        <Link href="https://interieur.wallonie.be" external>
          Portail de l’Action sociale
        </Link>
        <ButtonLink href="/galerie?tab=arbre">Voir l’arbre du plan</ButtonLink>
      </Specimen>
      <Specimen name="Menus">
        <Menu
          label="Opérations"
          onAction={() => undefined}
          entries={[
            { id: "open", name: "Ouvrir la fiche", icon: "document", shortcut: "Enter" },
            { id: "rename", name: "Renommer", icon: "pencil", shortcut: "F2" },
            { id: "move", name: "Déplacer vers…", icon: "arrowRight", isDisabled: true },
            { id: "remove", name: "Retirer du plan", icon: "trash", tone: "danger", startsGroup: true },
          ]}
        >
          <Button icon="more">Opérations</Button>
        </Menu>
        <LanguageSwitch />
      </Specimen>
      <Specimen name="Dialogues et panneau">
        <Button onPress={() => setOpen("dialog")}>Dialogue</Button>
        <Button onPress={() => setOpen("confirm")}>Confirmation</Button>
        <Button onPress={() => setOpen("panel")}>Panneau</Button>
      </Specimen>
      <Dialog
        title="Déplacer l’action"
        isOpen={open === "dialog"}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>Annuler</Button>
            <Button variant="primary" onPress={close}>
              Déplacer
            </Button>
          </>
        }
      >
        <p>L’action 1.2.1 deviendra 2.2.2. Les deux actions qui la suivent seront renumérotées.</p>
      </Dialog>
      <ConfirmDialog
        title="Retirer cette action du plan ?"
        isOpen={open === "confirm"}
        onClose={close}
        confirm="Retirer du plan"
        isDangerous
        onConfirm={() => undefined}
      >
        <p>Elle reste dans le PCS et garde son budget, ses indicateurs et son historique.</p>
      </ConfirmDialog>
      <Panel title="Mettre à jour l’action" isOpen={open === "panel"} onClose={close}>
        <p>Un court travail, sans quitter la page.</p>
      </Panel>
    </div>
  );
}
