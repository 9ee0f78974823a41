/** The sum of decimal strings, to the cent and never through a float. */
export function sum(amounts: readonly (string | null)[]): string | null {
  const known = amounts.filter((amount) => amount !== null);
  if (known.length === 0) return null;
  const cents = known.reduce((total, amount) => total + toCents(amount), 0n);
  const sign = cents < 0n ? "-" : "";
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, "0");
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function toCents(amount: string): bigint {
  const [whole = "0", part = ""] = amount.replace("-", "").split(".");
  const cents = BigInt(whole) * 100n + BigInt(part.padEnd(2, "0").slice(0, 2));
  return amount.startsWith("-") ? -cents : cents;
}
