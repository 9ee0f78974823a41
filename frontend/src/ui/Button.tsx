import type { ReactNode, Ref } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { classes } from "./classes";
import { Icon } from "./Icon";
import type { IconName } from "./icons";
import "./button.css";

export interface ButtonProps extends Omit<AriaButtonProps, "children" | "className" | "style"> {
  children: ReactNode;
  /** `primary`: the one thing to do here. `quiet`: beside other things. `danger`: cannot be taken back. */
  variant?: "primary" | "secondary" | "quiet" | "danger";
  size?: "normal" | "small";
  icon?: IconName;
  /** After the words: a chevron where a choice opens. */
  trailingIcon?: IconName;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** While pending, the button keeps its size and its focus, and says so to assistive technology. */
export function Button({
  children,
  variant = "secondary",
  size = "normal",
  icon,
  trailingIcon,
  className,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton {...rest} className={classes("button", className)} data-variant={variant} data-size={size}>
      {rest.isPending ? (
        <span className="spinner" aria-hidden="true" />
      ) : (
        icon && <Icon name={icon} size={16} />
      )}
      <span className="button-words">{children}</span>
      {trailingIcon && <Icon name={trailingIcon} size={16} />}
    </AriaButton>
  );
}
