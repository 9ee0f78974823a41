import "./feedback.css";

export interface TagProps {
  /** A few letters, as people say them. */
  children: string;
  /** What the letters stand for. */
  title?: string;
  look?: "outline" | "solid" | "accent";
}

/** A short mark beside a title, such as the plan that also claims an action. */
export function Tag({ children, title, look = "outline" }: TagProps) {
  return (
    <span className="tag" data-look={look}>
      <span aria-hidden={title !== undefined}>{children}</span>
      {title !== undefined && <span className="visually-hidden">{title}</span>}
    </span>
  );
}
