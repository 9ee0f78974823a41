// Theme, density and language chosen last time are put on <html> before anything is painted: no flash.
// A file of its own, because the service allows no inline script.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("pst.theme");
    const density = localStorage.getItem("pst.density");
    const language = localStorage.getItem("pst.language");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (density === "compact") root.dataset.density = density;
    if (["fr", "nl", "de", "en"].includes(language)) root.lang = language;
  } catch {
    // Storage refused by the browser: the defaults serve.
  }
})();
