/**
 * A choice made with keys is kept after a pause, or when it is left: on the way to it keys go through
 * others, and a card that is drawn anew at each of them would forget what was typed so far.
 */
const PAUSE = 800;

/** @param {HTMLSelectElement} select @param {(keyed: boolean) => void} keep by keys, or at once by the mouse */
export function onceChosen(select, keep) {
  let keyed = false;
  let timer;
  const settle = () => {
    clearTimeout(timer);
    timer = undefined;
    keep(true);
  };
  select.addEventListener("keydown", ({ key }) => {
    keyed = true;
    if (key === "Enter" && timer) settle();
  });
  select.addEventListener("pointerdown", () => (keyed = false));
  select.addEventListener("change", () => {
    clearTimeout(timer);
    if (keyed) timer = setTimeout(settle, PAUSE);
    else keep(false);
  });
  // Where the keyboard goes must be known before the card is drawn anew: else it would get lost.
  select.addEventListener("blur", () => timer && setTimeout(() => timer && settle()));
}
