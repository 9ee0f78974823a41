import { HealthMark, PlanMark, StatusMark } from "@/marks/marks";
import { type ActionStatus, type Health, healths, statuses } from "@/marks/statuses";
import { Icon } from "@/ui/Icon";
import { type IconName, icons } from "@/ui/icons";
import { Tag } from "@/ui/Tag";
import { Specimen } from "./Specimen";

const colours = [
  ["paper", "Papier"],
  ["surface", "Surface"],
  ["surface-sunken", "Surface creuse"],
  ["surface-tint", "Surface teintée"],
  ["surface-selected", "Sélection"],
  ["ink", "Encre"],
  ["ink-soft", "Encre douce"],
  ["ink-faint", "Encre pâle"],
  ["brand", "Marque"],
  ["action", "Épicéa, ce qui se fait"],
  ["accent", "Cuivre, ce qui compte"],
  ["control-line", "Contour de champ"],
] as const;

const sizes = [
  ["3xl", "Une commune qui tient parole"],
  ["2xl", "Titre de page"],
  ["xl", "Titre de section"],
  ["l", "Objectif stratégique, titre de bloc"],
  ["m", "Texte courant : ce que la commune a promis, et ce qu’elle a fait."],
  ["s", "Libellés, cellules, aides : 31 décembre 2026"],
  ["xs", "Marques et légendes"],
] as const;

const names = <T extends string>(of: Record<T, unknown>) => Object.keys(of) as T[];

export function Foundations() {
  return (
    <div className="specimens">
      <Specimen name="Couleurs">
        <div className="swatches">
          {colours.map(([token, name]) => (
            <div key={token} className="swatch">
              <span className="swatch-colour" style={{ background: `var(--${token})` }} />
              <strong>{name}</strong>
              <span className="soft">{token}</span>
            </div>
          ))}
        </div>
      </Specimen>
      <Specimen name="Échelle de texte">
        <div className="stack-wide">
          {sizes.map(([size, words]) => (
            <p
              key={size}
              style={{
                fontSize: `var(--text-${size})`,
                lineHeight: 1.3,
                maxWidth: "none",
                fontWeight: size.endsWith("l") ? 650 : 400,
              }}
            >
              {words}
            </p>
          ))}
        </div>
      </Specimen>
      <Specimen name="Statuts d’une action">
        {names<ActionStatus>(statuses).map((status) => (
          <StatusMark key={status} status={status} />
        ))}
      </Specimen>
      <Specimen name="Santé d’une action">
        {names<Health>(healths).map((health) => (
          <HealthMark key={health} health={health} />
        ))}
      </Specimen>
      <Specimen name="Marques">
        <PlanMark plan={{ code: "PCS", name: "Plan de cohésion sociale" }} />
        <Tag>Synergie</Tag>
        <Tag look="solid">Nouveau</Tag>
      </Specimen>
      <Specimen name="Icônes">
        <ul className="icon-sheet">
          {names<IconName>(icons).map((name) => (
            <li key={name}>
              <Icon name={name} size={24} />
              {name}
            </li>
          ))}
        </ul>
      </Specimen>
    </div>
  );
}
