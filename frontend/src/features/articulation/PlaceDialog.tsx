import { useState } from "react";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { PickList } from "@/ui/PickList";
import { useWords } from "@/words";

export interface Place {
  id: string;
  name: string;
  /** What stands above it. */
  hint: string;
}

export interface PlaceDialogProps {
  name: string;
  places: readonly Place[];
  onPlace: (objectiveId: string) => void;
  onClose: () => void;
}

/** Chooses an objective by its name, among those that the service allows. */
export function PlaceDialog({ name, places, onPlace, onClose }: PlaceDialogProps) {
  const { t } = useWords();
  const [selected, setSelected] = useState<string | null>(null);
  return (
    <Dialog
      title={t("articulation.placeTitle", { name })}
      isOpen
      onClose={onClose}
      width="wide"
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button
            variant="primary"
            isDisabled={selected === null}
            onPress={() => selected !== null && onPlace(selected)}
          >
            {t("articulation.place")}
          </Button>
        </>
      }
    >
      <PickList
        label={t("articulation.placeList")}
        searchLabel={t("articulation.placeSearch")}
        choices={places}
        selected={selected}
        onSelect={setSelected}
      />
    </Dialog>
  );
}
