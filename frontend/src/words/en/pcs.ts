export const pcs = {} as const;
