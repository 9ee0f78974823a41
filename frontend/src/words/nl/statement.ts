export const statement = {
  title: "Toegankelijkheidsverklaring",
  lead: "Deze dienst is ontworpen om voor iedereen bruikbaar te zijn, met elk toestel en elk hulpmiddel.",
  normTitle: "Gevolgde norm",
  norm: "De dienst streeft naar overeenstemming met WCAG 2.2, niveau AA, overgenomen door EN 301 549 en verplicht gemaakt door het Waalse decreet van 2 mei 2019.",
  stateTitle: "Stand van de overeenstemming",
  state:
    "Elke versie wordt automatisch en met het toetsenbord gecontroleerd. Een volledige audit door een derde moet nog gebeuren: de overeenstemming wordt dus als gedeeltelijk verklaard.",
  meansTitle: "Geboden middelen",
  means1:
    "Al wat met de muis kan, kan ook met het toetsenbord of via een menu, ook het verplaatsen in de boom.",
  means2: "Een status wordt altijd met een pictogram en een woord gegeven, nooit enkel met een kleur.",
  means3: "Alles blijft leesbaar bij een breedte van 320 pixels en bij dubbele tekstgrootte.",
  means4: "Lichte of donkere weergave, instelbare dichtheid, kleuren van het systeem gerespecteerd.",
  contactTitle: "Een probleem melden",
  contactOwner: "Bij de gemeente",
  contactOwnerText:
    "Het gemeentebestuur dat deze dienst publiceert, beantwoordt uw vraag en stelt een oplossing voor.",
  contactComplaints: "Bij de klachtendienst",
  contactComplaintsText: "Voldoet het antwoord niet, richt u dan tot de klachtendienst van de gemeente.",
  contactMediator: "Bij de Ombudsman",
  contactMediatorText:
    "In laatste instantie onderzoekt de Ombudsman van Wallonië en van de Federatie Wallonië-Brussel uw klacht kosteloos.",
} as const;
