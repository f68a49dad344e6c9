/** The state of saving, in words and a sign. "Saved" is said only when the server has said so. */

const STATES = {
  loading: ["…", () => "Loading"],
  readonly: ["○", () => "Read-only"],
  saved: ["✓", () => "Saved"],
  saving: ["↑", (waiting) => `Saving ${count(waiting)}`],
  offline: ["⚡", (waiting) => `Offline, ${count(waiting)} kept in this browser`],
  busy: ["↻", (waiting) => `Not saved: the server is busy, ${count(waiting)} kept, retrying`],
  full: ["⛁", (waiting) => `Not saved: the server’s disk is full, ${count(waiting)} kept, retrying`],
  retrying: ["↻", (waiting) => `Not saved: server error, ${count(waiting)} kept, retrying`],
  signin: ["⚿", (waiting) => `Signed out, ${count(waiting)} kept in this browser`],
  closed: ["⊘", (waiting) => `No write access, ${count(waiting)} not saved`],
  conflict: ["⇄", (waiting, problems) => `${count(problems)} to resolve`],
  refused: ["!", (waiting, problems) => `Not saved: ${count(problems)} rejected`],
};

function count(number) {
  return number === 1 ? "1 change" : `${number} changes`;
}

export class Status {
  /** @param {HTMLElement} root the line, with the sign and the words in it */
  constructor(root) {
    this.root = root;
    this.sign = root.querySelector("[data-sign]");
    this.text = root.querySelector("[data-words]");
    /** What can be done in a state: each names the states in which it helps. */
    this.remedies = [...root.parentElement.querySelectorAll("[data-shown]")];
    this.state = "loading";
    this.waiting = 0;
    this.problems = { conflict: 0, refused: 0 };
  }

  /** @param {string} state of the outbox */
  tell(state, waiting = 0) {
    Object.assign(this, { state, waiting });
    this.draw();
  }

  /** @param {string[]} reasons of the acts on the shelf */
  shelve(reasons) {
    for (const reason of Object.keys(this.problems)) this.problems[reason] = reasons.filter((found) => found === reason).length;
    this.draw();
  }

  draw() {
    const { conflict, refused } = this.problems;
    const settled = this.state === "saved" || this.state === "readonly";
    const shown = settled && refused ? "refused" : settled && conflict ? "conflict" : this.state;
    const [sign, words] = STATES[shown];
    const text = words(this.waiting, shown === "refused" ? refused : conflict);
    this.root.dataset.state = shown;
    this.sign.textContent = sign;
    // Written only when it changes: a screen reader speaks every write.
    if (this.text.textContent !== text) this.text.textContent = text;
    for (const remedy of this.remedies) remedy.hidden = !remedy.dataset.shown.split(" ").includes(shown);
  }
}
