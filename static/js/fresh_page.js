// This page as the server shows it by now, and parts of it put in their places: whoever is at a link there stays at it.

/** A part of this page as it is in another one; the focus stays at the link of the same address, or the button of the same form.
 * @param {Document | null} page
 * @param {string} name */
export function exchange(page, name) {
  const old = document.querySelector(name);
  const fresh = page?.querySelector(name);
  if (!old || !fresh) return;
  const place = old.contains(document.activeElement) ? placeOf(document.activeElement) : null;
  old.replaceWith(document.adoptNode(fresh));
  /** @type {HTMLElement | null} */
  const again = place && document.querySelector(`${name} ${place}`);
  again?.focus();
}

/** @param {Element} node */
function placeOf(node) {
  const form = node.closest("form");
  return form
    ? `form[action="${CSS.escape(form.getAttribute("action"))}"] button`
    : `a[href="${CSS.escape(node.getAttribute("href"))}"]`;
}

/** This page anew, as a document of which nothing runs; null where it does not come. */
export function freshPage() {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.addEventListener("loadend", () => done(request.status === 200 ? request.response : null));
    request.send();
  });
}
