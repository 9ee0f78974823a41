import { type IconName, icons } from "./icons";

// These are half or dots: a line alone would not say it.
const filled: Partial<Record<IconName, string>> = { half: "M12 3.5a8.5 8.5 0 0 1 0 17z" };
const bold = new Set<IconName>(["more", "grip"]);

export interface IconProps {
  name: IconName;
  size?: number;
}

/** A drawing that says nothing by itself: a word or a label always stands beside it. */
export function Icon({ name, size = 18 }: IconProps) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={bold.has(name) ? 2.75 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={icons[name]} />
      {filled[name] && <path d={filled[name]} fill="currentColor" stroke="none" />}
    </svg>
  );
}
