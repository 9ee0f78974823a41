import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { PageHeader } from "@/ui/PageHeader";
import { Skeleton } from "@/ui/Skeleton";
import { DensitySwitch, LanguageSwitch, ThemeSwitch } from "@/ui/switches";
import { Tabs } from "@/ui/Tabs";
import { Commands } from "./Commands";
import { Foundations } from "./Foundations";
import { Messages } from "./Messages";
import { Structure } from "./Structure";

const Fields = lazy(() => import("./Fields").then((module) => ({ default: module.Fields })));
const route = getRouteApi("/galerie");

/** The components family by family, under switches for appearance, density and language. */
export function Workshop() {
  const { tab = "fondations" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHeader title="Galerie des composants">
        <p>Chaque composant dans chacun de ses états. Changez l’apparence, la densité ou la langue.</p>
      </PageHeader>
      <div className="gallery-switches">
        <ThemeSwitch />
        <DensitySwitch />
        <LanguageSwitch look="segmented" />
      </div>
      <Tabs
        label="Familles de composants"
        selected={tab}
        onSelect={(next) => void navigate({ search: { tab: next }, replace: true })}
        tabs={[
          { id: "fondations", name: "Fondations", content: <Foundations /> },
          { id: "commandes", name: "Commandes", content: <Commands /> },
          {
            id: "champs",
            name: "Champs",
            content: (
              <Suspense fallback={<Skeleton lines={8} />}>
                <Fields />
              </Suspense>
            ),
          },
          { id: "messages", name: "Messages", content: <Messages /> },
          { id: "structure", name: "Structure", content: <Structure /> },
        ]}
      />
    </>
  );
}
