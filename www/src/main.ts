/** The wallet starts once its WebAssembly is there. What keeps it from starting is said on the page. */
async function start(root: HTMLElement): Promise<void> {
  say(root, "status", "Starting the wallet …");
  try {
    const { wallet } = await import("./wallet");
    await wallet(root);
  } catch (error) {
    say(root, "alert", `The wallet could not start: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function say(root: HTMLElement, role: string, text: string): void {
  const line = document.createElement("p");
  line.className = "boot";
  line.setAttribute("role", role);
  line.textContent = text;
  root.replaceChildren(line);
}

const root = document.getElementById("app");
if (root) void start(root);
