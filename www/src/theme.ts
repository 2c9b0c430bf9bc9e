import { fill, h, icon, unseen } from "./dom";

type Theme = "light" | "dark";

/** The storage key that `public/theme.js` reads before the page is drawn. */
const KEY = "windlass-demo.theme";

/** A button that switches between light and dark. The choice is stored; until one is made, the system decides. */
export function themeButton(): HTMLButtonElement {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const current = (): Theme => {
    const chosen = root.dataset["theme"];
    return chosen === "light" || chosen === "dark" ? chosen : system.matches ? "dark" : "light";
  };
  const other = (): Theme => (current() === "dark" ? "light" : "dark");
  const button = h("button", { type: "button", class: "quiet icon-button", "data-testid": "theme" });
  const draw = (): void => {
    fill(button, icon(other() === "dark" ? "moon" : "sun"), unseen(`Switch to the ${other()} theme`));
    button.title = `Switch to the ${other()} theme`;
    colourBrowser();
  };
  button.addEventListener("click", () => {
    root.dataset["theme"] = other();
    try {
      localStorage.setItem(KEY, current());
    } catch {
      // Storage is forbidden: the choice lasts until the page is left.
    }
    draw();
  });
  system.addEventListener("change", draw);
  draw();
  return button;
}

/** Gives the browser's own frame, as phones draw it, the colour of the page. */
function colourBrowser(): void {
  const colour = getComputedStyle(document.documentElement).backgroundColor;
  for (const meta of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")) meta.content = colour;
}
