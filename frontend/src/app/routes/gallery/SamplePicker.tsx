import { Button } from "@/ui/Button";
import { Menu } from "@/ui/Menu";

export function SamplePicker() {
  return (
    <Menu
      label="Choisir un plan"
      onAction={() => undefined}
      entries={[
        { id: "pst", name: "PST 2024-2030", icon: "check" },
        { id: "pcs", name: "PCS 2020-2026" },
        { id: "pimaci", name: "PIMACI 2026-2028" },
      ]}
    >
      <Button trailingIcon="chevronDown" aria-label="Plan : PST 2024-2030">
        PST 2024-2030
      </Button>
    </Menu>
  );
}
