// The plot of an answer, which the server draws: what is pointed at or has the keyboard is named and its row lit, a press goes to
// the row, and a drag along the axis asks for what lies there. Without script each part is a link.
const DAY = 86_400_000;
/** @type {SVGSVGElement | null} */
const plot = /** @type {any} */ (document.querySelector("svg.plot"));
/** @type {HTMLElement | null} */
const named = document.querySelector("[data-named]");
/** @type {HTMLButtonElement | null} */
const png = document.querySelector("button[data-png]");

if (plot && named) watch(plot, named);
if (png) offerPng(png);

/** @param {SVGSVGElement} plot
 * @param {HTMLElement} named */
function watch(plot, named) {
  const rows = rowsByAddress();
  const { left, right, from } = plot.dataset;
  const hint = !left
    ? ""
    : `Drag over the plot to ask for ${from ? "a period" : "values between two"}; by keys, use the filters.`;
  /** @param {Event} event */
  const linkOf = (event) => /** @type {Element} */ (event.target).closest("a");
  /** @param {Element | null} link */
  const show = (link) => {
    document.querySelector(".pointed")?.classList.remove("pointed");
    named.textContent = link?.querySelector("title").textContent ?? hint;
    rows.get(link?.getAttribute("href"))?.classList.add("pointed");
  };
  named.hidden = false;
  named.textContent = hint;
  for (const kind of ["pointerover", "focusin"]) plot.addEventListener(kind, (event) => show(linkOf(event)));
  for (const kind of ["pointerleave", "focusout"]) plot.addEventListener(kind, () => show(null));
  plot.addEventListener("click", (event) => {
    const row = rows.get(linkOf(event)?.getAttribute("href"));
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    row.tabIndex = -1;
    row.scrollIntoView({ block: "center" });
    row.focus();
  });
  if (left) brush(plot, Number(left), Number(right));
}

/** Rows by the addresses that are in them. A part of the plot that has none leads where its address does. */
function rowsByAddress() {
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map();
  for (const link of document.querySelectorAll(".ledger tbody tr a[href]")) {
    const address = link.getAttribute("href");
    if (!rows.has(address)) rows.set(address, link.closest("tr"));
  }
  return rows;
}

/** @param {SVGSVGElement} plot
 * @param {number} left
 * @param {number} right */
function brush(plot, left, right) {
  const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  box.setAttribute("class", "brush");
  box.setAttribute("height", "100%");
  /** @type {number | null} */
  let start = null;
  /** @param {PointerEvent} event */
  const at = ({ clientX, clientY }) => {
    const { x } = new DOMPoint(clientX, clientY).matrixTransform(plot.getScreenCTM().inverse());
    return Math.min(right, Math.max(left, x));
  };
  const end = () => {
    start = null;
    box.remove();
  };
  plot.addEventListener("mousedown", (event) => event.preventDefault()); // else words would be selected
  plot.addEventListener("pointerdown", (event) => {
    if (event.button || event.pointerType === "touch" || /** @type {Element} */ (event.target).closest("a")) return;
    start = at(event);
    plot.setPointerCapture(event.pointerId);
  });
  plot.addEventListener("pointermove", (event) => {
    if (start === null) return;
    box.setAttribute("x", String(Math.min(start, at(event))));
    box.setAttribute("width", String(Math.abs(at(event) - start)));
    plot.append(box);
  });
  plot.addEventListener("pointercancel", end);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && end());
  plot.addEventListener("pointerup", (event) => {
    if (start === null) return;
    const ends = [start, at(event)].sort((one, other) => one - other).map((x) => (x - left) / (right - left));
    end();
    if (ends[1] - ends[0] > 0.005) ask(plot.dataset, ends);
  });
}

/** The same question of what lies between two parts of the axis.
 * @param {DOMStringMap} axis
 * @param {number[]} ends of 1 */
function ask(axis, ends) {
  const address = new URL(location.href);
  const names = axis.from ? ["from", "to"] : ["value_min", "value_max"];
  for (const [number, name] of names.entries())
    address.searchParams.set(name, axis.from ? dayAt(axis, ends[number]) : valueAt(axis, ends[number]));
  address.searchParams.delete("cursor");
  location.assign(address);
}

/** @param {DOMStringMap} axis
 * @param {number} part */
function dayAt({ from, to }, part) {
  const days = (Date.parse(to) - Date.parse(from)) / DAY + 1;
  return new Date(Date.parse(from) + Math.min(days - 1, Math.floor(part * days)) * DAY).toISOString().slice(0, 10);
}

/** On a logarithmic axis, which is linear up to the threshold.
 * @param {DOMStringMap} axis
 * @param {number} part */
function valueAt({ low, high, threshold }, part) {
  const linear = Number(threshold);
  /** @param {number} value */
  const decades = (value) => {
    if (!linear) return Math.log10(value);
    const size = Math.abs(value) / linear;
    return Math.sign(value) * (size <= 1 ? size : 1 + Math.log10(size));
  };
  const [first, last] = [decades(Number(low)), decades(Number(high))];
  const at = first + part * (last - first);
  const size = Math.abs(at) <= 1 ? Math.abs(at) : 10 ** (Math.abs(at) - 1);
  const value = linear ? Math.sign(at) * size * linear : 10 ** at;
  return value.toFixed(Math.abs(value) < 1 ? 6 : Math.abs(value) < 100 ? 2 : 0);
}

/** The file of the server as an image, drawn by the browser.
 * @param {HTMLButtonElement} button */
function offerPng(button) {
  /** @type {HTMLAnchorElement} */
  const drawing = document.querySelector("a[data-drawing]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const image = new Image();
    image.src = drawing.href;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * image.naturalWidth, 2 * image.naturalHeight];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = button.dataset.png;
      link.click();
      URL.revokeObjectURL(link.href);
    });
  });
}
