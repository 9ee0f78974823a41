import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Skeleton } from "@/ui/Skeleton";
import { Frame } from "../../Frame";
import { SamplePicker } from "./SamplePicker";
import "./gallery.css";

const SampleTree = lazy(() => import("./SampleTree").then((module) => ({ default: module.SampleTree })));
const SampleSheet = lazy(() => import("./SampleSheet").then((module) => ({ default: module.SampleSheet })));
const Workshop = lazy(() => import("./Workshop").then((module) => ({ default: module.Workshop })));
const route = getRouteApi("/galerie");

/** Every component in every state: the workshop of the visual language, written in French, the language it is made in. */
export function Gallery() {
  const { tab = "fondations" } = route.useSearch();
  const isScreen = tab === "arbre" || tab === "grand" || tab === "fiche";
  return (
    <Frame
      workspace={{ kind: "Commune de", name: "Val-Saint-Pierre" }}
      picker={<SamplePicker />}
      person={{ name: "Anne Lambert" }}
      onSearch={() => undefined}
      onSignOut={() => undefined}
      navigation={{
        label: "Galerie",
        links: [
          { href: "/galerie", name: "Langage visuel", isCurrent: !isScreen },
          { href: "/galerie?tab=arbre", name: "Arbre du plan", isCurrent: tab === "arbre" },
          { href: "/galerie?tab=grand", name: "Grand plan", isCurrent: tab === "grand" },
          { href: "/galerie?tab=fiche", name: "Fiche action", isCurrent: tab === "fiche" },
        ],
      }}
    >
      <div lang="fr" className="gallery">
        <Suspense fallback={<Skeleton lines={12} />}>
          {tab === "arbre" && <SampleTree />}
          {tab === "grand" && <SampleTree isLarge />}
          {tab === "fiche" && <SampleSheet />}
          {!isScreen && <Workshop />}
        </Suspense>
      </div>
    </Frame>
  );
}
