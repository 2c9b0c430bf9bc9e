import { en, type FormTexts } from "windlass/forms";

/** The page is in English: so are its forms, and what it asks the anchor for. */
export const texts: FormTexts = en;

/** A file size in readable form. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
