/** Lists of buttons, one for each mark. */

/**
 * Other rows. The keyboard stays at the mark whose button has it; where the mark is gone, it goes back.
 * @param {Element} list
 * @param {Node[]} rows
 * @param {() => void} back
 */
export function exchangeRows(list, rows, back) {
  /** @type {any} */
  const active = list.contains(document.activeElement) ? document.activeElement : null;
  const { mark } = active?.dataset ?? {};
  list.replaceChildren(...rows);
  if (!mark) return;
  /** @type {HTMLElement | null} */
  const again = list.querySelector(`[data-mark="${CSS.escape(mark)}"]`);
  if (again) again.focus();
  else back();
}
