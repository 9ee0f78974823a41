import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback, useState } from "react";
import { AppShell, type AppShellProps } from "@/ui/AppShell";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { IconButton } from "@/ui/IconButton";
import { KeyboardShortcuts, useShortcut } from "@/ui/KeyboardShortcuts";
import { Link } from "@/ui/Link";
import { Menu } from "@/ui/Menu";
import { DensitySwitch, LanguageSwitch, ThemeSwitch } from "@/ui/switches";
import { useWords } from "@/words";
import { useShortcutGroups } from "./use-shortcut-groups";

export interface FrameProps extends Pick<AppShellProps, "workspace" | "picker" | "navigation"> {
  person?: { name: string };
  onSearch?: () => void;
  onSignOut?: () => void;
  children: ReactNode;
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((part) => part[0] ?? "")
    .slice(0, 2)
    .join("");

/** The shell filled with what every page offers: search, shortcuts, preferences, the person's menu. */
export function Frame({ person, onSearch, onSignOut, children, ...shell }: FrameProps) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [open, setOpen] = useState<"shortcuts" | "preferences" | null>(null);
  const groups = useShortcutGroups();
  const close = () => setOpen(null);
  useShortcut(
    "?",
    useCallback(() => setOpen("shortcuts"), []),
  );
  useShortcut(
    "/",
    useCallback(() => onSearch?.(), [onSearch]),
  );
  const act = (entry: string) => {
    if (entry === "preferences" || entry === "shortcuts") setOpen(entry);
    if (entry === "password") void navigate({ to: "/mot-de-passe" });
    if (entry === "accessibility") void navigate({ to: "/accessibilite" });
    if (entry === "signOut") onSignOut?.();
  };
  return (
    <AppShell
      {...shell}
      brand={t("shell.service")}
      brandHref="/"
      search={
        onSearch && (
          <Button className="search-button" icon="search" aria-label={t("shell.search")} onPress={onSearch}>
            {t("shell.search")}
            <kbd>/</kbd>
          </Button>
        )
      }
      tools={
        <>
          <IconButton icon="keyboard" label={t("shell.shortcuts")} onPress={() => setOpen("shortcuts")} />
          <Menu
            label={t("shell.preferences")}
            onAction={act}
            entries={[
              { id: "preferences", name: t("shell.preferences"), icon: "sun" },
              { id: "shortcuts", name: t("shell.shortcuts"), icon: "keyboard", shortcut: "?" },
              { id: "accessibility", name: t("shell.accessibility"), icon: "person" },
              ...(onSignOut
                ? [
                    {
                      id: "password",
                      name: t("shell.changePassword"),
                      icon: "person" as const,
                      startsGroup: true,
                    },
                    { id: "signOut", name: t("shell.signOut"), icon: "signOut" as const },
                  ]
                : []),
            ]}
          >
            {person ? (
              <Button variant="quiet" className="user-button">
                <span className="avatar" aria-hidden="true">
                  {initials(person.name)}
                </span>
                <span className="visually-hidden">{t("shell.userMenu", { name: person.name })}</span>
              </Button>
            ) : (
              <IconButton icon="more" label={t("shell.preferences")} />
            )}
          </Menu>
        </>
      }
      footer={
        <>
          <span>{t("shell.serviceLong")}</span>
          <Link href="/accessibilite">{t("shell.accessibility")}</Link>
        </>
      }
    >
      {children}
      <KeyboardShortcuts groups={groups} isOpen={open === "shortcuts"} onClose={close} />
      <Dialog title={t("shell.preferences")} isOpen={open === "preferences"} onClose={close}>
        <LanguageSwitch look="segmented" />
        <ThemeSwitch />
        <DensitySwitch />
      </Dialog>
    </AppShell>
  );
}
