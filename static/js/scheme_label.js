// The card of a label while its form is filled in: the badge, the name, the key, and a sentence with marked words. The server
// makes the colours and keeps their contrast: the style sheet is asked for again with the colour that is not saved yet.
/** @type {any} */
const form = document.getElementById("label-form");
const tag = document.getElementById("card-tag");
const sheet = document.getElementById("colours");
/** @type {any} */
const sentence = document.getElementById("card-sentence");
const text = document.getElementById("card-text");
const saved = sheet.getAttribute("href");
const shade = tag.dataset.step;
let range = [0, sentence.value.length];

function draw() {
  const look = `${tag.dataset.form}${tag.dataset.step}`;
  const mark = document.createElement("span");
  mark.className = `seg lanes1 tint-${look} lane0-${look}`;
  mark.textContent = sentence.value.slice(...range);
  text.replaceChildren(sentence.value.slice(0, range[0]), mark, sentence.value.slice(range[1]));
}

function recolour() {
  const { colour, of_layer: ofLayer } = form.elements;
  const own = !ofLayer.checked;
  const query = new URLSearchParams({ path: tag.dataset.path, chosen: colour.value });
  sheet.setAttribute("href", own ? `${saved}?${query}` : saved);
  tag.dataset.step = own ? tag.dataset.own : shade === tag.dataset.own ? "0" : shade;
  draw();
}

form.elements.badge.addEventListener("input", ({ target }) => (tag.textContent = target.value));
form.elements.name.addEventListener("input", ({ target }) => (document.getElementById("card-name").textContent = target.value));
form.elements.key.addEventListener("input", ({ target }) => (document.getElementById("card-key").textContent = target.value));
form.elements.of_layer.addEventListener("change", recolour);
form.elements.colour.addEventListener("input", () => {
  form.elements.of_layer.checked = false;
  recolour();
});
sentence.addEventListener("input", () => {
  range = [0, sentence.value.length];
  draw();
});
sentence.addEventListener("select", () => {
  range = [sentence.selectionStart, sentence.selectionEnd];
  draw();
});
