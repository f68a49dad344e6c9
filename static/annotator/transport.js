/**
 * HTTP with the server: JSON in and out, the CSRF token, a limit to silence.
 * Status 0 stands for "no answer".
 */

const SILENCE = 20_000;
/** Browsers refuse `keepalive` above 64 KiB in flight; below, a save outlives its tab. */
const KEEPALIVE = 48_000;

export class Transport {
  /** @param {string} url of the assignment, with a slash at the end @param {string} token */
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  get(path = "") {
    return this.#ask(new URL(path, new URL(this.url, location.href)), { method: "GET" });
  }

  json(url) {
    return this.#ask(url, { method: "GET" });
  }

  /** @param {{base: number, changes: any[]}} entry */
  async postChanges({ base, changes }) {
    const answer = await this.#write(`${this.url}changes/`, "POST", { base, changes });
    if (answer.status !== 403 || !(await this.#renewToken())) return answer;
    return this.#write(`${this.url}changes/`, "POST", { base, changes });
  }

  patch(fields) {
    return this.#write(this.url, "PATCH", fields);
  }

  #write(url, method, value) {
    const body = JSON.stringify(value);
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    return this.#ask(url, { method, body, headers, keepalive: body.length < KEEPALIVE });
  }

  async #ask(url, options) {
    try {
      const response = await fetch(url, {
        ...options,
        credentials: "same-origin",
        signal: AbortSignal.timeout(SILENCE),
        headers: { Accept: "application/json, application/problem+json", ...options.headers },
      });
      const body = await response.json().catch(() => null);
      // An answer of 200 that is not JSON is a log-in page or a proxy's: nothing was saved.
      const status = response.ok && body === null ? 0 : response.status;
      return { status, body, retryAfter: Number(response.headers.get("Retry-After")) || undefined };
    } catch {
      return { status: 0, body: null };
    }
  }

  /** After a new log-in the page's token is stale; the page itself has the new one. */
  async #renewToken() {
    try {
      const response = await fetch(location.href, { credentials: "same-origin", redirect: "error" });
      const found = (await response.text()).match(/data-csrf="([^"]+)"/);
      if (!found || found[1] === this.token) return false;
      this.token = found[1];
      return true;
    } catch {
      return false;
    }
  }
}
