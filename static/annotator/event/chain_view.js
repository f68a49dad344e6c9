/** What led to an event and what follows from it, as a list from cause to effect. */
import { chainOf } from "./causal_chain.js";
import { badge, element } from "../surface/element.js";
import { eventWords, fillerWords } from "../state/event_words.js";
import { shortened } from "../state/wording.js";

/** @param {Workspace} page */
export function installChain(page) {
  page.chain = () => {
    const id = concerned(page);
    return id ? showChain(page, id) : page.say("Move to an event or to one of its participants first.");
  };
}

/** The event in focus, or the first one in which the mark in focus has a role. */
function concerned({ attention, store }) {
  const mark = store.get(attention.focused) ?? (attention.selection && store.at(attention.selection.start)[0]);
  if (!mark) return null;
  const fills = ({ arguments: filled = [] }) =>
    filled.some(({ mention, measure_ref: citation }) => [mention, citation].includes(mark.id));
  return mark.event ?? store.all("event").find(fills)?.id ?? null;
}

/** @param {Workspace} page @param {string} id of an event */
function showChain(page, id) {
  const { scheme, store } = page;
  const nodes = chainOf(scheme, store, id);
  const rows = nodes.map((node, index) => row(page, node, nodes[index - 1]?.id, node.id === id));
  const words = page.model.quote(store.triggers(id)[0]?.fragments ?? []);
  const dialog = element(
    "dialog.chain",
    { id: "chain", "aria-labelledby": "chain-title", onkeydown: walk, onclose: () => dialog.remove() },
    element(
      "form",
      { method: "dialog" },
      element("h2", { id: "chain-title", dir: "auto", textContent: `Cause and effect: “${shortened(words, 40)}”` }),
      element("button.button", { textContent: "Close" }),
    ),
    nodes.length > 1
      ? null
      : element("p.hint", { textContent: "No causes or effects linked. Fill the role “Cause” if the text names one." }),
    element("ol.nodes", {}, ...rows),
  );
  const last = /** @type {HTMLElement | null} */ (document.activeElement);
  dialog.addEventListener("close", () => last?.focus({ preventScroll: true }));
  page.root.append(dialog);
  dialog.showModal();
  dialog.querySelector("[aria-current]").focus();
  return true;
}

/**
 *
 * @param {Workspace} page @param {import("./causal_chain.js").Node} node @param {string | undefined} above the event in the row
 *   before
 */
function row(page, { id, by, loops }, above, current) {
  const go = ({ currentTarget }) => {
    currentTarget.closest("dialog").close();
    page.goTo(id);
  };
  const event = page.store.get(id);
  const button = element(
    "button.node",
    { type: "button", data: { event: id }, "aria-current": current ? "true" : null, onclick: go },
    badge(page.scheme.labelOf({ layer: page.scheme.eventLayer.code, label: event.type })),
    element("span.story", { dir: "auto" }, ...story(page, event)),
    element("span.what", { textContent: [eventWords(page.scheme, event), ...others(page, event)].filter(Boolean).join(" · ") }),
  );
  const step = (name, found) => found.length > 0 && element("p.by", {}, ...found.map((one) => reason(page, name, one, above)));
  return element("li", {}, step("", by), button, step("leads back from ", loops));
}

/** How one leads to the other: only its arrow where it stands right above. @param {Workspace} page */
function reason(page, name, { from, roles, to }, above) {
  const said = roles.map((code) => roleName(page, [from, to], code).toLowerCase()).join(", ");
  const words =
    from === above && !name
      ? `↓ ${said}`
      : `↳ ${said}: ${name}“${shortened(page.model.quote(page.store.triggers(from)[0]?.fragments ?? []), 30)}”`;
  return element("span", { textContent: words });
}

function roleName({ scheme, store }, ids, code) {
  const roles = ids.flatMap((id) => scheme.roles(scheme.labelOf({ layer: scheme.eventLayer.code, label: store.get(id).type })));
  return roles.find((role) => role.code === code)?.name ?? code;
}

/** Who did it, and the words for it: "Chinese factories sending … back". @param {Workspace} page */
function story(page, event) {
  const { scheme, model, store } = page;
  const [who] = actors(page, event);
  const subject = who ? [element("span", { textContent: shortened(fillerWords(scheme, model, store, who), 40) }), " "] : [];
  const words = page.store.triggers(event.id).map(({ fragments }) => model.quote(fragments));
  return [...subject, element("strong", { textContent: words.join(", ") || "(no words)" })];
}

/** Fillers that are actors, in the order of the scheme: the first is the one who acts. */
function actors({ scheme }, event) {
  const roles = scheme.labelOf({ layer: scheme.eventLayer.code, label: event.type }).roles ?? [];
  const acting = roles.filter(({ fillers }) => fillers.some(({ kind }) => kind === "actor"));
  return acting.flatMap(({ code }) => (event.arguments ?? []).filter(({ role }) => role === code));
}

/** The other fillers of its own roles that are in the text. @param {Workspace} page */
function others(page, event) {
  const { scheme, model, store } = page;
  const [who] = actors(page, event);
  const own = new Set((scheme.labelOf({ layer: scheme.eventLayer.code, label: event.type }).roles ?? []).map(({ code }) => code));
  const left = (event.arguments ?? []).filter((argument) => argument !== who && own.has(argument.role) && !argument.event);
  return left.map((argument) => shortened(fillerWords(scheme, model, store, argument), 40));
}

/** Arrows go from event to event. */
function walk(event) {
  const nodes = [...event.currentTarget.querySelectorAll(".node")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = nodes.indexOf(document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  nodes[(at + step + nodes.length) % nodes.length].focus();
}
