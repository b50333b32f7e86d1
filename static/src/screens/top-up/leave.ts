/** This function will leave for the card company's page; elsewhere than there or here nobody is ever sent. */
export function leaveFor(url: string): void {
  const to = new URL(url, window.location.href);
  if (to.protocol === "https:" || to.origin === window.location.origin) window.location.assign(to.href);
}
