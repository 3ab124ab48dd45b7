/** The methods that the operations of a contract may have here. Nothing generated is needed, so that the generators can read it too. */
export const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;
export type Method = (typeof methods)[number];
