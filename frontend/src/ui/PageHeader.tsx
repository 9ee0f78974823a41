import { type ReactNode, useEffect, useRef } from "react";
import { isHeadingAwaited } from "./heading-focus";
import "./layout.css";

export interface PageHeaderProps {
  title: string;
  /** Above the title: what kind of thing this is, its number. */
  eyebrow?: ReactNode;
  /** Under the title: marks, status, a sentence. */
  children?: ReactNode;
  actions?: ReactNode;
  breadcrumbs?: ReactNode;
}

/** The one `h1` of a page; it names the window, and takes focus on navigation so that the page is announced. */
export function PageHeader({ title, eyebrow, children, actions, breadcrumbs }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} — PST`;
    if (isHeadingAwaited()) heading.current?.focus();
  }, [title]);
  return (
    <header className="page-header">
      {breadcrumbs}
      <div className="page-header-line">
        <div className="page-header-words">
          {eyebrow && <div className="page-eyebrow">{eyebrow}</div>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </div>
      {children && <div className="page-header-more">{children}</div>}
    </header>
  );
}
