export const identity = {
  signInTitle: "Anmelden",
  signInLead: "Öffnen Sie die Pläne Ihrer Gemeinde mit dem Konto, das Sie von der Verwaltung erhalten haben.",
  email: "E-Mail-Adresse",
  password: "Passwort",
  signIn: "Anmelden",
  emailMissing: "Geben Sie Ihre E-Mail-Adresse ein.",
  passwordMissing: "Geben Sie Ihr Passwort ein.",
  promise1: "Jede Maßnahme nur einmal",
  promise1Text: "Einmal erfasst, sichtbar in jedem Plan, der sie trägt.",
  promise2: "Das PST verbindet alle Pläne",
  promise2Text: "Sozialer Zusammenhalt, Wohnen, Mobilität, Klima: ein Baum, eine Sicht.",
  promise3: "Aktualisiert in unter einer Minute",
  promise3Text: "Status, Fortschritt, Kommentar: Ein einziges Feld genügt.",
  choosePlanTitle: "Die Pläne der Gemeinde",
  noPlanTitle: "Kein Plan anzuzeigen",
  noPlanText:
    "Ihr Konto hat noch keinen Zugang zu einem Plan dieses Bereichs. Die Gemeindeverwaltung kann ihn gewähren.",
  choosePlanLead:
    "Wählen Sie den Plan, den Sie öffnen möchten: Eine Maßnahme gibt es nur einmal, in allen Plänen, denen sie dient.",
  choosePlaceTitle: "Einen Arbeitsbereich wählen",
  welcome: "Guten Tag {{name}}",
  noPlaceTitle: "Noch ist kein Bereich für Sie geöffnet",
  noPlaceText:
    "Ihr Konto gehört zu keiner Gemeinde und keinem Partner. Ihre Verwaltung kann den Zugang gewähren; die regionalen Ansichten folgen später.",
  notYoursTitle: "Dieser Bereich ist für Sie nicht geöffnet",
  notYoursText:
    "Ihr Konto arbeitet nicht in der Gemeinde {{nis}}. Die Gemeindeverwaltung kann den Zugang gewähren.",
  refusedTitle: "Die Anmeldung wurde abgelehnt",
  failedTitle: "Die Anmeldung ist nicht gelungen",
  returnTitle: "Melden Sie sich an, um fortzufahren",
  returnText: "Danach kehren Sie zur gewünschten Seite zurück.",
} as const;
