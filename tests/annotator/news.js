/**
 * How good the offers are on news sentences whose events others have marked: `node news.js FILE` prints the measure as JSON.
 *
 * The events of that collection (prices and output rise, fall, are cut, banned) are no types of the shipped scheme. So it
 * is measured under a scheme of its own: the actors and figures of the shipped one, six types that have the roles of the
 * collection, and tables that say how each role is expressed. The tables were written for the sentences with an even
 * number, but the misses of both halves were printed while they were: the odd half is no held-out half. Left out: roles that
 * no actor or figure fills (what was traded or measured, forecasts, dates), and words that the shipped scheme does not mark
 * ("global", "five-year").
 */
import { readFileSync } from "node:fs";
import { measured } from "./offering.js";
import { scheme, storeOf } from "./world.js";

const ACTOR = [{ kind: "actor", labels: ["PERSON", "GROUP", "ORG", "TERRITORY"] }];
const FIGURE = [{ kind: "figure", labels: ["MONEY", "QUANTITY", "SHARE", "ITEMS"] }];
const role = (code, fillers) => ({ code, name: code, fillers, min: 0, max: null });
const ROLES = {
  MOVE: [
    role("Supplier_Consumer", ACTOR),
    role("Difference", FIGURE),
    role("Final_value", FIGURE),
    role("Initial_value", FIGURE),
  ],
  GLUT: [role("Supplier_Consumer", ACTOR), role("Place", ACTOR), role("Difference", FIGURE)],
  CAUSE: [
    role("Supplier_Consumer", ACTOR),
    role("Difference", FIGURE),
    role("Final_value", FIGURE),
    role("Initial_value", FIGURE),
  ],
  BAN: [role("Imposer", ACTOR), role("Imposee", ACTOR)],
  TENSION: [role("Impacted_countries", ACTOR), role("Participating_countries", ACTOR)],
  UNREST: [role("Place", ACTOR)],
};
const FUNCTIONS = {
  MOVE: [
    {
      subject: ["Supplier_Consumer"],
      object: ["Difference"],
      of: ["Difference", "Supplier_Consumer"],
      possessive: ["Supplier_Consumer"],
    },
  ],
  CAUSE: [
    {
      subject: ["Supplier_Consumer"],
      object: ["Difference"],
      of: ["Difference"],
      by: ["Supplier_Consumer", "Difference"],
      possessive: ["Supplier_Consumer"],
    },
  ],
  BAN: [{ subject: ["Imposer"], by: ["Imposer"], possessive: ["Imposer"] }],
  GLUT: [{ possessive: ["Place"], of: ["Difference"] }],
  TENSION: [{ subject: ["Impacted_countries"] }],
};
const CUES = {
  Difference: ["by"],
  Final_value: ["to", "at"],
  Initial_value: ["from"],
  Imposee: ["on", "against", "from"],
  Place: ["in"],
  Supplier_Consumer: ["from", "in"],
  Impacted_countries: ["between", "in"],
  Participating_countries: ["with"],
};
const TYPES = {
  MOVE: ["Movement-down-loss", "Movement-up-gain", "Movement-flat", "Grow-strong", "Slow-weak", "Position-low", "Position-high"],
  GLUT: ["Oversupply", "Shortage"],
  CAUSE: ["Cause-movement-down-loss", "Cause-movement-up-gain"],
  BAN: ["Embargo", "Prohibiting"],
  TENSION: ["Geopolitical-tension", "trade-financial-tension"],
  UNREST: ["Civil-unrest", "Crisis"],
};
const typeOf = (type) => Object.keys(TYPES).find((code) => TYPES[code].includes(type));

function newsScheme() {
  const made = scheme();
  const layer = made.eventLayer;
  const label = (code) => ({ code, name: code, badge: code, key: code[0], definition: "", roles: ROLES[code], layer });
  layer.labels = Object.keys(ROLES).map(label);
  layer.common_roles = [];
  for (const each of layer.labels) made.byCode.set(`${layer.code} ${each.code}`, each);
  Object.assign(made.data, {
    role_functions: FUNCTIONS,
    role_cues: CUES,
    constraints: made.data.constraints.filter((rule) => !rule.any_of),
  });
  return made;
}

const ACTORS = {
  Country: "TERRITORY",
  State_or_province: "TERRITORY",
  Location: "TERRITORY",
  Organization: "ORG",
  Group: "GROUP",
  Nationality: "GROUP",
  Person: "PERSON",
};
const FIGURES = {
  Money: "MONEY",
  Price_unit: "MONEY",
  Production_unit: "QUANTITY",
  Quantity: "QUANTITY",
  Percentage: "SHARE",
  Number: "ITEMS",
};

/** A sentence as the page holds it. */
function read({ words, "golden-entity-mentions": entities, "golden-event-mentions": events }, at) {
  const starts = [];
  let text = "";
  for (const word of words) {
    if (text && !/^(?:[.,;:!?%)]|['’]s|n't)$/.test(word)) text += " ";
    starts.push(text.length);
    text += word;
  }
  const range = ({ start, end }) => ({ start: starts[start], end: starts[end - 1] + words[end - 1].length });
  const marks = entities.filter(
    (entity) =>
      !/^(?:global|domestic|world)$/i.test(entity.text) && (ACTORS[entity["entity-type"]] || FIGURES[entity["entity-type"]]),
  );
  const id = (standoff) => `${at}-m${standoff}`;
  const spans = marks.map((entity) => {
    const actor = ACTORS[entity["entity-type"]];
    return [
      "span",
      {
        id: id(entity.standoff_id),
        layer: actor ? "ACTOR" : "FIGURE",
        label: actor ?? FIGURES[entity["entity-type"]],
        fragments: [range(entity)],
        attributes: {},
        event: null,
      },
    ];
  });
  const known = new Set(spans.map(([, span]) => span.id));
  const told = events
    .filter(({ event_type: type }) => typeOf(type))
    .flatMap(({ event_type: type, trigger, arguments: filled }, index) => {
      const code = typeOf(type);
      const fillers = filled.filter(
        ({ role: named, standoff_id: standoff }) => ROLES[code].some((each) => each.code === named) && known.has(id(standoff)),
      );
      const event = {
        id: `${at}-e${index}`,
        type: code,
        attributes: {},
        arguments: fillers.map(({ role: named, standoff_id: standoff }) => ({ role: named, mention: id(standoff) })),
      };
      return [
        ["event", event],
        [
          "span",
          { id: `${at}-t${index}`, layer: "EVENT", label: code, fragments: [range(trigger)], attributes: {}, event: event.id },
        ],
      ];
    });
  return storeOf([...told, ...spans], [text]);
}

const sentences = JSON.parse(readFileSync(process.argv[2]));
const empty = () => ({ events: 0, fillers: 0, unasked: 0, asked: 0, offered: 0, wrong: 0, misses: [], errors: [] });
const halves = { even: empty(), odd: empty() };
for (const [at, sentence] of sentences.entries()) {
  const store = read(sentence, at);
  const page = { scheme: newsScheme(), store, model: store.model };
  const events = store.all("event");
  const found = {
    events: events.length,
    ...measured(page, events, (each, { mention }) => takes(page, each, store.get(mention))),
  };
  const half = halves[at % 2 ? "odd" : "even"];
  for (const [name, value] of Object.entries(found))
    half[name] = Array.isArray(value)
      ? [...half[name], ...value.map((line) => `${line} :: ${store.model.text}`)]
      : half[name] + value;
}
process.stdout.write(JSON.stringify(halves, null, 1));

/** Could the scheme hold the filler in this role at all? */
function takes({ scheme: here }, { fillers }, { layer, label }) {
  return fillers.some(({ kind, labels }) => kind === here.layer(layer).form && labels.includes(label));
}
