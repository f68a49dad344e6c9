/**
 * The page, as every part of the annotator gets it: what main.js makes at once, and what the deferred parts add. Known in all
 * modules without an import: it is a type, and nothing of it is loaded.
 */
interface Workspace {
  root: HTMLElement;
  /** Of this tab, for an assignment that is open in several. */
  tab: string;
  attention: import("./state/attention.js").Attention;
  transport: import("./sync/transport.js").Transport;
  /** Resolves when no other tab takes this one for closed. */
  held: Promise<unknown>;
  text: HTMLElement;
  status: import("./sync/status.js").Status;
  model: import("./text/model.js").TextModel;
  scheme: import("./state/scheme.js").Scheme;
  article: Record<string, any>;
  /** Newest thread of each mark; null for who only reads. */
  threads: Record<string, { address: string; state: string }> | null;
  zones: any[];
  store: import("./state/store.js").Store;
  positions: import("./surface/positions.js").Positions;
  view: import("./surface/view.js").View;
  session: import("./sync/session.js").Session;
  outbox: import("./sync/outbox.js").Outbox;
  menu: import("./surface/menu.js").Menu;
  caret: import("./surface/caret.js").TextCaret;
  pointer: import("./surface/pointer.js").Pointer;
  keyboard: import("./input/keys.js").Keyboard;
  commands: Record<string, (...given: any[]) => any>;

  /** For the ear alone: what the eye has before it in the text. */
  speak(message: string): boolean;
  /** An answer to what somebody did; it stands below the title until the next move. */
  say(message: string): boolean;
  notice(message: string): void;
  refocus(): void;
  /** A field of the panel, also after its card has been drawn anew; without one, the text. */
  focusField(selector?: string | null): boolean;
  /** The menu of choices, beside a node or a rectangle. */
  choose(what: Record<string, any>): void;
  goTo(id: string): boolean;
  /** Selects a range, and opens the menu of labels for it. */
  reselect(range: import("./text/model.js").Range): void;
  nameOf(item: import("./state/native.js").Item): string;
  help(): boolean;

  // From here on: there with the deferred parts.

  pick: import("./input/ask_for_mark.js").Pick;
  bodies: Record<string, any>;
  panel: import("./panel/panel.js").Panel;
  card: import("./panel/card.js").Card;
  duplicates: import("./actor/possible_duplicates.js").PossibleDuplicates;
  hints: import("./input/key_hints.js").Hints;
  findings: import("./sync/findings.js").Findings;
  checks: import("./panel/checklist.js").Checks;
  submit: HTMLButtonElement;
  comparison?: import("./panel/comparison.js").Comparison;
  /** Fetches an entity that the page does not know. */
  fetchEntity(id: string): Promise<any>;
  /** All marks at the caret. */
  overlapping(): any;
  /** Mark all other occurrences. */
  others(): any;
  /** The chain of causes of an event. */
  chain(): any;
  /** What the menu has besides the labels: in front what the selected words tell, behind what they may be added to. */
  menuLines(range: import("./text/model.js").Range): { told: any[]; more: any[] };
  drawProblems(problems: any[]): void;
  claims: import("./claim/claim_list.js").ClaimList;
  claiming: { make(kind: "claim" | "citation"): any };
  /** Where a claim begins and ends, as the words tell. */
  settled(...given: any[]): any;
  /** Only where there is a list to compare the text with. */
  listed?: import("./panel/listed_list.js").ListedList;
  measures: import("./claim/measures.js").Measures;
  /** Only where the reading can be changed. */
  suggestions?: import("./suggestion/suggestions.js").Suggestions;
}

/** A module that is asked for once more. */
declare module "*.js?again" {
  export const install: typeof import("./deferred.js").install;
}
