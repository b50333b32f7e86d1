// The page is hidden until the administration's own script has run, so the browser's autofocus finds nothing to focus.
const ready = () => {
  const field = document.querySelector(".desk [aria-invalid=true]") ?? document.querySelector(".desk [autofocus]");
  if (field && field.checkVisibility?.() === false) requestAnimationFrame(ready);
  else field?.focus();
};
addEventListener("load", ready);
