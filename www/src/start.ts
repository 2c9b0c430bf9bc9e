import { themeButton } from "./theme";

/** Puts a page in its place once its WebAssembly is there. What keeps it from starting is said on the page. */
export async function start(load: () => Promise<(root: HTMLElement) => Promise<void> | void>): Promise<void> {
  const root = document.getElementById("app");
  if (!root) return;
  document.getElementById("tools")?.append(themeButton());
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
