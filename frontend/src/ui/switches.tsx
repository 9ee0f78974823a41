import { languages, speak, useWords } from "@/words";
import { Button } from "./Button";
import { Menu } from "./Menu";
import { prefer, usePreferences } from "./preferences";
import { RadioGroup } from "./RadioGroup";

/** Each language is named in itself, so that everyone finds their own. */
export function LanguageSwitch({ look = "menu" }: { look?: "menu" | "segmented" }) {
  const { t, language } = useWords();
  const change = (code: string) => {
    const chosen = languages.find((one) => one.code === code);
    if (chosen) void speak(chosen.code);
  };
  if (look === "segmented") {
    return (
      <RadioGroup
        label={t("ui.language")}
        look="segmented"
        choices={languages.map((one) => ({
          id: one.code,
          name: one.code.toUpperCase(),
          mark: <span lang={one.code}>{one.name}</span>,
        }))}
        value={language}
        onChange={change}
      />
    );
  }
  return (
    <Menu
      label={t("ui.language")}
      entries={languages.map((one) => ({
        id: one.code,
        name: one.name,
        ...(one.code === language ? { icon: "check" as const } : {}),
      }))}
      onAction={change}
    >
      <Button
        variant="quiet"
        icon="language"
        aria-label={t("ui.labelled", { label: t("ui.language"), value: language.toUpperCase() })}
      >
        {language.toUpperCase()}
      </Button>
    </Menu>
  );
}

export function ThemeSwitch() {
  const { t } = useWords();
  const { theme } = usePreferences();
  return (
    <RadioGroup
      label={t("ui.theme")}
      look="segmented"
      choices={[
        { id: "system", name: t("ui.themeSystem") },
        { id: "light", name: t("ui.themeLight") },
        { id: "dark", name: t("ui.themeDark") },
      ]}
      value={theme}
      onChange={(choice) => prefer({ theme: choice === "light" || choice === "dark" ? choice : "system" })}
    />
  );
}

export function DensitySwitch() {
  const { t } = useWords();
  const { density } = usePreferences();
  return (
    <RadioGroup
      label={t("ui.density")}
      look="segmented"
      choices={[
        { id: "comfort", name: t("ui.densityComfort") },
        { id: "compact", name: t("ui.densityCompact") },
      ]}
      value={density}
      onChange={(choice) => prefer({ density: choice === "compact" ? "compact" : "comfort" })}
    />
  );
}
