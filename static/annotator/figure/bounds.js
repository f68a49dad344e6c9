/**
 * Comparator and bounds of a figure change together (FIG-01): which numbers a comparator has, and
 * what the others become. Pure.
 *
 * @typedef {{comparator: string, low: number | null, high: number | null}} Bounds
 */

/** @returns {("low" | "high")[]} the numbers that a comparator has; that of "exactly" is both */
export function sides(comparator) {
  if (comparator === "between") return ["low", "high"];
  return comparator === "lt" || comparator === "le" ? ["high"] : ["low"];
}

/** Under another comparator the numbers stay as far as they can. @param {Bounds} old */
export function under(comparator, { low, high }) {
  const only = low ?? high;
  if (comparator === "between") return { comparator, low, high: low === high ? null : high };
  const [side] = sides(comparator);
  const value = (side === "high" ? high : low) ?? only;
  if (comparator === "eq") return { comparator, low: value, high: value };
  return { comparator, low: null, high: null, [side]: value };
}

/** With a number on one side. @param {Bounds} old @param {"low" | "high"} side */
export function withNumber({ comparator, low, high }, side, value) {
  if (comparator === "eq") return { comparator, low: value, high: value };
  return { comparator, low, high, [side]: value };
}

/** Why the bounds cannot stand; "" where they can. No number at all is no value yet, which can. @param {Bounds} bounds */
export function wrong({ comparator, low, high }) {
  if (low == null && high == null) return "";
  if (comparator !== "between") return "";
  if (low == null || high == null) return "A range needs both numbers. Enter the other one to save it.";
  if (low === high) return "Both numbers are the same. Choose “exactly”, or change one.";
  return low > high ? `The first number must be the smaller one: ${low} is more than ${high}.` : "";
}
