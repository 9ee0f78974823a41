import { Breadcrumbs as AriaBreadcrumbs, Breadcrumb } from "react-aria-components/Breadcrumbs";
import { useWords } from "@/words";
import { Icon } from "./Icon";
import { Link } from "./Link";
import "./layout.css";

export interface BreadcrumbsProps {
  /** From the farthest to the nearest; the page itself is not in it, its heading says it. */
  trail: readonly { href: string; name: string }[];
}

export function Breadcrumbs({ trail }: BreadcrumbsProps) {
  const { t } = useWords();
  return (
    <nav aria-label={t("ui.breadcrumbs")} className="breadcrumbs">
      <AriaBreadcrumbs className="breadcrumbs-list">
        {trail.map((step) => (
          <Breadcrumb key={step.href} id={step.href} className="breadcrumb">
            <Link href={step.href}>{step.name}</Link>
            <Icon name="chevronRight" size={14} />
          </Breadcrumb>
        ))}
      </AriaBreadcrumbs>
    </nav>
  );
}
