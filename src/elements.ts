/** How many values a tensor of a shape has; 1 for a single number. */
export const elements = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1)
