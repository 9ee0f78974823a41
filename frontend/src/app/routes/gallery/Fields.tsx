import { useState } from "react";
import { StatusMark } from "@/marks/marks";
import { type ActionStatus, statuses } from "@/marks/statuses";
import { Checkbox } from "@/ui/Checkbox";
import { ComboBox } from "@/ui/ComboBox";
import { DateField } from "@/ui/DateField";
import { NumberField } from "@/ui/NumberField";
import { RadioGroup } from "@/ui/RadioGroup";
import { Select } from "@/ui/Select";
import { TextArea, TextField } from "@/ui/TextField";
import { useWords } from "@/words";
import { Specimen } from "./Specimen";

const units = [
  "Service Cohésion sociale",
  "Service Logement",
  "Service Mobilité",
  "Service Travaux",
  "Énergie et climat",
];
const unitChoices = units.map((name) => ({ id: name, name }));

export function Fields() {
  const { t } = useWords();
  const [due, setDue] = useState<string | null>("2026-12-31");
  const statusChoices = (Object.keys(statuses) as ActionStatus[]).map((status) => ({
    id: status,
    name: t(statuses[status].word),
    mark: <StatusMark status={status} look="plain" />,
  }));
  return (
    <div className="specimens">
      <Specimen name="Texte">
        <div className="specimen-grid">
          <TextField label="Intitulé" defaultValue="Navettes pour les seniors" />
          <TextField
            label="Intitulé"
            isRequired
            hint="Commencez par un verbe."
            placeholder="Ouvrir, créer, renforcer…"
          />
          <TextField
            label="Référence"
            error="Cette référence est déjà utilisée par une autre action."
            defaultValue="2.6.02"
          />
          <TextField label="Code" isDisabled defaultValue="1.2.1" />
          <TextField label="Code du PCS" isReadOnly defaultValue="2.6.02" />
          <TextArea label="Commentaire" hint="Ce qui a été fait, ce qui coince, la prochaine étape." />
        </div>
      </Specimen>
      <Specimen name="Nombre et date">
        <div className="specimen-grid">
          <NumberField
            label="Avancement"
            defaultValue={0.6}
            minValue={0}
            maxValue={1}
            step={0.05}
            formatOptions={{ style: "percent" }}
          />
          <NumberField
            label="Montant prévu"
            defaultValue={58500}
            formatOptions={{ style: "currency", currency: "EUR" }}
          />
          <NumberField label="Équivalents temps plein" isDisabled defaultValue={2} />
          <DateField label="Échéance" value={due} onChange={setDue} />
          <DateField
            label="Fin réelle"
            value={null}
            onChange={() => undefined}
            error="La fin précède le début."
          />
        </div>
      </Specimen>
      <Specimen name="Choix dans une liste">
        <div className="specimen-grid">
          <Select label="Statut" choices={statusChoices} defaultValue="inProgress" />
          <Select label="Service" choices={unitChoices} placeholder="Choisir un service" />
          <Select
            label="Service"
            choices={unitChoices}
            error="Choisissez le service qui gère l’action."
            placeholder="Choisir un service"
          />
          <ComboBox
            label="Service gestionnaire"
            hint="Tapez quelques lettres, sans souci des accents."
            choices={unitChoices}
          />
          <ComboBox label="Service gestionnaire" isDisabled choices={unitChoices} />
        </div>
      </Specimen>
      <Specimen name="Cases et options">
        <div className="specimen-grid">
          <div>
            <Checkbox>Cette action est bloquée</Checkbox>
            <Checkbox defaultSelected>Visible par les partenaires</Checkbox>
            <Checkbox isIndeterminate>Toutes les actions</Checkbox>
            <Checkbox isDisabled>Indisponible</Checkbox>
          </div>
          <RadioGroup
            label="Priorité"
            defaultValue="1"
            choices={[
              { id: "1", name: "Priorité 1" },
              { id: "2", name: "Priorité 2" },
              { id: "3", name: "Priorité 3", isDisabled: true },
            ]}
          />
          <RadioGroup
            label="Présentation"
            look="segmented"
            defaultValue="tree"
            choices={[
              { id: "tree", name: "Arbre" },
              { id: "table", name: "Table" },
              { id: "board", name: "État" },
            ]}
          />
        </div>
      </Specimen>
    </div>
  );
}
