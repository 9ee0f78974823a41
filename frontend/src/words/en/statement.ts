export const statement = {
  title: "Accessibility statement",
  lead: "This service is designed to be usable by everyone, whatever the device or assistive technology.",
  normTitle: "Standard followed",
  norm: "It aims to conform to WCAG 2.2, level AA, as taken up by EN 301 549 and made compulsory by the Walloon decree of 2 May 2019.",
  stateTitle: "State of conformity",
  state:
    "Every release is checked automatically and by keyboard. A full audit by a third party has yet to be made: conformity is therefore declared partial.",
  meansTitle: "What is offered",
  means1: "Whatever the mouse can do, the keyboard or a menu can do too, including moves in the tree.",
  means2: "A status is always told by an icon and a word, never by colour alone.",
  means3: "Everything stays readable at a width of 320 pixels and at twice the text size.",
  means4: "Light or dark appearance, adjustable density, colours imposed by the system respected.",
  contactTitle: "Report a difficulty",
  contactOwner: "To the commune",
  contactOwnerText:
    "The communal administration that publishes this service answers your request and offers a solution.",
  contactComplaints: "To the complaints service",
  contactComplaintsText: "If the answer does not satisfy you, turn to the complaints service of the commune.",
  contactMediator: "To the Ombudsman",
  contactMediatorText:
    "As a last resort, the Ombudsman of Wallonia and of the Wallonia-Brussels Federation examines your complaint free of charge.",
} as const;
