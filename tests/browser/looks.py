"""What a script looks at in the annotator's page, without touching it."""

# Offsets in code points of what a highlight lights, part by part.
LIT = """name => [...(CSS.highlights.get(name) ?? [])].map((range) => {
  const offset = (node, at) => {
    const block = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest('p[data-block]');
    const before = document.createRange();
    before.setStart(block, 0);
    before.setEnd(node, at);
    return Number(block.dataset.start) + [...before.toString()].length;
  };
  return [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
})"""

# Where the caret stops: in each paragraph every word, without its 's, and every sign, as people of the language see words.
STOPS = r"""() => [...document.querySelectorAll('#text p[data-block]')].map((block) => {
  const words = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(block.textContent)];
  const points = (units) => Number(block.dataset.start) + [...block.textContent.slice(0, units)].length;
  const kept = words.filter(({ segment, isWordLike }) => isWordLike || /[\p{L}\p{N}\p{S}\p{M}]/u.test(segment));
  return kept.map(({ index, segment }) => [points(index), points(index + segment.replace(/['’]s$/, '').length)]);
})"""

# How many times Tab leads from where the keyboard is to a control; null where there is no way.
AWAY = """selector => {
  const seen = (node) => node.tabIndex >= 0 && !node.disabled && node.checkVisibility({ visibilityProperty: true });
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(seen);
  const [from, to] = [document.activeElement, document.querySelector(selector)].map((node) => all.indexOf(node));
  return to < 0 || from < 0 ? null : to - from;
}"""

# The fields below a node by their names: what they hold and, of a choice, which they offer.
FIELDS = """root => {
  const found = [...document.querySelectorAll(`${root} :is(input, select, textarea)[name]`)];
  const kinds = { 'select-one': 'choice', checkbox: 'box', textarea: 'area' };
  const told = (field) => ({
    kind: kinds[field.type] ?? 'line',
    value: field.type === 'checkbox' ? field.checked : field.value,
    offered: [...(field.options ?? [])].map(({ value }) => value),
  });
  return Object.fromEntries(found.map((field) => [field.name, told(field)]));
}"""

# What the first line of the menu is called; the sign behind it says that it may be the same as another one.
FIRST = "document.querySelector('#menu .option .name')?.textContent"
DOUBTED = " ≈"

WITHIN = "selector => Boolean(document.activeElement?.closest(selector))"

# The card comes after the frame in which the mark is lit; a person's next key comes later than that.
DRAWN = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => setTimeout(done)))))"
)
