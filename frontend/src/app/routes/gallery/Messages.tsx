import { Banner } from "@/ui/Banner";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorSummary } from "@/ui/ErrorSummary";
import { ProgressBar } from "@/ui/ProgressBar";
import { Skeleton } from "@/ui/Skeleton";
import { ToastCard } from "@/ui/ToastRegion";
import { showToast } from "@/ui/toasts";
import { Specimen } from "./Specimen";

export function Messages() {
  return (
    <div className="specimens">
      <Specimen name="Bannières">
        <div className="stack-wide">
          <Banner
            tone="info"
            title="Révision en cours"
            actions={<Button size="small">Voir les différences</Button>}
          >
            Le plan de travail diffère de la version 2, dont le conseil a pris acte.
          </Banner>
          <Banner tone="success" title="La version 3 est figée." />
          <Banner tone="warning" title="L’échéance dépasse la fin de la mandature.">
            L’action est enregistrée telle quelle.
          </Banner>
          <Banner
            tone="error"
            title="L’action n’a pas pu être enregistrée"
            traceId="0197-4c1e-77aa"
            actions={<Button size="small">Réessayer</Button>}
          >
            Vos réponses sont gardées sur cette page.
          </Banner>
        </div>
      </Specimen>
      <Specimen name="Résumé des erreurs">
        <ErrorSummary
          takesFocus={false}
          errors={[
            { fieldId: "title", message: "Indiquez l’intitulé de l’action." },
            { fieldId: "due", message: "L’échéance doit suivre le début." },
          ]}
        />
      </Specimen>
      <Specimen name="Messages passagers, avec annulation pendant dix secondes">
        <Button
          onPress={() =>
            showToast("« Navettes pour les seniors » porte maintenant le numéro 2.2.1.", {
              undo: () => undefined,
            })
          }
        >
          Avec annulation
        </Button>
        <Button onPress={() => showToast("Le service ne répond pas.", { tone: "error" })}>Erreur</Button>
        <ul className="toast-list">
          <ToastCard
            isHeld
            toast={{ id: -1, tone: "success", message: "L’action a été mise à jour.", undo: () => undefined }}
          />
          <ToastCard
            isHeld
            toast={{ id: -2, tone: "error", message: "Le service ne répond pas. Vos réponses sont gardées." }}
          />
        </ul>
      </Specimen>
      <Specimen name="Avancement">
        <div className="specimen-grid">
          <ProgressBar value={0} />
          <ProgressBar value={35} />
          <ProgressBar value={60} tone="warning" />
          <ProgressBar value={100} tone="success" />
          <ProgressBar value={null} />
          <ProgressBar value={60} size="large" />
        </div>
      </Specimen>
      <Specimen name="Attente">
        <Skeleton lines={4} />
      </Specimen>
      <Specimen name="Vide">
        <EmptyState
          icon="target"
          headingLevel={3}
          title="Ce plan est encore vide"
          action={
            <Button variant="primary" icon="add">
              Ajouter un objectif stratégique
            </Button>
          }
        >
          Un plan commence par ce que la commune veut être : son premier objectif stratégique.
        </EmptyState>
      </Specimen>
    </div>
  );
}
