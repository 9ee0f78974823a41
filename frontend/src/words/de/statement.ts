export const statement = {
  title: "Erklärung zur Barrierefreiheit",
  lead: "Dieser Dienst soll für alle nutzbar sein, mit jedem Gerät und jedem Hilfsmittel.",
  normTitle: "Befolgte Norm",
  norm: "Er strebt die Konformität mit WCAG 2.2, Stufe AA, an, wie sie EN 301 549 übernimmt und das wallonische Dekret vom 2. Mai 2019 vorschreibt.",
  stateTitle: "Stand der Konformität",
  state:
    "Jede Version wird automatisch und mit der Tastatur geprüft. Eine vollständige Prüfung durch Dritte steht noch aus: Die Konformität gilt daher als teilweise.",
  meansTitle: "Gebotene Mittel",
  means1:
    "Was mit der Maus geht, geht auch mit der Tastatur oder über ein Menü, auch das Verschieben im Baum.",
  means2: "Ein Status wird immer durch ein Symbol und ein Wort gezeigt, nie allein durch Farbe.",
  means3: "Alles bleibt bei 320 Pixeln Breite und bei doppelter Textgröße lesbar.",
  means4:
    "Helle oder dunkle Darstellung, einstellbare Dichte, vom System vorgegebene Farben werden beachtet.",
  contactTitle: "Eine Schwierigkeit melden",
  contactOwner: "Bei der Gemeinde",
  contactOwnerText:
    "Die Gemeindeverwaltung, die diesen Dienst veröffentlicht, beantwortet Ihre Anfrage und schlägt eine Lösung vor.",
  contactComplaints: "Bei der Beschwerdestelle",
  contactComplaintsText: "Genügt die Antwort nicht, wenden Sie sich an die Beschwerdestelle der Gemeinde.",
  contactMediator: "Beim Ombudsmann",
  contactMediatorText:
    "Als letzte Möglichkeit prüft der Ombudsmann der Wallonie und der Föderation Wallonie-Brüssel Ihre Beschwerde kostenlos.",
} as const;
