/**
 * A choice made with keys is kept after a pause, or when it is left: on the way to it keys go through
 * others, and a card that is drawn anew at each of them would forget what was typed so far.
 */
const PAUSE = 800;

/** Keeps what is chosen and not kept yet: one hand chooses from one list at a time. @type {(() => void) | undefined} */
let pending;

/** Before lists are drawn anew: what is chosen in one that is gone would be kept later, over what is chosen by then. */
export function keepPending() {
  pending?.();
}

/** @param {HTMLSelectElement} select @param {(keyed: boolean) => void} keep by keys, or at once by the mouse */
export function debounced(select, keep) {
  let keyed = false;
  let timer;
  const forget = () => {
    clearTimeout(timer);
    timer = undefined;
    if (pending === settle) pending = undefined;
  };
  const settle = () => {
    forget();
    keep(true);
  };
  select.addEventListener("keydown", ({ key }) => {
    keyed = true;
    if (key === "Enter" && timer) settle();
  });
  select.addEventListener("pointerdown", () => (keyed = false));
  select.addEventListener("change", () => {
    forget();
    if (keyed) timer = setTimeout((pending = settle), PAUSE);
    else keep(false);
  });
  // Where the keyboard goes must be known before the card is drawn anew: else it would get lost.
  select.addEventListener("blur", () => timer && setTimeout(() => timer && settle()));
}
