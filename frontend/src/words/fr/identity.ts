export const identity = {
  signInTitle: "Se connecter",
  signInLead: "Accédez aux plans de votre commune avec le compte que son administration vous a remis.",
  email: "Adresse électronique",
  password: "Mot de passe",
  signIn: "Se connecter",
  emailMissing: "Indiquez votre adresse électronique.",
  passwordMissing: "Indiquez votre mot de passe.",
  promise1: "Chaque action une seule fois",
  promise1Text: "Encodée une fois, visible dans tous les plans qui la portent.",
  promise2: "Le PST fédère tous les plans",
  promise2Text: "Cohésion sociale, logement, mobilité, climat : un même arbre, une même vue.",
  promise3: "Une mise à jour en moins d’une minute",
  promise3Text: "Statut, avancement, commentaire : un seul panneau suffit.",
  choosePlanTitle: "Les plans de la commune",
  noPlanTitle: "Aucun plan à afficher",
  noPlanText:
    "Votre compte n’a encore accès à aucun plan de cet espace. L’administration de la commune peut vous y donner accès.",
  choosePlanLead:
    "Choisissez le plan à ouvrir : une action y figure une seule fois, dans tous les plans qu’elle sert.",
  choosePlaceTitle: "Choisir un espace de travail",
  welcome: "Bonjour {{name}}",
  noPlaceTitle: "Aucun espace ne vous est encore ouvert",
  noPlaceText:
    "Votre compte n’est rattaché à aucune commune ni à aucun partenaire. Votre administration peut vous y donner accès ; les écrans régionaux viendront plus tard.",
  notYoursTitle: "Cet espace ne vous est pas ouvert",
  notYoursText:
    "Votre compte ne travaille pas dans la commune {{nis}}. Son administration peut vous y donner accès.",
  refusedTitle: "La connexion a été refusée",
  failedTitle: "La connexion n’a pas abouti",
  returnTitle: "Identifiez-vous pour continuer",
  returnText: "Vous reviendrez ensuite à la page demandée.",
} as const;
