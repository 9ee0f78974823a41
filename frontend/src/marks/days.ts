/** Today in Brussels, where the communes' days begin: `yyyy-MM-dd`. */
export const today = (): string =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Brussels" }).format(new Date());
