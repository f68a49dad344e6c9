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
    /** Who is at the page. */
    this.user = "";
  }

  get(path = "") {
    return this.#ask(new URL(path, new URL(this.url, location.href)), { method: "GET" });
  }

  json(url) {
    return this.#ask(url, { method: "GET" });
  }

  /**
   * A 403 has three reasons: the token is that of an earlier log-in, nobody (or somebody else) is
   * signed in now, or it is forbidden. Only the last is an answer to this act.
   * @param {{base: number, changes: any[]}} entry
   */
  async postChanges({ base, changes }) {
    const post = () => this.#write(`${this.url}changes/`, "POST", { base, changes });
    const answer = await post();
    if (answer.status !== 403) return answer;
    const now = await this.#askPage();
    if (now.status !== 200) return now;
    if (now.token === this.token) return answer;
    this.token = now.token;
    return post();
  }

  post(path, value) {
    return this.#write(`${this.url}${path}`, "POST", value);
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
      return { status, body, retryAfter: seconds(response.headers.get("Retry-After")) };
    } catch {
      return { status: 0, body: null };
    }
  }

  /** Who is signed in, and the token of that log-in: the page itself has both. */
  async #askPage() {
    try {
      const response = await fetch(location.href, {
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout(SILENCE),
      });
      if (response.type === "opaqueredirect") return { status: 401, body: null };
      const [, token, user] = (await response.text()).match(/data-csrf="([^"]+)" data-user="([^"]*)"/) ?? [];
      if (!token) return { status: response.ok ? 0 : response.status, body: null };
      return { status: user === this.user ? 200 : 401, token };
    } catch {
      return { status: 0, body: null };
    }
  }
}

/** `Retry-After` is a number of seconds or a date. @returns {number | undefined} */
export function seconds(header, now = Date.now()) {
  const found = /^\d+$/.test(header ?? "") ? Number(header) : (Date.parse(header) - now) / 1_000;
  return found > 0 ? found : undefined;
}
