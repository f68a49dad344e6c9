/** Handing the work in, and opening it again. Errors of the scheme's rules block it and are listed. */

/** @param {HTMLButtonElement | null} button @param {Workspace} page */
export function wireSubmit(button, page) {
  if (!button) return;
  page.submit = button;
  page.commands.submit = async () => {
    button.disabled = true;
    await submit(button.dataset.status, page);
    button.disabled = false;
  };
}

/** The button says what stands in the way. */
export function showBlocked({ submit: button, checks }) {
  if (button?.dataset.status !== "submitted") return;
  const { error } = checks.count;
  const words = error ? `Submit: ${counted(error)}` : "Submit";
  if (button.textContent !== words) button.textContent = words;
  button.title = error ? "Show the errors to correct before submitting" : "";
}

async function submit(status, page) {
  if (page.status.state !== "saved" && page.status.state !== "readonly")
    return page.notice("Some changes are not saved yet. Wait a moment, then try again.");
  if (status === "submitted") {
    await page.findings?.now();
    if (page.findings?.fresh && page.findings.counts.error) return blocked(page);
  }
  const { status: code, body } = await page.transport.patch({ status });
  // There the next article is one key away.
  if (code === 200) return location.replace(status === "submitted" ? `${location.pathname}?submitted` : location.pathname);
  if (code === 409 && body?.detail) return page.notice(body.detail);
  if (code !== 422)
    return page.notice(`Not submitted: ${code ? `server error ${code}` : "the server is not responding"}. Your work is saved.`);
  await page.findings?.now();
  blocked(page);
}

/** @param {Workspace} page */
function blocked(page) {
  page.notice(
    `Not submitted: ${counted(page.checks.count.error)} left. ` +
      `${page.checks.count.error === 1 ? "It is" : "They are"} listed under Checks.`,
  );
  page.checks.open();
}

function counted(number) {
  return number === 1 ? "1 error" : `${number} errors`;
}
