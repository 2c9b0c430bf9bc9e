/** The bytes of a module that a script holds as base64. */
export const decode = (text) => Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
