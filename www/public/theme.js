// What was chosen on an earlier visit: the theme, and whether developers' panels are shown. No module, so that nothing is drawn before it.
try {
  const theme = localStorage.getItem("windlass-demo.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  if (localStorage.getItem("windlass-demo.developer") === "on") document.documentElement.dataset.developer = "";
} catch {
  // Storage may be forbidden: then the system decides.
}
