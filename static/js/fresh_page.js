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

/** This page anew, as a document of which nothing runs; null where it does not come.
 * @returns {Promise<Document | null>} */
export function freshPage() {
  return pageOf("GET", location.href);
}

/** The page to which this address leads, where it is this one; else null.
 * @param {string} method
 * @param {string} address
 * @param {FormData} [fields]
 * @returns {Promise<Document | null>} */
export function pageOf(method, address, fields) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    request.responseType = "document";
    request.addEventListener("loadend", () => {
      const isThis = request.status === 200 && new URL(request.responseURL).pathname === location.pathname;
      done(isThis ? request.response : null);
    });
    request.send(fields);
  });
}
