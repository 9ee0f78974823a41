import type { ReactNode } from "react";

export function Specimen({
  name,
  children,
  bare = false,
}: {
  name: string;
  children: ReactNode;
  bare?: boolean;
}) {
  return (
    <section className="specimen" aria-label={name}>
      <h2>{name}</h2>
      {bare ? children : <div className="specimen-stage">{children}</div>}
    </section>
  );
}
