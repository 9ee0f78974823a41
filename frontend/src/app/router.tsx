import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { awaitHeading } from "@/ui/heading-focus";
import { Root } from "./Root";

const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: lazyRouteComponent(() => import("./NotFound"), "NotFound"),
  errorComponent: lazyRouteComponent(() => import("./Failed"), "Failed"),
});

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/connexion" });
  },
});

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: "/connexion",
  component: lazyRouteComponent(() => import("./routes/SignIn"), "SignIn"),
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
  component: lazyRouteComponent(() => import("./routes/gallery/Gallery"), "Gallery"),
});

/** Every address of a workspace begins with its NIS code. */
const workspace = createRoute({
  getParentRoute: () => rootRoute,
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
  component: lazyRouteComponent(() => import("./routes/Plan"), "Plan"),
});

const action = createRoute({
  getParentRoute: () => workspace,
  path: "/actions/$actionId",
  component: lazyRouteComponent(() => import("./routes/Action"), "Action"),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    home,
    signIn,
    accessibility,
    gallery,
    workspace.addChildren([choosePlan, plan, action]),
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
