export const statement = {
  title: "Déclaration d’accessibilité",
  lead: "Ce service est conçu pour être utilisable par toutes et tous, quel que soit l’appareil ou l’aide technique.",
  normTitle: "Norme suivie",
  norm: "Il vise la conformité aux règles WCAG 2.2, niveau AA, reprises par la norme EN 301 549 et rendues obligatoires par le décret wallon du 2 mai 2019.",
  stateTitle: "État de conformité",
  state:
    "Chaque version est contrôlée automatiquement et au clavier. L’audit complet par un tiers reste à réaliser : la conformité est donc déclarée partielle.",
  meansTitle: "Moyens offerts",
  means1:
    "Tout ce qui se fait à la souris se fait aussi au clavier ou par un menu, y compris les déplacements dans l’arbre.",
  means2: "Un statut est toujours dit par une icône et un mot, jamais par la seule couleur.",
  means3: "L’affichage reste complet à 320 pixels de large et au double de la taille du texte.",
  means4: "Apparence claire ou sombre, densité réglable, couleurs imposées par le système respectées.",
  contactTitle: "Signaler une difficulté",
  contactOwner: "À la commune",
  contactOwnerText:
    "L’administration communale qui publie ce service répond à votre demande et propose une solution.",
  contactComplaints: "Au service des plaintes",
  contactComplaintsText:
    "Si la réponse ne vous satisfait pas, adressez-vous au service des plaintes de la commune.",
  contactMediator: "Au Médiateur",
  contactMediatorText:
    "En dernier recours, le Médiateur de la Wallonie et de la Fédération Wallonie-Bruxelles examine gratuitement votre plainte.",
} as const;
