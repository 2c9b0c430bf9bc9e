/** From a check of a whole form, the check of one value: what is wrong with it, if anything is. */
export const oneOf = (checkFields) => (name, value, options) => checkFields({ [name]: value }, options)[0];
