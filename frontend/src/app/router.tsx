import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { awaitHeading } from "@/ui/heading-focus";
import { withLateWords } from "@/words";
import { Root } from "./Root";
import { pcsSearch, simulationSearch, transversalSearch } from "./searches";

const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: lazyRouteComponent(() => import("./NotFound"), "NotFound"),
  errorComponent: lazyRouteComponent(() => import("./Failed"), "Failed"),
});

/** Behind the door: who is signed in, and what the service answered so far. */
const desk = createRoute({
  getParentRoute: () => rootRoute,
  id: "desk",
  component: lazyRouteComponent(() => import("./routes/Desk"), "Desk"),
});

const home = createRoute({
  getParentRoute: () => desk,
  path: "/",
  component: lazyRouteComponent(() => import("./routes/Home"), "Home"),
});

const partner = createRoute({
  getParentRoute: () => desk,
  path: "/partenaire",
  validateSearch: (search): { organisation?: string } =>
    typeof search.organisation === "string" ? { organisation: search.organisation } : {},
  component: lazyRouteComponent(() => import("./routes/Partner"), "Partner"),
});

const partnerAction = createRoute({
  getParentRoute: () => desk,
  path: "/partenaire/actions/$actionId",
  validateSearch: (search): { organisation?: string; tab?: string } => ({
    ...(typeof search.organisation === "string" ? { organisation: search.organisation } : {}),
    ...(typeof search.tab === "string" ? { tab: search.tab } : {}),
  }),
  component: lazyRouteComponent(() => withLateWords(import("./routes/PartnerAction")), "PartnerAction"),
});

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: "/connexion",
  // Only an address of this service: nobody is sent elsewhere by a link.
  validateSearch: (search): { retour?: string } =>
    typeof search.retour === "string" && /^\/(?![/\\])/.test(search.retour) ? { retour: search.retour } : {},
  component: lazyRouteComponent(() => import("./routes/SignIn"), "SignIn"),
});

const forgottenPassword = createRoute({
  getParentRoute: () => rootRoute,
  path: "/mot-de-passe/oublie",
  component: lazyRouteComponent(() => withLateWords(import("./routes/Passwords")), "ForgottenPassword"),
});

const newPassword = createRoute({
  getParentRoute: () => rootRoute,
  path: "/mot-de-passe/nouveau",
  component: lazyRouteComponent(() => withLateWords(import("./routes/Passwords")), "NewPassword"),
});

const changePassword = createRoute({
  getParentRoute: () => desk,
  path: "/mot-de-passe",
  component: lazyRouteComponent(() => withLateWords(import("./routes/Passwords")), "ChangePassword"),
});

const accessibility = createRoute({
  getParentRoute: () => rootRoute,
  path: "/accessibilite",
  component: lazyRouteComponent(() => import("./routes/Accessibility"), "Accessibility"),
});

const gallery = createRoute({
  getParentRoute: () => rootRoute,
  path: "/galerie",
  validateSearch: (search): { tab?: string } => (typeof search.tab === "string" ? { tab: search.tab } : {}),
  component: lazyRouteComponent(() => withLateWords(import("./routes/gallery/Gallery")), "Gallery"),
});

/** What of a plan is looked at: an address is a view that can be sent to somebody. */
export interface PlanSearch {
  q?: string;
  status?: string;
  late?: true;
}

/** Letters sent before December 2026 named the actions of a group at `/e/…`. */
const formerGroup = createRoute({
  getParentRoute: () => rootRoute,
  path: "/e/$",
  beforeLoad: ({ params }) => {
    throw redirect({ href: `/c/${params._splat ?? ""}`, replace: true });
  },
});

/** Every address of a workspace begins with its NIS code, or with the name of a group. */
const workspace = createRoute({
  getParentRoute: () => desk,
  path: "/c/$nis",
  component: lazyRouteComponent(() => import("./routes/Workspace"), "Workspace"),
});

const choosePlan = createRoute({
  getParentRoute: () => workspace,
  path: "/",
  component: lazyRouteComponent(() => import("./routes/ChoosePlan"), "ChoosePlan"),
});

const plan = createRoute({
  getParentRoute: () => workspace,
  path: "/plans/$planId",
  validateSearch: (search): PlanSearch => ({
    ...(typeof search.q === "string" && search.q !== "" ? { q: search.q } : {}),
    ...(typeof search.status === "string" ? { status: search.status } : {}),
    ...(search.late === true ? { late: true } : {}),
  }),
  component: lazyRouteComponent(() => import("./routes/Plan"), "Plan"),
});

const action = createRoute({
  getParentRoute: () => workspace,
  path: "/actions/$actionId",
  validateSearch: (search): { plan?: string; tab?: string } => ({
    ...(typeof search.plan === "string" ? { plan: search.plan } : {}),
    ...(typeof search.tab === "string" ? { tab: search.tab } : {}),
  }),
  component: lazyRouteComponent(() => withLateWords(import("./routes/Action")), "Action"),
});

const transversal = createRoute({
  getParentRoute: () => workspace,
  path: "/transversal",
  validateSearch: transversalSearch,
  component: lazyRouteComponent(() => withLateWords(import("./routes/Transversal")), "Transversal"),
});

const pcsList = createRoute({
  getParentRoute: () => workspace,
  path: "/pcs",
  component: lazyRouteComponent(() => withLateWords(import("./routes/Pcs")), "PcsList"),
});

const pcs = createRoute({
  getParentRoute: () => workspace,
  path: "/pcs/$planId",
  validateSearch: pcsSearch,
  component: lazyRouteComponent(() => withLateWords(import("./routes/Pcs")), "Pcs"),
});

const simulation = createRoute({
  getParentRoute: () => workspace,
  path: "/pcs/$planId/simulation",
  validateSearch: simulationSearch,
  component: lazyRouteComponent(() => withLateWords(import("./routes/Simulation")), "Simulation"),
});

const continuation = createRoute({
  getParentRoute: () => workspace,
  path: "/pcs/$planId/continuation",
  component: lazyRouteComponent(() => withLateWords(import("./routes/Continuation")), "Continuation"),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signIn,
    forgottenPassword,
    newPassword,
    accessibility,
    gallery,
    formerGroup,
    desk.addChildren([
      home,
      changePassword,
      partner,
      partnerAction,
      workspace.addChildren([choosePlan, plan, action, transversal, pcsList, pcs, simulation, continuation]),
    ]),
  ]),
  defaultPreload: "intent",
  scrollRestoration: true,
});

router.subscribe("onBeforeNavigate", ({ fromLocation, pathChanged }) => {
  if (fromLocation && pathChanged) awaitHeading();
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
