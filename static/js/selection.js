// Ticks in the list of articles and in the bin: one for the page, a range with Shift; j, k and arrows go from tick to tick.
/** @type {HTMLFormElement | null} */
const form = document.querySelector("[data-selection]");

if (form) watch(form);

/** @param {HTMLFormElement} form */
function watch(form) {
  const named = document.querySelectorAll(`input[name=${form.dataset.selection || "article"}]`);
  const ticks = [...named].map((tick) => /** @type {HTMLInputElement} */ (tick));
  /** @type {HTMLInputElement} */
  const whole = document.querySelector("[data-select-page]");
  /** @type {HTMLInputElement | null} */
  const all = form.querySelector("input[name=all]");
  let last = -1;

  const show = () => {
    const count = ticks.filter((tick) => tick.checked).length;
    whole.checked = count === ticks.length;
    whole.indeterminate = count > 0 && count < ticks.length;
    form.querySelector("[data-count]").textContent = all?.checked || !count ? "" : `${count} selected`;
  };
  whole.hidden = false;
  whole.addEventListener("change", () => {
    for (const tick of ticks) tick.checked = whole.checked;
    show();
  });
  all?.addEventListener("change", show);
  for (const [at, tick] of ticks.entries()) {
    tick.addEventListener("click", (event) => {
      if (event.shiftKey && last >= 0)
        for (const other of ticks.slice(Math.min(at, last), Math.max(at, last) + 1)) other.checked = tick.checked;
      last = at;
      show();
    });
    tick.addEventListener("keydown", (event) => {
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
      if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      const next = ticks[at + step];
      if (!next) return;
      if (event.shiftKey) next.checked = tick.checked;
      next.focus();
      show();
    });
  }
  show();
}
