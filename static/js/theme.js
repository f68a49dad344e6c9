// The reader's own choice of theme, kept under the name that Django's admin uses, so that one choice
// holds for both. Loaded in the head without defer: the page is never painted in the other theme first.
(() => {
  const stored = () => localStorage.getItem("theme") ?? "auto";
  const apply = (theme) => {
    document.documentElement.dataset.theme = theme;
  };
  apply(stored());
  addEventListener("storage", () => apply(stored()));
  document.addEventListener("DOMContentLoaded", () => {
    for (const choice of /** @type {NodeListOf<HTMLSelectElement>} */ (document.querySelectorAll("[data-theme-choice]"))) {
      choice.value = stored();
      choice.addEventListener("change", () => {
        localStorage.setItem("theme", choice.value);
        apply(choice.value);
      });
    }
  });
})();
