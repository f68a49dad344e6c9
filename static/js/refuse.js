// The boxes that refuse repairs: that of a whole kind and those of each repair say the same.
for (const group of document.querySelectorAll(".offers")) {
  /** @type {HTMLInputElement | null} */
  const all = group.querySelector("[data-all]");
  const each = /** @type {HTMLInputElement[]} */ ([...group.querySelectorAll("li input[type=checkbox]")]);
  all?.addEventListener("change", () => each.forEach((box) => (box.checked = all.checked)));
  for (const box of each) {
    box.addEventListener("change", () => {
      if (all && !box.checked) all.checked = false;
    });
  }
}
