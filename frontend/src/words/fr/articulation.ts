export const articulation = {} as const;
