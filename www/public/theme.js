// The theme that was chosen on an earlier visit. No module, so that nothing is drawn before it.
try {
  const theme = localStorage.getItem("windlass-demo.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden: then the system decides.
}
