/** Building DOM without HTML strings, which Trusted Types and a careful reader both forbid. */

/**
 * @template {string} Name
 * @param {Name} name such as "button.button"
 * @param {Record<string, any>} [properties] `on…` are listeners, `data` a dataset, the rest properties or attributes
 * @param {...(Node | string | null | false | undefined)} children
 * @returns {ElementOf<Name>}
 */
export function element(name, properties = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const node = /** @type {any} */ (document.createElement(tag));
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties)) assign(node, key, value);
  node.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return node;
}

function assign(node, key, value) {
  if (value === undefined || value === null) return;
  if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
  else if (key === "data") Object.assign(node.dataset, value);
  else if (key in node && !key.includes("-") && key !== "list" && key !== "form") node[key] = value;
  else node.setAttribute(key, value);
}

/** Badge of a label, in the look of its layer. */
export function badge(label) {
  return element("span.tag", { data: { form: label.layer.form ?? "actor", step: label.step }, textContent: label.badge });
}

/** How a field, or a link, is found again after its card has been drawn anew. */
export function placeOf(node) {
  const link = node?.closest?.("a[href]");
  if (link) return `a[href="${CSS.escape(link.getAttribute("href"))}"]`;
  const field = node?.closest?.("[data-field], [name]");
  return field
    ? field.dataset.field
      ? `[data-field="${CSS.escape(field.dataset.field)}"]`
      : `[name="${CSS.escape(field.name)}"]`
    : null;
}
