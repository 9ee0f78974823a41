import type { ActionStatus } from "@/marks/statuses";
import { isShelf, type NodeKind, type PlanNode } from "./plan-node";

/** A commune that distributes its PCS actions over the objectives of their theme. */
type Draft = [name: string, more?: Partial<PlanNode>, children?: Draft[]];

const pcs = [{ code: "PCS", name: "Plan de cohésion sociale 2020-2026" }];
const pim = [{ code: "PIMACI", name: "Plan d’investissement mobilité active communal" }];
const everything = ["rename", "move", "addInside", "addAfter", "remove"] as const;

const doing = (
  status: ActionStatus,
  progress: number | null,
  owner: string | null,
  due: string | null,
  more: Partial<PlanNode> = {},
) => ({
  status,
  progress,
  owner,
  due,
  ...more,
});

const external: Draft[] = [
  [
    "Être une commune où chacun se loge dignement",
    { progress: 46, owner: "Échevine du Logement", due: "2029-12-31", isDueDerived: true },
    [
      [
        "Mettre en œuvre le plan d’ancrage du logement",
        { progress: 58, owner: "Service Logement", due: "2027-06-30" },
        [
          [
            "Rédiger le plan avec la SLSP, le CPAS et la Région",
            doing("completed", 100, "Service Logement", "2026-03-31"),
          ],
          [
            "Rénover douze logements de transit rue des Tanneurs",
            doing("inProgress", 35, "Service Travaux", "2026-09-30", { isLate: true }),
          ],
        ],
      ],
      [
        "Garantir un logement décent à tous",
        { progress: 33, owner: "CPAS", due: "2029-12-31" },
        [
          [
            "Ouvrir un abri de jour pour les personnes sans logement",
            doing("inProgress", 60, "CPAS", "2027-03-31", { marks: pcs }),
            [
              [
                "Aménager le rez-de-chaussée de l’ancienne poste",
                doing("inProgress", 80, "Service Travaux", "2026-12-15"),
              ],
              ["Engager deux éducatrices ou éducateurs", doing("notStarted", 0, "CPAS", "2027-01-31")],
            ],
          ],
          ["Coordonner l’information sur les logements disponibles", doing("waiting", 5, null, null)],
        ],
      ],
    ],
  ],
  [
    "Être une commune où chacun se déplace facilement",
    { progress: 41, owner: "Échevin de la Mobilité", due: "2030-06-30", isDueDerived: true },
    [
      [
        "Renforcer l’offre de transport public",
        { progress: 20, owner: "Service Mobilité", due: "2028-12-31" },
        [
          [
            "Conclure une convention avec le TEC pour une ligne du soir",
            doing("suspended", 20, "Service Mobilité", "2026-06-30", { isLate: true }),
          ],
        ],
      ],
      [
        "Faciliter les déplacements des aînés",
        { progress: 62, owner: "Service Cohésion sociale", due: "2030-06-30" },
        [
          [
            "Navettes pour les seniors vers les marchés et les soins",
            doing("inProgress", 75, "Service Cohésion sociale", "2030-06-30", { marks: [...pcs, ...pim] }),
          ],
        ],
      ],
    ],
  ],
  [
    "Être une commune moderne, accessible à toutes et tous en ligne comme au guichet",
    { progress: 27, owner: "Bourgmestre", due: "2028-12-31", isDueDerived: true },
    [
      [
        "Offrir les démarches en ligne",
        { progress: 30, owner: "Service Population", due: "2027-12-31" },
        [
          [
            "Ouvrir l’e-guichet des documents de population",
            doing("inProgress", 30, "Service Population", "2027-12-31"),
          ],
        ],
      ],
      [
        "Rendre les technologies accessibles à tous",
        { progress: 25, owner: "Service Cohésion sociale", due: "2028-12-31" },
        [
          [
            "Espace public numérique et son animation",
            doing("inProgress", 50, "Espace public numérique", "2028-12-31", { marks: pcs }),
          ],
          [
            "Initiation des aînés à l’internet",
            doing("draft", null, "Service Cohésion sociale", "2028-06-30", { marks: pcs }),
          ],
          [
            "Bornes Wi-Fi sur toutes les places de village",
            doing("cancelled", 10, "Service Informatique", "2027-06-30"),
          ],
        ],
      ],
    ],
  ],
];

const internal: Draft[] = [
  [
    "Être une administration qui accueille, écoute et répond",
    { progress: 12, owner: "Directrice générale", due: "2027-12-31" },
    [
      [
        "Répondre à toute demande en dix jours",
        { progress: 12, owner: "Secrétariat communal", due: "2027-12-31" },
        [
          [
            "Installer un suivi commun du courrier entrant",
            doing("notStarted", 0, "Secrétariat communal", "2027-06-30"),
          ],
        ],
      ],
    ],
  ],
];

const below: Partial<Record<NodeKind, NodeKind>> = {
  strand: "strategic",
  strategic: "operational",
  operational: "action",
  axis: "theme",
  theme: "action",
  action: "subAction",
  subAction: "subAction",
};

function grow(drafts: Draft[], kind: NodeKind, prefix: string, offset = 0): PlanNode[] {
  return drafts.map(([name, more = {}, children = []], position) => {
    const code = `${prefix}${position + 1 + offset}`;
    return {
      id: `n-${code}`,
      kind,
      source: { type: "objective", level: 1, version: 1 },
      code,
      name,
      status: null,
      progress: null,
      owner: null,
      due: null,
      isDueDerived: false,
      isLate: false,
      marks: [],
      permitted: kind === "action" || kind === "subAction" ? ["open", ...everything] : everything,
      ...more,
      children: grow(children, below[kind] ?? "action", `${code}.`),
    };
  });
}

const strand = (id: string, name: string, children: PlanNode[]): PlanNode => ({
  id,
  kind: "strand",
  source: { type: "strand", strandId: id },
  code: "",
  name,
  status: null,
  progress: null,
  owner: null,
  due: null,
  isDueDerived: false,
  isLate: false,
  marks: [],
  permitted: ["addInside"],
  children,
});

export const samplePlan: readonly PlanNode[] = [
  strand("external", "Volet externe — Développement des politiques", grow(external, "strategic", "")),
  strand(
    "internal",
    "Volet interne — Administration générale",
    grow(internal, "strategic", "", external.length),
  ),
];

/** The same commune many times over: as many rows as the largest plans have. */
export function largePlan(copies: number): readonly PlanNode[] {
  const copy = (node: PlanNode, mark: string): PlanNode => ({
    ...node,
    id: `${mark}-${node.id}`,
    children: node.children.map((child) => copy(child, mark)),
  });
  return samplePlan.map((one) => ({
    ...one,
    children: Array.from({ length: copies }, (_, nth) =>
      one.children.map((child) => copy(child, `c${nth}`)),
    ).flat(),
  }));
}

/** Hierarchical numbers, 1.2.3, running on from one strand to the next: of plans that no service knows. */
export function renumber(tree: readonly PlanNode[]): readonly PlanNode[] {
  const within = (nodes: readonly PlanNode[], prefix: string, counts: Record<string, number>) =>
    nodes.map((node): PlanNode => {
      if (isShelf(node.kind)) return { ...node, children: within(node.children, prefix, counts) };
      const rank = node.kind === "action" || node.kind === "subAction" ? "action" : "objective";
      counts[rank] = (counts[rank] ?? 0) + 1;
      const code = `${prefix}${counts[rank]}`;
      return { ...node, code, children: within(node.children, `${code}.`, {}) };
    });
  return within(tree, "", {});
}
