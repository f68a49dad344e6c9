/** Handing the work in, and opening it again. Errors of the scheme's rules block it and are listed. */

/** @param {HTMLButtonElement | null} button @param {any} page */
export function wireSubmit(button, page) {
  if (!button) return;
  button.addEventListener("click", async () => {
    button.disabled = true;
    await submit(button.dataset.status, page);
    button.disabled = false;
  });
}

async function submit(status, page) {
  if (page.status.state !== "saved" && page.status.state !== "readonly") return page.notice("Not everything is saved yet. Wait a moment, then try again.");
  const { status: code, body } = await page.transport.patch({ status });
  if (code === 200) return location.reload();
  if (code !== 422) return page.notice(`The server answered ${code || "nothing"}. The work is as it was.`);
  const errors = body?.errors ?? [];
  page.panel.showChecks(errors.map((error) => ({ ...error, level: "error" })));
  page.panel.open(page.panel.tabs.find(({ id }) => id === "tab-checks"), false);
  page.notice(`Not submitted: ${errors.length === 1 ? "one error is" : `${errors.length} errors are`} left. They are listed under Checks.`);
}
