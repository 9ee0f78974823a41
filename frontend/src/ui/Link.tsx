import type { ReactNode } from "react";
import { Link as AriaLink, type LinkProps as AriaLinkProps } from "react-aria-components/Link";
import { useWords } from "@/words";
import { classes } from "./classes";
import { Icon } from "./Icon";
import "./button.css";

export interface LinkProps extends Omit<AriaLinkProps, "children" | "className" | "style"> {
  href: string;
  children: ReactNode;
  /** Leaves the service: opens a new window and says so. */
  external?: boolean;
  className?: string;
}

export function Link({ children, external = false, className, ...rest }: LinkProps) {
  const { t } = useWords();
  return (
    <AriaLink
      {...rest}
      {...(external ? { target: "_blank", rel: "noreferrer" } : {})}
      className={classes("link", className)}
    >
      {children}
      {external && (
        <>
          <Icon name="external" size={14} />
          <span className="visually-hidden"> {t("ui.newWindow")}</span>
        </>
      )}
    </AriaLink>
  );
}

/** Goes somewhere, and weighs as much as a button. */
export function ButtonLink({
  children,
  variant = "secondary",
  className,
  ...rest
}: Omit<LinkProps, "external"> & { variant?: "primary" | "secondary" | "quiet" }) {
  return (
    <AriaLink {...rest} className={classes("button", className)} data-variant={variant}>
      {children}
    </AriaLink>
  );
}
