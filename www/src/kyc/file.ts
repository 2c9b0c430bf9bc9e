import { checkFile } from "windlass";
import { problemText, type FormFile } from "windlass/forms";

import { fill, h, icon } from "../dom";
import type { Flaw, Input } from "./input";
import { size, texts } from "./texts";

/** The largest file that an anchor can be expected to accept (S12-112). If its limit is lower, it says so. */
const MOST = 10_000_000;

/** An input for a photo or a document, with a preview. */
export function fileInput(attributes: Record<string, string | undefined>, field: FormFile): Input {
  const media = field.accept?.split(",") ?? [];
  const target = h("input", { ...attributes, type: "file", class: "unseen", accept: field.accept });
  const kinds = media.length > 0 && h("span", { class: "optional" }, media.map(short).join(", "));
  const shown = h("div", { class: "file" });
  let flaw: Flaw | undefined;

  const draw = (): void => {
    const file = target.files?.[0];
    const words = file ? "Choose another" : media.every((kind) => kind.startsWith("image/")) ? "Choose a photo" : "Choose a file";
    const button = h("label", { class: "file-button", for: attributes["id"] }, icon("file"), words, !file && kinds);
    fill(shown, target, file && preview(file, remove), button);
  };
  const changed = async (): Promise<void> => {
    const file = target.files?.[0];
    draw();
    target.focus();
    flaw = file && (await flawOf(file, field));
    // Tells the form to validate again, now that the file is read.
    target.dispatchEvent(new Event("checked", { bubbles: true }));
  };
  const remove = (): void => {
    target.value = "";
    void changed();
  };
  target.addEventListener("change", () => void changed());
  draw();
  return { target, shown, given: () => target.files?.[0], flaw: () => flaw };
}

async function flawOf(file: File, field: FormFile): Promise<Flaw | undefined> {
  const error = (text: string): Flaw => ({ text, severity: "error" });
  if (file.size === 0) return error("This file is empty. Please choose another.");
  if (file.size > MOST) return error(`Please choose a file of at most ${size(MOST)}. This one has ${size(file.size)}.`);
  try {
    const problem = field.accept === undefined ? undefined : checkFile(field.name, new Uint8Array(await file.arrayBuffer()));
    return problem && { text: problemText(problem, texts, [field]), severity: problem.severity };
  } catch {
    return error("This file cannot be read. Please choose another.");
  }
}

function preview(file: File, remove: () => void): HTMLElement {
  const button = h("button", { type: "button", class: "quiet", onclick: remove }, "Remove");
  return h(
    "div",
    { class: "file-chosen" },
    thumbnail(file),
    h("span", { class: "file-name" }, file.name, h("span", { class: "hint" }, size(file.size))),
    button,
  );
}

function thumbnail(file: File): Element {
  if (!/^image\/(jpeg|png)$/.test(file.type)) return icon("file");
  const url = URL.createObjectURL(file);
  const image = h("img", { src: url, alt: `Preview of ${file.name}`, class: "thumbnail" });
  image.addEventListener("load", () => URL.revokeObjectURL(url));
  image.addEventListener("error", () => {
    URL.revokeObjectURL(url);
    image.replaceWith(icon("file"));
  });
  return image;
}

function short(media: string): string {
  return media.replace(/^.*\//, "").replace("quicktime", "mov").toUpperCase();
}
