/** How many samples show that a bit varies: by chance, one in 2^63 sets has a bit that does not. */
export const sampleCount = 64;

/** How many bits have both values among the samples, which have the same length. */
export function varyingBits(samples: readonly Buffer[]): number {
  const [first = Buffer.alloc(0), ...others] = samples;
  const varying = Buffer.alloc(first.length);
  for (const other of others)
    first.forEach((byte, index) => (varying[index] = (varying[index] ?? 0) | (byte ^ (other[index] ?? 0))));
  return [...varying].reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
}

/** Samples of what is drawn. */
export const samplesOf = <T>(draw: () => T): T[] => Array.from({ length: sampleCount }, draw);
