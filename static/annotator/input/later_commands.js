/** What keys do that need the deferred parts. */

/** @param {Workspace} page @returns {import("./commands.js").Commands} */
export function laterCommands(page) {
  const { commands } = page;
  return {
    overlapping: () => page.overlapping(),
    search: () => page.panel.search(),
    chain: () => page.chain(),
    compare: (event) => page.comparison?.press(event) ?? page.say("Only practice articles can be compared with the gold."),
    listed: () => page.listed?.open() ?? page.say("No sanctions list to compare this text with."),
    nextFinding: () => page.checks?.next() ?? false,
    card: () => page.card.enter() || page.say("No mark in focus. Click one, or press j."),
    claim: () => page.claiming.make("claim"),
    cite: () => page.claiming.make("citation"),
    others: () => page.others(),
    next: () => page.suggestions?.go(1) || commands.nextMark(),
    previous: () => page.suggestions?.go(-1) || commands.previousMark(),
    toggleSuggestions: () => page.suggestions?.toggle() ?? page.say("No suggestions in this reading."),
  };
}
