/** The bytes of a module that is in a script as base64. */
export const decode = (text) => Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
