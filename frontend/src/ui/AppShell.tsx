import type { ReactNode } from "react";
import { Link as AriaLink } from "react-aria-components/Link";
import { SkipLink } from "./SkipLink";
import { ToastRegion } from "./ToastRegion";
import "./app-shell.css";

export interface AppShellProps {
  /** The name of the service, a few letters. */
  brand: string;
  brandHref: string;
  /** Whose plans these are. */
  workspace?: { name: string; kind: string };
  picker?: ReactNode;
  search?: ReactNode;
  tools?: ReactNode;
  navigation?: { label: string; links: readonly { href: string; name: string; isCurrent: boolean }[] };
  footer?: ReactNode;
  children: ReactNode;
}

/** The frame around every page. */
export function AppShell({
  brand,
  brandHref,
  workspace,
  picker,
  search,
  tools,
  navigation,
  footer,
  children,
}: AppShellProps) {
  return (
    <div className="app">
      <SkipLink targetId="content" />
      <header className="app-bar">
        <div className="app-bar-line">
          <AriaLink className="brand" href={brandHref}>
            <BrandMark />
            <span className="brand-name">{brand}</span>
          </AriaLink>
          {workspace && (
            <p className="workspace">
              <span className="workspace-kind">{workspace.kind}</span>
              <span className="workspace-name">{workspace.name}</span>
            </p>
          )}
          {picker && <div className="app-picker">{picker}</div>}
          <div className="app-tools">
            {search}
            {tools}
          </div>
        </div>
        {navigation && (
          <nav className="app-nav" aria-label={navigation.label}>
            {navigation.links.map((link) => (
              <AriaLink
                key={link.href}
                href={link.href}
                className="app-nav-link"
                {...(link.isCurrent ? { "aria-current": "page" as const } : {})}
              >
                {link.name}
              </AriaLink>
            ))}
          </nav>
        )}
      </header>
      <main id="content" className="app-main" tabIndex={-1}>
        {children}
      </main>
      {footer && <footer className="app-footer">{footer}</footer>}
      <ToastRegion />
    </div>
  );
}

/** One trunk, branches of several plans: the sign of the service. */
export function BrandMark({ size = 30 }: { size?: number }) {
  return (
    <svg
      className="brand-mark"
      viewBox="0 0 32 32"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
    >
      <path
        d="M7 5v17a4 4 0 0 0 4 4h4M7 13h8"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
      <rect x="15" y="9" width="12" height="8" rx="2.5" className="brand-leaf" />
      <rect x="15" y="22" width="12" height="8" rx="2.5" className="brand-leaf-accent" />
    </svg>
  );
}
