/** The wallet starts once its WebAssembly is there. What keeps it from starting is said on the page. */
async function start(): Promise<void> {
  const root = document.getElementById("app");
  if (!root) return;
  try {
    const { wallet } = await import("./wallet");
    await wallet(root);
  } catch (error) {
    const text = document.createElement("p");
    text.className = "boot";
    text.setAttribute("role", "alert");
    text.textContent = `The wallet could not start: ${error instanceof Error ? error.message : String(error)}`;
    root.replaceChildren(text);
  }
}

void start();
