import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { classes } from "./classes";
import { Icon } from "./Icon";
import type { IconName } from "./icons";
import { Tooltip } from "./Tooltip";
import "./button.css";

export interface IconButtonProps
  extends Omit<AriaButtonProps, "children" | "className" | "style" | "aria-label"> {
  icon: IconName;
  /** What it does, in words: read aloud, and shown on hover and focus. */
  label: string;
  size?: "normal" | "small";
  variant?: "quiet" | "outlined";
  className?: string;
}

export function IconButton({
  icon,
  label,
  size = "normal",
  variant = "quiet",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={classes("icon-button", className)}
        data-size={size}
        data-variant={variant}
      >
        <Icon name={icon} size={size === "small" ? 16 : 18} />
      </AriaButton>
    </Tooltip>
  );
}
