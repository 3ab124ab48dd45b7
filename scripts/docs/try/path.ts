/** Where the try-it page is, below the root of the documentation. An operation is at `#/<tag>/<operationId>`. */
export const tryPath = 'try.html';
