import { Navigate } from "@tanstack/react-router";
import { Invitations } from "@/features/identity/Invitations";
import { placeName } from "@/features/identity/session";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";
import { Link } from "@/ui/Link";
import { PageHeader } from "@/ui/PageHeader";
import { useWords } from "@/words";
import { Frame } from "../Frame";
import { useMe } from "../me";
import { useSignOut } from "../use-sign-out";

/** Where this person works: straight there when there is one place, a choice when there are several. */
export function Home() {
  const { t } = useWords();
  const me = useMe();
  const signOut = useSignOut();
  const [only] = me.workspaces;
  const isInvited = me.invitations.length > 0;
  if (only && !isInvited && me.workspaces.length === 1 && me.organisations.length === 0) {
    return <Navigate to="/c/$nis" params={{ nis: placeName(only) }} replace />;
  }
  if (!isInvited && me.workspaces.length === 0 && me.organisations.length > 0) {
    return <Navigate to="/partenaire" replace />;
  }
  const places = [
    ...me.workspaces.map((place) => ({
      id: place.id,
      href: `/c/${placeName(place)}`,
      name: place.name,
      kind: t("shell.commune"),
      icon: "building" as const,
    })),
    ...me.organisations.map((organisation) => ({
      id: organisation.id,
      href: `/partenaire?organisation=${organisation.id}`,
      name: organisation.name,
      kind: t("shell.partner"),
      icon: "people" as const,
    })),
  ];
  return (
    <Frame person={{ name: me.displayName }} onSignOut={signOut}>
      {places.length === 0 ? (
        <>
          <PageHeader title={t("identity.welcome", { name: me.displayName })} />
          {isInvited ? null : (
            <EmptyState icon="building" title={t("identity.noPlaceTitle")}>
              {t("identity.noPlaceText")}
            </EmptyState>
          )}
        </>
      ) : (
        <>
          <PageHeader title={t("identity.choosePlaceTitle")} />
          <ul className="place-list">
            {places.map((place) => (
              <li key={place.id} className="card place-card">
                <Icon name={place.icon} size={22} />
                <h2>
                  <Link href={place.href} className="place-link">
                    {place.name}
                  </Link>
                </h2>
                <p className="soft">{place.kind}</p>
              </li>
            ))}
          </ul>
        </>
      )}
      <Invitations items={me.invitations} />
    </Frame>
  );
}
