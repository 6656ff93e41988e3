/** Pixels, of one channel: 64 images of FER2013. */
const PIXELS = 64 * 48 * 48

/**
 * Images that go through a network at once where they are only evaluated. In batches of 4 an image takes almost twice as long (bench/README.md);
 * of images so large that small batches may be for want of memory, no more are evaluated at once than trained.
 */
export const evaluationBatch = ([height, width]: readonly number[], batchSize: number): number =>
  Math.max(batchSize, Math.floor(PIXELS / ((height as number) * (width as number))))
