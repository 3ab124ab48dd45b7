/**
 * Measures all of these once a round, in another order each time: what comes first in a round has the colder machine.
 *
 * @param onRound told about each round before it begins, from 0
 */
export async function interleave<Name extends string, Measured>(
  names: readonly Name[],
  rounds: number,
  measure: (name: Name) => Promise<Measured>,
  onRound: (round: number) => void,
): Promise<Record<Name, Measured[]>> {
  const series = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Measured[]>;
  for (let round = 0; round < rounds; round += 1) {
    onRound(round);
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) series[name].push(await measure(name));
  }
  return series;
}
