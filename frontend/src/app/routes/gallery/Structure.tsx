import { useState } from "react";
import { Breadcrumbs } from "@/ui/Breadcrumbs";
import { DescriptionList } from "@/ui/DescriptionList";
import { Table } from "@/ui/Table";
import { Tabs } from "@/ui/Tabs";
import { Specimen } from "./Specimen";

const rows = [
  { id: "1", title: "Navettes pour les seniors", unit: "Cohésion sociale", amount: "12 400,00 €" },
  { id: "2", title: "Espace public numérique", unit: "EPN", amount: "31 050,00 €" },
  { id: "3", title: "Convention avec le TEC", unit: "Mobilité", amount: "8 000,00 €" },
];

export function Structure() {
  const [tab, setTab] = useState("one");
  return (
    <div className="specimens">
      <Specimen name="Fil d’Ariane">
        <Breadcrumbs
          trail={[
            { href: "/galerie?tab=arbre", name: "PST 2024-2030" },
            { href: "/galerie?tab=structure", name: "1 Être une commune où chacun se loge dignement" },
          ]}
        />
      </Specimen>
      <Specimen name="Onglets">
        <Tabs
          label="Exemple d’onglets"
          selected={tab}
          onSelect={setTab}
          tabs={[
            { id: "one", name: "Description", content: <p>Ce que l’action veut changer.</p> },
            { id: "two", name: "Tâches", count: 3, content: <p>Ce qui reste à faire.</p> },
            { id: "three", name: "Historique", content: <p>Qui a changé quoi.</p> },
          ]}
        />
      </Specimen>
      <Specimen name="Liste descriptive">
        <div className="specimen-grid">
          <DescriptionList
            entries={[
              { term: "Mandataire", description: "Présidente du CPAS" },
              { term: "Pilote administratif", description: "Chef de projet PCS" },
            ]}
          />
          <DescriptionList
            look="columns"
            entries={[
              { term: "Début", description: "1 sept. 2025" },
              { term: "Échéance", description: "31 oct. 2026" },
            ]}
          />
        </div>
      </Specimen>
      <Specimen name="Table" bare>
        <Table
          caption="Actions par montant"
          rows={rows}
          rowId={(row) => row.id}
          columns={[
            { id: "title", name: "Action", cell: (row) => row.title },
            { id: "unit", name: "Service", cell: (row) => row.unit },
            { id: "amount", name: "Prévu", cell: (row) => row.amount, isNumeric: true },
          ]}
          footer={["Total", "", "51 450,00 €"]}
        />
      </Specimen>
    </div>
  );
}
