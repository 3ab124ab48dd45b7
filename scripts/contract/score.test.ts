import { assess } from './score.ts';

describe('the score of the contract', () => {
  const subscores = { errorClarity: 1, schemaSimplicity: 0.194 };

  it('is enough where it reaches the least one, and is printed', () => {
    expect(assess({ agentReadiness: 82, subscores }, 82)).toEqual(['  agent readiness 82 of 100 (at least 82)', true]);
  });

  it('is too low below it, and the parts are printed', () => {
    const [text, enough] = assess({ agentReadiness: 81.9, subscores }, 82);
    expect(enough).toBe(false);
    expect(text).toContain('has an agent readiness of 81.9; it must have at least 82.');
    expect(text).toContain('  schemaSimplicity: 19');
  });
});
