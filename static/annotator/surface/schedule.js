/** What nobody waits for comes after what somebody does: it waits until the frame is on the screen. */

/** A hidden tab paints nothing; then it is long enough. */
const LONG_ENOUGH = 200;

/** Resolves when everything that was changed until now has been painted. */
export function painted() {
  return new Promise((done) => {
    const timer = setTimeout(done, LONG_ENOUGH);
    const frame = globalThis.requestAnimationFrame ?? setTimeout;
    frame(() => setTimeout(() => (clearTimeout(timer), done())));
  });
}

/** Resolves when that has been on the screen for a frame, and the browser has time for more; soon, however busy it is. */
export async function idle() {
  await painted();
  await painted();
  const wait = globalThis.requestIdleCallback ?? setTimeout;
  return new Promise((done) => wait(() => done(), { timeout: LONG_ENOUGH }));
}

/**
 * A function that has the work done after the next frame, once, however often it is called until then.
 * `now` has it done at once if it is still to be done: for whoever needs what it makes.
 * @param {() => void} work
 */
export function afterwards(work) {
  let waiting = false;
  const now = () => {
    if (!waiting) return;
    waiting = false;
    work();
  };
  const later = () => {
    if (!waiting) painted().then(now);
    waiting = true;
  };
  return { later, now };
}
