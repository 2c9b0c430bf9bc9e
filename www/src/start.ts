import { developerSwitch, isForDevelopers } from "./developer";
import { themeButton } from "./theme";

/** Shows a page once its WebAssembly is loaded, or the error that keeps it from starting. */
export async function start(load: () => Promise<(root: HTMLElement) => Promise<void> | void>): Promise<void> {
  const root = document.getElementById("app");
  if (!root) return;
  document.getElementById("tools")?.append(...(isForDevelopers() ? [] : [developerSwitch()]), themeButton());
  say(root, "status", "Starting …");
  try {
    await (await load())(root);
  } catch (error) {
    say(root, "alert", `The page could not start: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function say(root: HTMLElement, role: string, text: string): void {
  const line = document.createElement("p");
  line.className = "boot";
  line.setAttribute("role", role);
  line.textContent = text;
  root.replaceChildren(line);
}
