/** In place of `work.mjs` and `bare-validators.mjs`: programs that do nothing around their operations. */
export const requireToken = async () => {};
export const logRequest = () => {};
export const problemType = 'application/json';
export const problemOf = (_status, message, errors) => ({ message, errors });
export const errorsOfEvent = () => undefined;
export const errorsOfId = () => undefined;
