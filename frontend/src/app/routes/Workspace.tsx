import { getRouteApi, Outlet, useLocation, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ActingAs } from "@/api/acting";
import { usePlans } from "@/api/shared";
import { useArticulations } from "@/features/articulation/use-articulations";
import { placeName } from "@/features/identity/session";
import { Button } from "@/ui/Button";
import { ButtonLink } from "@/ui/Link";
import { Menu, type MenuEntry } from "@/ui/Menu";
import { PageHeader } from "@/ui/PageHeader";
import { useWords } from "@/words";
import { Frame, type FrameProps } from "../Frame";
import { useMe } from "../me";
import { useSignOut } from "../use-sign-out";

const route = getRouteApi("/desk/c/$nis");

/** The commune that the address names, if this person works there. */
export function Workspace() {
  const { t } = useWords();
  const { nis } = route.useParams();
  const me = useMe();
  const signOut = useSignOut();
  const place = me.workspaces.find((one) => placeName(one) === nis);
  if (!place) {
    return (
      <Frame person={{ name: me.displayName }} onSignOut={signOut}>
        <PageHeader title={t("identity.notYoursTitle")}>
          <p>{t("identity.notYoursText", { nis })}</p>
        </PageHeader>
        <p>
          <ButtonLink variant="primary" href="/">
            {t("shell.backHome")}
          </ButtonLink>
        </p>
      </Frame>
    );
  }
  return (
    <ActingAs actor={`workspace/${place.id}`} key={place.id}>
      <CommuneFrame
        nis={nis}
        workspace={{ name: place.name, kind: t("shell.commune") }}
        picker={<PlanPicker nis={nis} hasOthers={me.workspaces.length + me.organisations.length > 1} />}
        person={{ name: me.displayName }}
        onSignOut={signOut}
      >
        <Outlet />
      </CommuneFrame>
    </ActingAs>
  );
}

/** The frame with the ways through the commune: what shows living plans only for who may read them. */
function CommuneFrame({ nis, ...frame }: FrameProps & { nis: string }) {
  const { t } = useWords();
  const { pathname } = useLocation();
  const { isClosed } = useArticulations();
  const home = `/c/${nis}`;
  const links = [
    { href: home, name: t("shell.plans") },
    ...(isClosed
      ? []
      : [
          { href: `${home}/pcs`, name: t("shell.pcs") },
          { href: `${home}/transversal`, name: t("shell.transversal") },
        ]),
  ];
  const isUnder = (href: string) => pathname === href || pathname.startsWith(`${href}/`);
  const current = links.slice(1).find((link) => isUnder(link.href)) ?? links[0];
  return (
    <Frame
      {...frame}
      navigation={{
        label: t("shell.mainNavigation"),
        links: links.map((link) => ({ ...link, isCurrent: link === current })),
      }}
    />
  );
}

/** The way from one plan to another, from every page of the commune. */
function PlanPicker({ nis, hasOthers }: { nis: string; hasOthers: boolean }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const { planId: open } = useParams({ strict: false });
  // An action is read from the plan it was opened from.
  const { plan: from } = useSearch({ strict: false });
  const planId = open ?? from;
  const { data } = usePlans();
  const entries: MenuEntry[] = [
    ...(data?.plans ?? []).map((plan) => ({
      id: plan.id,
      name: `${data?.names.get(plan.id)?.code ?? ""} · ${plan.title}`,
      ...(plan.id === planId ? { icon: "check" as const } : {}),
    })),
    { id: "all", name: t("shell.allPlans"), startsGroup: true },
    ...(hasOthers ? [{ id: "places", name: t("shell.changePlace") }] : []),
  ];
  const current = planId ? data?.names.get(planId)?.code : undefined;
  const go = (id: string) => {
    if (id === "all") void navigate({ to: "/c/$nis", params: { nis } });
    else if (id === "places") void navigate({ to: "/" });
    else void navigate({ to: "/c/$nis/plans/$planId", params: { nis, planId: id } });
  };
  return (
    <Menu label={t("shell.choosePlan")} entries={entries} onAction={go}>
      <Button variant="quiet" trailingIcon="chevronDown">
        {current ? `${t("shell.plan")} ${current}` : t("shell.choosePlan")}
      </Button>
    </Menu>
  );
}
